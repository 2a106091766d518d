"""Two engines for one answer, and who is right when they do not agree."""

from __future__ import annotations

import pytest
from generate import both, program_of, rule_text, text_of

from advisor.engine.checked import CheckedEngine
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.reference import ReferenceEngine

pytest.importorskip("durable", reason="durable-rules cannot be built on this machine")

PROGRAM = program_of(text_of([rule_text("right", [{"base.word[$x]": "a"}], [{"one.p[$x]": "a"}])]))
OTHER = program_of(text_of([rule_text("wrong", [{"base.word[$x]": "a"}], [{"one.p[$x]": "b"}])]))
FACTS = both("base.word", "v", "a")
RIGHT = ReferenceEngine(PROGRAM).infer(FACTS)


def test_they_agree() -> None:
    engine = CheckedEngine(PROGRAM)
    assert engine.infer(FACTS) == engine.infer(FACTS) == RIGHT
    assert engine.disagreements == []


def test_durable_rules_is_wrong() -> None:
    engine = CheckedEngine(PROGRAM)
    engine.durable = ReferenceEngine(OTHER)
    assert engine.infer(FACTS) == RIGHT
    (said,) = engine.disagreements
    assert said.startswith("durable-rules misses ['one.p![v]: a'")


def test_the_incremental_engine_is_wrong() -> None:
    engine = CheckedEngine(PROGRAM)
    engine.incremental = IncrementalEngine(OTHER)
    assert engine.infer(FACTS) == RIGHT
    (said,) = engine.disagreements
    assert said.startswith("incremental misses ['one.p![v]: a'")
