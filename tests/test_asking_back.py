"""While candidates are shown nobody is held up: what was understood stands, whatever is said of the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.asking import State
from advisor.case import Case
from advisor.effects import Ask, Effect, Offer, Record, Say
from advisor.interview import Interview
from advisor.model import Answer, Locale, Value
from advisor.understanding.understand import Candidate

PURPOSES: tuple[Value, ...] = ("orders", "payment")


def offering(interview: Interview, locale: Locale = Locale.EN) -> State:
    """A conversation in which orders and payments were understood, and advertising is asked about."""
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=locale))
    candidates = (
        Candidate(value="advertising", label="Online advertising"),
        Candidate(value="none", label="leave out"),
    )
    return replace(
        state, pending=("data.purposes", ""), candidates=candidates, kept=PURPOSES, doubted="orders, payments, dms",
        asked_back=1,
    )  # fmt: skip


def recorded(effects: tuple[Effect, ...]) -> list[Answer]:
    return [effect.turn for effect in effects if isinstance(effect, Record) and isinstance(effect.turn, Answer)]


@pytest.mark.parametrize(
    ("said", "locale"),
    [
        ("", Locale.EN), ("none of these, leave that out", Locale.EN), ("2", Locale.EN), ("never mind", Locale.EN),
        ("none of them. just keep what you understood before", Locale.EN), ("neko no tā, tas ir viss", Locale.LV),
        ("nevajag", Locale.LV), ("nē, lai paliek tā", Locale.LV),
    ],
)  # fmt: skip
def test_refusing_the_candidates_leaves_what_was_understood(interview: Interview, said: str, locale: Locale) -> None:
    _, effects = interview.step(offering(interview, locale), said)
    assert recorded(effects)[0].value == PURPOSES


def test_what_is_named_behind_a_refusal_is_added_or_said_to_be_unused(interview: Interview) -> None:
    _, effects = interview.step(offering(interview), "none of these, but delivery")
    assert recorded(effects)[0].value == (*PURPOSES, "delivery")
    _, effects = interview.step(offering(interview), "no, the nephew has it on his laptop")
    assert recorded(effects)[0].value == PURPOSES
    said = next(effect for effect in effects if isinstance(effect, Say) and effect.phrase == "echo.ignored")
    assert "nephew" in said.words["parts"]


def test_a_number_with_a_denial_behind_it_takes_out_what_is_denied(interview: Interview) -> None:
    _, effects = interview.step(offering(interview), "1, but no payments")
    assert recorded(effects)[0].value == ("orders", "advertising")


def test_what_is_not_understood_twice_is_left_and_told(interview: Interview) -> None:
    state = offering(interview)
    state, effects = interview.step(state, "i just write them that i have a nice coat, not ads")
    offer = next(effect for effect in effects if isinstance(effect, Offer))
    assert offer.candidates[-1].value == "none" and state.kept == PURPOSES
    _, effects = interview.step(state, "it is about a coat and nothing like an ad, really")
    assert recorded(effects)[0].value == PURPOSES


def test_no_is_an_answer_where_yes_or_no_was_asked(interview: Interview) -> None:
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.LV))
    both = (Candidate(value="yes", label="jā"), Candidate(value="no", label="nē"))
    state = replace(state, pending=("seller.vid_site_registered", ""), candidates=both, doubted="hmm")
    _, effects = interview.step(state, "nē")
    assert recorded(effects)[0].value == "no"


def test_enter_takes_no_candidate_and_no_earlier_answer_in_silence(interview: Interview) -> None:
    state = replace(offering(interview), kept=(), previous=("orders",))
    state, effects = interview.step(state, "")
    assert not recorded(effects) and [item.value for item in state.candidates] == ["advertising", "none"]


def test_words_behind_a_number_of_the_review_are_not_lost(interview: Interview) -> None:
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.LV))
    case = state.case.add(Answer(ask="shop.goods", value=("alcohol",), how="label", said="alus"))
    state = replace(state, case=case, pending=("review", ""), previous=("yes",), is_reviewed=True)
    _, effects = interview.step(state, "1: ari riekstini pie alus, tas partika")
    value = recorded(effects)[0].value
    assert isinstance(value, tuple) and set(value) == {"alcohol", "food"}
    _, effects = interview.step(state, "1 nav pareizi")
    assert not recorded(effects)
    assert next(effect for effect in effects if isinstance(effect, Ask)).question.id == "shop.goods"


def test_a_list_with_perhaps_more_is_added_to(interview: Interview) -> None:
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.LV))
    case = state.case.add(Answer(ask="vendors", value=("mozello", "omniva", "unknown"), how="label", said="mozello"))
    state = replace(state, case=case, pending=("review", ""), previous=("yes",), is_reviewed=True)
    state, effects = interview.step(state, "1")
    assert next(effect for effect in effects if isinstance(effect, Ask)).previous == ("mozello", "omniva")
    _, effects = interview.step(state, "arī areait")
    assert recorded(effects)[0].value == ("mozello", "omniva", "areait")


def test_going_back_behind_a_change_brings_the_answer_before_it(interview: Interview) -> None:
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.LV))
    state, _ = interview.step(replace(state, pending=("vendors", "")), "mozello, omniva, dpd")
    changed = replace(state, pending=("vendors", ""), previous=("mozello", "omniva", "dpd"))
    state, _ = interview.step(changed, "areait")
    state, effects = interview.step(state, "atpakaļ")
    ask = next(effect for effect in effects if isinstance(effect, Ask))
    assert (ask.question.id, ask.previous) == ("vendors", ("mozello", "omniva", "dpd"))


def test_the_list_of_the_story_takes_what_is_missing_clause_by_clause(interview: Interview) -> None:
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.LV), with_story=True)
    state, effects = interview.step(
        state, "Pārdodu sveces Latvijā uz Mozello, noma ar drošības naudu. Māsai patīk zirgi un jūra."
    )
    unheard = next(effect for effect in effects if isinstance(effect, Say) and effect.phrase == "story.unheard")
    assert "zirgi" in unheard.words["parts"]
    state, effects = interview.step(state, "noma trūkst, tā man galvenā, un klienti ari Igaunijā, bildes Instagramā")
    told = recorded(effects)[0].value
    assert isinstance(told, tuple)
    assert {"shop.sells=rental", "shop.markets=EE", "shop.markets=LV", "shop.social_pages=instagram"} <= set(told)
