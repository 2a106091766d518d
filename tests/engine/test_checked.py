"""Two engines for one answer, and who is right when they do not agree."""

from __future__ import annotations

import pytest
from generate import both, program_of, rule_text, text_of

from advisor.engine.checked import CheckedEngine
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.inference import Inference
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


def test_what_is_checked_later_is_handed_out_at_once() -> None:
    engine = CheckedEngine(PROGRAM, later=True)
    engine.durable = ReferenceEngine(OTHER)
    assert engine.infer(FACTS) == RIGHT
    assert engine.disagreements == []
    assert engine.check()  # durable-rules was wrong, and what was handed out was not
    (said,) = engine.disagreements
    assert said.startswith("durable-rules misses")
    assert engine.check() and engine.disagreements == [said]


def test_never_is_more_than_one_inference_unchecked() -> None:
    engine = CheckedEngine(PROGRAM, later=True)
    engine.durable = ReferenceEngine(OTHER)
    engine.infer(FACTS)
    engine.infer(FACTS[:0])
    assert len(engine.disagreements) == 1


def test_a_wrong_result_that_was_handed_out_is_owned_up_to_once_and_none_follows() -> None:
    engine = CheckedEngine(PROGRAM, later=True)
    engine.incremental = IncrementalEngine(OTHER)
    assert engine.infer(FACTS) != RIGHT
    assert not engine.check()
    assert engine.check()
    assert engine.infer(FACTS) == RIGHT  # from now on each is checked before it is handed out
    assert len(engine.disagreements) == 2


def test_an_interrupted_check_is_made_up_for() -> None:
    class Interrupted:
        name = "interrupted"

        def infer(self, given: object) -> Inference:
            raise KeyboardInterrupt

    engine = CheckedEngine(PROGRAM, later=True)
    engine.incremental = IncrementalEngine(OTHER)
    durable, engine.durable = engine.durable, Interrupted()
    engine.infer(FACTS)
    with pytest.raises(KeyboardInterrupt):
        engine.check()
    engine.durable = durable
    assert not engine.check()
