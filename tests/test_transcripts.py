"""Recorded consultations: replayed with every change of rules, knowledge or program."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import story, transcript
from advisor.case import Case
from advisor.effects import Record
from advisor.interview import Interview
from advisor.model import Answer, Locale
from advisor.replay import replay
from tests.test_scenarios import NEUTRAL, SCENARIOS, scenario

RECORDED = sorted((Path(__file__).resolve().parent.parent / "transcripts").glob("*.yaml"))
OF_SCENARIOS = [path for path in RECORDED if path.stem[:1] == "f"]
MOST_PROMPTS = {"f1": 35}


def test_there_are_transcripts_in_both_languages() -> None:
    languages = {transcript.read(path).begun_in.value for path in RECORDED}
    assert languages == {"en", "lv"}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_replays_as_recorded(path: Path, interview_on: Callable[[str], Interview]) -> None:
    saved = transcript.read(path)
    outcome = replay(saved, interview_on(saved.case.as_of))
    assert outcome.divergence is None, str(outcome.divergence)
    assert outcome.turns == saved.case.turns or [type(turn) for turn in outcome.turns] == [
        type(turn) for turn in saved.case.turns
    ]


@pytest.mark.parametrize("path", OF_SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_reaches_the_expected_plan(path: Path) -> None:
    """What a person says in the interview leads to the same obligations as the complete answers of the scenario."""
    saved = transcript.read(path)
    wanted = scenario(next(item for item in SCENARIOS if item.stem.startswith(path.stem[:2])))
    got = {row.do: row.band for row in saved.plan or ()}
    expected = {name: band for band, names in wanted["expected"].items() for name in names}
    assert {name: got.get(name) for name in expected} == expected
    assert not set(got) & set(wanted["must_not"])
    assert set(got) - set(expected) - set(wanted["may"]) - NEUTRAL == set()


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_the_interview_asks_little(path: Path, interview_on: Callable[[str], Interview]) -> None:
    saved = transcript.read(path)
    assert replay(saved, interview_on(saved.case.as_of)).prompts <= MOST_PROMPTS.get(path.stem[:2], 60)


def test_a_divergence_names_line_expectation_and_rule(interview_on: Callable[[str], Interview]) -> None:
    path = RECORDED[0]
    data = path.read_text(encoding="utf-8")
    changed = data.replace('do: "seller-info.identity", band: "P1"', 'do: "seller-info.identity", band: "P2"')
    saved = transcript.parse(changed.encode(), "changed.yaml")
    found = replay(saved, interview_on(saved.case.as_of)).divergence
    assert found is not None
    assert "seller-info.identity P2" in found.expected and "seller-info.identity P1" in found.got
    assert "seller-info.identity" in found.rule
    assert changed.splitlines()[found.line - 1].startswith('- {do: "seller-info.identity"')


def test_a_missing_and_a_superfluous_answer_fail(interview_on: Callable[[str], Interview]) -> None:
    lines = RECORDED[0].read_text(encoding="utf-8").splitlines(keepends=True)
    turns = [number for number, line in enumerate(lines) if line.startswith("- {ask") and 'how: "assumed"' not in line]
    missing = [line for number, line in enumerate(lines) if number != turns[3]]
    twice = [*lines[: turns[3] + 1], lines[turns[3]].replace('ask: "', 'ask: "no.'), *lines[turns[3] + 1 :]]
    for changed in (missing, twice):
        text = "".join(changed).split("plan:")[0]
        saved = transcript.parse(text.encode(), "changed.yaml")
        assert replay(saved, interview_on(saved.case.as_of)).divergence is not None


@pytest.mark.parametrize("path", [path for path in RECORDED if path not in OF_SCENARIOS], ids=lambda path: path.stem)
def test_what_was_told_in_a_story_is_not_asked_again(path: Path) -> None:
    """Single answers of the opening story were never typed; lists were begun by it."""
    saved = transcript.read(path).case
    told = story.confirmed(saved)
    assert len(told) >= 5
    typed = {turn.ask for turn in saved.turns if isinstance(turn, Answer) and turn.how not in ("assumed", "story")}
    singles = {answer.ask for answer in saved.log if answer.how == "story"}
    assert singles and not singles & typed
    for ask in told.keys() - singles:
        values = told[ask] if isinstance(told[ask], tuple) else (told[ask],)
        assert set(values) <= set(saved.answers[ask, ""].values()), ask


@pytest.mark.parametrize(
    ("about", "said", "reply", "value"),
    [
        ("shop.practices", "sales, and frobnicating subscriptions", "leave that out", ("shop.price_reductions",)),
        ("shop.practices", "sales, and frobnicating subscriptions", "1",
         ("shop.price_reductions", "shop.auto_renewal")),
        ("shop.practices", "sales, and frobnicating subscriptions", "a forum",
         ("shop.price_reductions", "shop.user_content")),
        ("vendors", "Stripe and a courier", "Speedy Post", ("stripe", "speedy-post")),
        ("shop.markets", "Latvia, Korea and Georgia", "1, 2", ("LV", "KR", "GE")),
    ],
)  # fmt: skip
def test_what_was_asked_about_a_part_replays(
    interview: Interview, tmp_path: Path, about: str, said: str, reply: str, value: tuple[str, ...]
) -> None:
    """A part of an answer that was asked about: chosen, left out, or said in other words."""
    case = Case(name="test", as_of=interview.as_of, locale=Locale.EN)
    state, _ = interview.start(case)
    with contextlib.closing(transcript.Writer(tmp_path / "case.yaml", case, interview.base.stamp)) as writer:
        words = "/unknown"
        while words:
            if state.pending is not None and state.pending[0] == about:
                words = said if not state.candidates else reply
            state, effects = interview.step(state, words)
            for turn in (effect.turn for effect in effects if isinstance(effect, Record)):
                writer.add(turn)
            words = "" if words == reply else "/unknown"
    saved = transcript.read(tmp_path / "case.yaml")
    assert saved.case.answers[about, ""].value == value
    assert replay(saved, interview).divergence is None
