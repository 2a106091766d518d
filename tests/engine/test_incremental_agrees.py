"""The incremental engine gives the reference engine's results, whatever it was asked before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from generate import CLOSURE, both, cases, examples, program_of, rule_bases, rule_text, text_of
from hypothesis import given
from hypothesis import strategies as st

from advisor import transcript
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.inference import Inference
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.interview import Interview
from advisor.model import Fact
from advisor.replay import replay

RECORDED = sorted((Path(__file__).resolve().parents[2] / "transcripts").glob("*.yaml"))


class Both:
    """Infers with both engines and insists that they agree."""

    name = "both"

    def __init__(self, program: Program) -> None:
        self.reference = ReferenceEngine(program)
        self.incremental = IncrementalEngine(program)
        self.agreed = 0

    def infer(self, given: Iterable[Fact]) -> Inference:
        facts = tuple(given)
        expected = self.reference.infer(facts)
        assert self.incremental.infer(facts) == expected
        self.agreed += 1
        return expected


@examples(150)
@given(rule_bases(), st.lists(cases(), min_size=2, max_size=5))
def test_cases_one_after_the_other(text: str, several: list[tuple[Fact, ...]]) -> None:
    engine = Both(program_of(text))
    for facts in (*several, *several[:1]):
        engine.infer(facts)


@examples(150)
@given(rule_bases(), st.data())
def test_facts_come_and_go_one_by_one(text: str, data: st.DataObject) -> None:
    engine = Both(program_of(text))
    facts = data.draw(cases())
    kept = set(facts)
    engine.infer(kept)
    if not facts:
        return
    for changed in data.draw(st.lists(st.lists(st.sampled_from(facts), max_size=3), min_size=3, max_size=8)):
        kept ^= set(changed)
        engine.infer(kept)


def test_a_circle_does_not_hold_itself_up() -> None:
    """What follows only from itself is gone with the fact that began it; another way to it keeps it."""
    engine = Both(program_of(text_of(CLOSURE)))
    ring = {fact for x, y in ("ab", "bc", "ca") for fact in both("base.word", x, y)}
    for missing in ((), both("base.word", "b", "c"), both("base.word", "c", "a"), tuple(ring)):
        found = engine.infer(ring - set(missing))
        assert bool(found.derived) is (len(missing) < len(ring))


def test_a_circle_that_another_circle_feeds() -> None:
    text = text_of(
        [
            rule_text("start", [{"base.word[$x]": "$y"}], [{"one.p[$x]": "$y"}]),
            rule_text("on", [{"one.p[$x]": "$y"}, {"one.p[$y]": "$z"}], [{"one.p[$x]": "$z"}, {"one.q[$x]": "$z"}]),
            rule_text("over", [{"one.q[$x]": "$y"}, {"one.q[$y]": "$z"}], [{"one.q[$x]": "$z"}]),
        ]
    )
    engine = Both(program_of(text))
    ring = {fact for x, y in ("ab", "ba") for fact in both("base.word", x, y)}
    assert engine.infer(ring).derived
    assert not engine.infer(both("base.word", "a", "b")).holds(Fact("one.q!", "a", "a"))


def test_what_a_not_waited_for_comes_back() -> None:
    text = text_of(
        [
            rule_text("first", [{"base.word[$x]": "a"}, {"not": {"base.word[$x]": "b"}}], [{"one.p[$x]": "a"}]),
            rule_text("then", [{"base.word[$x]": "any"}, {"not": {"one.p[$x]": "any"}}], [{"two.p[$x]": "b"}]),
        ]
    )
    engine = Both(program_of(text))
    begun, more = both("base.word", "v", "a"), both("base.word", "v", "b")
    results = [engine.infer(facts) for facts in (begun, (*begun, *more), begun, (), more)]
    assert [{fact.attribute for fact in found.derived} for found in results] == [
        {"one.p!", "one.p?"},
        {"two.p!", "two.p?"},
        {"one.p!", "one.p?"},
        set(),
        {"two.p!", "two.p?"},
    ]


def test_earlier_results_stay_as_they_were() -> None:
    text = text_of([rule_text("only", [{"base.word[$x]": "$y"}], [{"one.p[$y]": "$x"}])])
    engine = IncrementalEngine(program_of(text))
    first = engine.infer(both("base.word", "v", "a"))
    held = set(first.derived)
    engine.infer(both("base.word", "v", "b"))
    assert set(first.derived) == held == set(both("one.p", "a", "v"))


def test_an_interruption_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of an inference: the next one is right all the same."""
    program = program_of(text_of([rule_text("only", [{"base.word[$x]": "$y"}], [{"one.p[$y]": "$x"}])]))
    engine = IncrementalEngine(program)
    facts = [*both("base.word", "v", "a"), *both("base.word", "w", "b"), *both("base.word", "w", "a")]
    engine.infer(facts[:2])
    with monkeypatch.context() as patched:
        patched.setattr(engine, "_reading", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            engine.infer(facts)
    assert engine.infer(facts) == ReferenceEngine(program).infer(facts)


def _interrupt(fact: Fact) -> tuple[int, ...]:
    raise KeyboardInterrupt


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded_consultations(path: Path, interview_on: Callable[[str], Interview]) -> None:
    """Every answer of a real consultation, in the order in which it was given."""
    saved = transcript.read(path)
    usual = interview_on(saved.case.as_of)
    engine = Both(usual.program)
    outcome = replay(saved, Interview(usual.base, usual.program, engine, saved.case.as_of))
    assert outcome.divergence is None
    assert engine.agreed >= outcome.prompts


def test_more_subjects_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that sees ever new names forgets who reads facts about them, and is right all the same."""
    monkeypatch.setattr("advisor.engine.incremental.MOST_KEPT", 5)
    engine = Both(program_of(text_of(CLOSURE)))
    for number in range(9):
        assert engine.infer(both("base.word", f"v{number}", f"v{number + 1}")).derived
