"""The interview opens with a story: what is read from it is confirmed, counts, and is taken back like any answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from advisor import story, transcript
from advisor.case import Case
from advisor.effects import Ask, Effect, Explain, Record, Say
from advisor.interview import Interview, State
from advisor.model import STORY, STORY_CONFIRM, Answer, Locale, Speak, Undo
from advisor.replay import replay

TOLD = (
    "We are a small SIA in Riga with handmade scented candles. We sell them to people in Latvia and Estonia through "
    "Mozello, parcels go by Omniva."
)


def begin(interview: Interview, locale: Locale = Locale.EN) -> tuple[State, Ask]:
    state, effects = interview.start(Case(name="test", as_of=interview.as_of, locale=locale), with_story=True)
    return state, asked(effects)


def asked(effects: Iterable[Effect]) -> Ask:
    (ask,) = (effect for effect in effects if isinstance(effect, Ask))
    return ask


def say(interview: Interview, state: State, *lines: str) -> tuple[State, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    for line in lines:
        state, effects = interview.step(state, line)
    return state, effects


def phrases(effects: Iterable[Effect]) -> list[str]:
    return [effect.phrase for effect in effects if isinstance(effect, Say)]


def turns(effects: Iterable[Effect]) -> list[object]:
    return [effect.turn for effect in effects if isinstance(effect, Record)]


def until(interview: Interview, state: State, question: str) -> State:
    """Leaves everything open until a question comes."""
    for _ in range(80):
        if state.pending == (question, ""):
            return state
        state, _ = say(interview, state, "don't know")
    raise AssertionError(f"{question} was not asked")


def test_what_was_told_is_shown_to_be_confirmed(interview: Interview) -> None:
    state, ask = begin(interview)
    assert ask.question.id == STORY
    state, effects = say(interview, state, TOLD)
    assert phrases(effects) == ["story.heard"]
    ask = asked(effects)
    labels = {str(option.value): option.label.en for option in ask.options}
    assert labels["seller.legal_form"] == "Legal form: Limited company (SIA)"
    assert labels["shop.markets"] == "Where you look for buyers: Latvia, Estonia"
    assert labels["vendors"] == "Companies and tools: Mozello, Omniva"
    assert state.case.answers.keys() == {(STORY, "")}
    nothing = Case(name="test", as_of=interview.as_of, locale=Locale.EN)
    assert interview.conclusions(state.case) == interview.conclusions(nothing)


def test_single_answers_count_and_lists_are_asked_with_what_was_told(interview: Interview) -> None:
    state, effects = say(interview, begin(interview)[0], TOLD, "")
    assert state.case.answers["seller.legal_form", ""].value == "SIA"
    assert state.case.answers["shop.own_brand", ""].value == "yes"
    assert ("shop.markets", "") not in state.case.answers
    assert asked(effects).question.id == "seller.vat_registered"
    state = until(interview, state, "shop.markets")
    again, effects = interview.start(state.case)
    assert again.pending == ("shop.markets", "")
    assert asked(effects).previous == ("LV", "EE") and asked(effects).told
    state, effects = say(interview, again, "")
    assert state.case.answers["shop.markets", ""].value == ("LV", "EE")


def test_what_is_struck_out_is_asked(interview: Interview) -> None:
    state, effects = say(interview, begin(interview)[0], TOLD)
    options = [str(option.value) for option in asked(effects).options]
    wrong = [options.index("seller.legal_form") + 1, options.index("shop.markets") + 1]
    state, effects = say(interview, state, f"{wrong[0]} and {wrong[1]} are wrong")
    assert asked(effects).question.id == "seller.legal_form"
    assert not {("seller.legal_form", ""), ("shop.markets", "")} & state.case.answers.keys()
    assert story.mentioned(state.case, interview.questions["shop.markets"]) == ()
    assert story.mentioned(state.case, interview.questions["vendors"]) == ("mozello", "omniva")


@pytest.mark.parametrize(
    ("said", "ask", "now"),
    [
        ("where is the UK?", "shop.markets", "Latvia, Estonia, United Kingdom"),
        ("Lithuania is missing", "shop.markets", "Latvia, Estonia, Lithuania"),
        ("us and canada too", "shop.markets", "Latvia, Estonia, United States, Canada"),
        ("also PayPal", "vendors", "Mozello, Omniva, PayPal"),
        ("yes, but also PayPal", "vendors", "Mozello, Omniva, PayPal"),
        ("and we also ship to Norway", "shop.delivers_to", "Norway"),
        ("no Omniva", "vendors", "Mozello"),
        ("Omniva is wrong, it is DPD", "vendors", "Mozello, DPD"),
        ("remove Estonia", "shop.markets", "Latvia"),
        ("{vendors} is wrong, it is Shopify", "vendors", "Shopify"),
        ("{vendors}: also Shopify", "vendors", "Mozello, Omniva, Shopify"),
        ("change {vendors} Shopify", "vendors", "Shopify"),
        ("{seller.legal_form} is wrong, we are a sole trader", "seller.legal_form", "Sole trader"),
        ("{shop.own_brand} - no", "shop.own_brand", "no"),
        ("we also sell to companies", "shop.audience", "Both"),
    ],
)
def test_what_is_added_or_corrected_is_merged_and_shown_again(
    interview: Interview, said: str, ask: str, now: str
) -> None:
    state, effects = say(interview, begin(interview)[0], TOLD)
    for number, option in enumerate(asked(effects).options, start=1):
        said = said.replace(f"{{{option.value}}}", str(number))
    before = story.told(state.case)
    state, effects = say(interview, state, said)
    assert phrases(effects)[0] == "story.changed"
    assert state.pending == (STORY_CONFIRM, "")
    label = next(option.label.en for option in asked(effects).options if option.value == ask)
    assert label == f"{interview.question_title(ask, '', state.case)}: {now}"
    told = story.told(state.case)
    assert {key: told[key] for key in told if key != ask} == {key: before[key] for key in before if key != ask}
    state, _ = say(interview, state, "")
    assert story.confirmed(state.case)[ask] == told[ask]


def test_what_is_added_in_latvian(interview: Interview) -> None:
    state, _ = say(interview, begin(interview, Locale.LV)[0], "Esmu pašnodarbināta, pārdodu ziepes Mozello Latvijā.")
    state, _ = say(interview, state, "trūkst Igaunijas", "arī PayPal", "kāpēc nav ASV?", "un vēl sūtām uz Norvēģiju")
    told = story.told(state.case)
    assert (told["shop.markets"], told["vendors"]) == (("LV", "EE", "US"), ("mozello", "paypal"))
    assert told["shop.delivers_to"] == "NO"


def test_nothing_that_is_said_at_the_list_is_lost_in_silence(interview: Interview) -> None:
    told, effects = say(interview, begin(interview)[0], TOLD)
    number = [option.value for option in asked(effects).options].index("vendors") + 1
    for said in ("also my cousin's Kastanis", "blue with spots", "nothing"):
        state, effects = say(interview, told, said)
        assert phrases(effects) == ["story.unplaced"] and state.case == told.case
    for said in (f"{number}, my cousin helps", "yes, and my cousin helps"):
        state, effects = say(interview, told, said)
        assert phrases(effects)[0] == "story.unused" and (STORY_CONFIRM, "") in state.case.answers
    for said in (f"{number}", f"{number} is wrong", "yes", "all good, thanks"):
        assert phrases(say(interview, told, said)[1])[0] == "story.confirmed"


def test_what_was_added_is_taken_back_alone(interview: Interview) -> None:
    told, _ = say(interview, begin(interview)[0], TOLD)
    state, _ = say(interview, told, "also PayPal", "back")
    assert state.pending == (STORY_CONFIRM, "") and state.case.answers == told.case.answers
    state, _ = say(interview, state, "back")
    assert state.pending == (STORY, "")


def test_nobody_has_to_tell_a_story(interview: Interview) -> None:
    for passed_over in ("", "  ", "no", "skip", "nezinu"):
        state, effects = say(interview, begin(interview)[0], passed_over)
        assert state.pending == ("seller.legal_form", "") and turns(effects) == []


def test_commands_are_no_stories_and_stories_no_commands(interview: Interview) -> None:
    state, effects = say(interview, begin(interview)[0], "help")
    assert phrases(effects) == ["help"] and state.pending == (STORY, "")
    state, effects = say(interview, state, "why")
    assert state.pending == (STORY, "") and any(isinstance(each, Say) and each.lines for each in effects)
    state, effects = say(interview, state, "Plan to open a shop, back home I sell candles")
    assert isinstance(turns(effects)[0], Answer)


def test_a_story_in_which_nothing_is_sure_is_kept_all_the_same(interview: Interview) -> None:
    state, effects = say(interview, begin(interview)[0], "Something with love for everybody")
    (turn,) = turns(effects)
    assert isinstance(turn, Answer) and turn.value == () and turn.said == "Something with love for everybody"
    assert phrases(effects)[0] == "story.nothing" and state.pending == ("seller.legal_form", "")


def test_a_story_is_taken_back_in_two_steps(interview: Interview) -> None:
    state, _ = say(interview, begin(interview)[0], TOLD, "")
    state, effects = say(interview, state, "back")
    assert state.pending == (STORY_CONFIRM, "") and state.case.answers.keys() == {(STORY, "")}
    state, effects = say(interview, state, "back")
    assert state.pending == (STORY, "") and state.case.answers == {}
    assert asked(effects).previous is None
    state, _ = say(interview, state, "")
    assert state.pending == ("seller.legal_form", "")


def test_a_consultation_left_before_the_confirmation_goes_on_there(interview: Interview) -> None:
    state, _ = say(interview, begin(interview)[0], TOLD)
    resumed, effects = interview.start(state.case)
    assert resumed.pending == (STORY_CONFIRM, "")
    assert [option.value for option in asked(effects).options] == list(story.told(state.case))


def test_an_item_of_a_checklist_that_was_told_can_be_changed(interview: Interview) -> None:
    state, _ = say(interview, begin(interview)[0], TOLD, "")
    (number,) = (
        number for number, answer in enumerate(state.case.reviewable(), start=1) if answer.ask == "shop.own_brand"
    )
    state, effects = say(interview, state, f"change {number}")
    assert asked(effects).question.kind == "yes-no" and asked(effects).previous == ("yes",)
    state, _ = say(interview, state, "no")
    assert state.case.answers["shop.own_brand", ""].value == "no"


def test_the_story_is_no_answer_of_the_review(interview: Interview) -> None:
    state, _ = say(interview, begin(interview)[0], TOLD, "")
    assert {answer.ask for answer in state.case.reviewable()}.isdisjoint({STORY, STORY_CONFIRM})


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (Locale.EN, (TOLD, "")),
        (Locale.EN, (TOLD, "back", "", "SIA")),
        (Locale.EN, (TOLD, "2 is wrong", "back", "1")),
        (Locale.EN, ("nothing to see", "SIA")),
        (Locale.EN, (TOLD, "also PayPal", "1 is wrong, we are a sole trader", "where is the UK?", "2")),
        (Locale.EN, (TOLD, "also PayPal", "back", "no Omniva", "yes, and my cousin helps")),
        (Locale.LV, ("Esmu pašnodarbināta, cepu tortes, jaunumus nesūtu.", "", "/language en")),
        (Locale.EN, ("/language lv", TOLD, "")),
    ],
)
def test_replays_as_it_went(interview: Interview, tmp_path: Path, locale: Locale, lines: tuple[str, ...]) -> None:
    state, _ = begin(interview, locale)
    state, _ = say(interview, state, *lines)
    for _ in range(120):
        if state.pending is None:
            break
        confirms = interview.question(state.pending[0]).kind == "confirm"
        state, _ = say(interview, state, "" if confirms or state.previous else "/unknown")
    assert state.pending is None
    assert any(isinstance(turn, Undo | Speak | Answer) for turn in state.case.turns)
    path = tmp_path / "told.yaml"
    empty = Case(name="told", as_of=interview.as_of, locale=locale)
    writer = transcript.Writer(path, empty, interview.base.stamp)
    for turn in state.case.turns:
        writer.add(turn)
    writer.close()
    saved = transcript.read(path)
    assert saved.case.answers == state.case.answers
    outcome = replay(saved, interview)
    assert outcome.divergence is None, str(outcome.divergence)
    assert outcome.turns == state.case.turns


def test_explanations_in_the_conversation(interview: Interview) -> None:
    state, _ = say(interview, begin(interview)[0], TOLD, "")
    before = state.case
    state, effects = say(interview, state, "what if no")
    (explained,) = (effect for effect in effects if isinstance(effect, Explain))
    assert "Not registered for VAT" in str(explained)
    number = next(
        number for number, answer in enumerate(before.reviewable(), start=1) if answer.ask == "seller.legal_form"
    )
    state, effects = say(interview, state, f"what if {number} sole trader")
    (explained,) = (effect for effect in effects if isinstance(effect, Explain))
    assert "Sole trader" in str(explained)
    state, effects = say(interview, state, "how 1")
    assert any(isinstance(effect, Explain) for effect in effects)
    state, effects = say(interview, state, "why not cookie notice")
    assert any(isinstance(effect, Explain) for effect in effects)
    for line in ("get rid of 1", "/remove 1", "assumptions", "pieņēmumi"):
        state, effects = say(interview, state, line)
        assert any(isinstance(effect, Explain) for effect in effects), line
    for bare in ("how", "why not", "get rid of"):
        state, effects = say(interview, state, bare)
        assert phrases(effects)[0].endswith(".which"), bare
    for unclear in ("what if", "what if zzz qqq"):
        state, effects = say(interview, state, unclear)
        assert phrases(effects)[0] == "what-if.which", unclear
    for unclear in ("how zzz", "how 999"):
        state, effects = say(interview, state, unclear)
        assert phrases(effects) == ["explain.refused"], unclear
    assert state.case == before
    assert state.pending == ("seller.vat_registered", "")
