"""The conversation as a pure function: what is asked, how it is answered, taken back, changed, explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from advisor.case import Case
from advisor.effects import Ask, Effect, Leave, Offer, Record, Say, ShowPlan
from advisor.engine.checked import CheckedEngine
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.interview import Interview, State
from advisor.model import CONFIRM, REVIEW, STORY, UNKNOWN, Answer, KnowledgeBase, Locale, Note, Speak, Undo
from advisor.session import rows
from advisor.understanding.understand import Candidate, Command, Reading


def begin(interview: Interview, locale: Locale = Locale.EN) -> State:
    state, _ = interview.start(Case(name="test", as_of=interview.as_of, locale=locale))
    return state


def say(interview: Interview, state: State, *lines: str) -> tuple[State, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    for line in lines:
        state, effects = interview.step(state, line)
    return state, effects


def at(interview: Interview, state: State, question: str, of: str = "") -> State:
    """The state with another question pending."""
    return State(case=state.case, pending=(question, of), topic=state.topic)


def phrases(effects: Iterable[Effect]) -> list[str]:
    return [effect.phrase for effect in effects if isinstance(effect, Say)]


def turns(effects: Iterable[Effect]) -> list[Any]:
    return [effect.turn for effect in effects if isinstance(effect, Record)]


def test_the_first_question_comes_with_its_topic(interview: Interview) -> None:
    state, effects = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.LV))
    said, ask = effects
    assert isinstance(said, Say) and said.phrase == "topic"
    assert isinstance(ask, Ask) and ask.question.id == "seller.legal_form"
    assert ask.progress.answered == 0 and ask.progress.left > 20
    assert state.pending == ("seller.legal_form", "")


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("2", "number"),
        ("2.", "number"),
        ("Sole trader", "label"),
        ("Saimnieciskās darbības veicējs", "label"),
        ("saimnieciskas darbibas veicejs", "label"),
        ("self-employed", "alias"),
        ("sole traader", "similar"),
    ],
)
def test_one_answer_many_ways(interview: Interview, typed: str, how: str) -> None:
    state, effects = say(interview, begin(interview), typed)
    answer = turns(effects)[0]
    assert (answer.ask, answer.value) == ("seller.legal_form", "sole_trader")
    assert answer.said == typed and answer.how in (how, "alias")
    assert phrases(effects)[0] == "echo"
    assert state.pending == ("seller.vat_registered", "")


def test_doubt_offers_candidates_and_takes_their_number(interview: Interview) -> None:
    state = at(interview, begin(interview), "shop.markets")
    state, effects = say(interview, state, "Georgia")
    offered = [effect for effect in effects if isinstance(effect, Offer)]
    assert {"GE", "US"} <= {candidate.value for candidate in offered[0].candidates}
    assert not turns(effects)
    number = [candidate.value for candidate in state.candidates].index("GE") + 1
    _, effects = say(interview, state, str(number))
    assert turns(effects)[0].value == ("GE",)


@pytest.mark.parametrize(
    ("locale", "said", "reply", "value", "recorded"),
    [
        (Locale.EN, "discounts, and frobnicating subscriptions", "1", None, 1),
        (Locale.EN, "discounts, and frobnicating subscriptions", "no", ("shop.price_reductions",), 1),
        (Locale.EN, "discounts, and frobnicating subscriptions", "leave that out", ("shop.price_reductions",), 1),
        (Locale.LV, "atlaides, un frobnicējam abonementu", "to nepierakstīt", ("shop.price_reductions",), 1),
        (Locale.EN, "discounts, and frobnicating subscriptions", "a forum",
         ("shop.price_reductions", "shop.user_content"), 2),
        (Locale.EN, "discounts, and frobnicating subscriptions", "only a forum", ("shop.user_content",), 1),
    ],
)  # fmt: skip
def test_nothing_said_is_lost_in_silence(
    interview: Interview, locale: Locale, said: str, reply: str, value: tuple[str, ...] | None, recorded: int
) -> None:
    """What a checklist does not cover is asked about; what was understood stands, also beside other words."""
    state = at(interview, begin(interview), "shop.practices")
    state = replace(state, case=replace(state.case, locale=locale))
    state, effects = say(interview, state, said)
    offer = next(effect for effect in effects if isinstance(effect, Offer))
    assert offer.kept and "frobnic" in offer.about and not turns(effects)
    chosen = state.candidates[0].value
    _, effects = say(interview, state, reply)
    answer = turns(effects)[0]
    assert answer.value == (value if value is not None else ("shop.price_reductions", chosen))
    assert answer.said.split("\n")[: recorded - 1] == [said][: recorded - 1]


def test_what_was_not_used_is_echoed(interview: Interview) -> None:
    _, effects = say(interview, at(interview, begin(interview), "shop.goods"), "candles, and a wqxyz")
    echo = next(effect for effect in effects if isinstance(effect, Say))
    assert (echo.phrase, echo.words["parts"]) == ("echo.ignored", "wqxyz")


def test_a_description_is_offered_with_a_remark(interview: Interview) -> None:
    state = at(interview, begin(interview), "vendors")
    state, effects = say(interview, state, "Stripe and a courier")
    assert phrases(effects) == ["remark.describes"] and isinstance(effects[-1], Offer)
    _, effects = say(interview, state, "1")
    assert turns(effects)[0].value == ("stripe", "courier") and turns(effects)[0].names == {"courier": "courier"}


def test_numbers_mean_the_list_on_the_screen(interview: Interview) -> None:
    """With candidates shown, `1, 2` are the candidates, never options of the long list."""
    state = at(interview, begin(interview), "shop.supply")
    offered = (
        Candidate(value="shop.own_brand", label="Own make"),
        Candidate(value="shop.places_packaging_on_market", label="You pack goods"),
    )
    state = replace(state, candidates=offered, doubted="self made, boxed")
    _, effects = say(interview, state, "1, 2")
    answer = turns(effects)[0]
    assert answer.value == ("shop.own_brand", "shop.places_packaging_on_market")
    assert answer.said == "self made, boxed"
    _, effects = say(interview, state, "12")
    assert not turns(effects) and any(isinstance(effect, Offer) for effect in effects)


def test_yes_takes_the_only_candidate_and_no_drops_it(interview: Interview) -> None:
    state = at(interview, begin(interview), "data.profiling")
    state = replace(
        state, candidates=(Candidate(value="none", label="Everyone sees the same"),), doubted="all the same"
    )
    _, effects = say(interview, state, "yes")
    assert turns(effects)[0].value == "none"
    following, effects = say(interview, state, "nē")
    assert not turns(effects) and following.candidates == ()
    assert isinstance(effects[-1], Ask)


def test_choosing_keeps_what_was_understood_besides(interview: Interview) -> None:
    state, effects = say(interview, at(interview, begin(interview), "shop.markets"), "Latvia, Estonia and Georgia")
    assert any(isinstance(effect, Offer) for effect in effects)
    number = [candidate.value for candidate in state.candidates].index("GE") + 1
    _, effects = say(interview, state, str(number))
    assert set(turns(effects)[0].value) == {"LV", "EE", "GE"}


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x1b[31m", "?!", "qwrtzp"])
def test_nothing_is_guessed(interview: Interview, typed: str) -> None:
    before = begin(interview)
    state, effects = say(interview, before, typed)
    assert not turns(effects)
    assert state.case == before.case and state.pending == before.pending


def test_a_huge_paste_is_survived(interview: Interview) -> None:
    before = begin(interview)
    state, effects = say(interview, before, "blah \x1b]0;x\x07 " * 10_000)
    assert state.pending == before.pending and not turns(effects)


def test_a_long_menu_shows_the_usual_and_understands_the_rare(interview: Interview) -> None:
    question = interview.questions["data.purposes"]
    state = at(interview, begin(interview), "data.purposes")
    shown = interview.shown_options(question, "", state.case)
    assert len(shown) < len(question.options)
    _, effects = say(interview, state, "orders, payments, job applicants")
    assert turns(effects)[0].value == ("orders", "payment", "job_applicants")
    _, effects = say(interview, state, "all of them")
    assert turns(effects) == [] and phrases(effects)[0] == "remark.all"


def test_dont_know_is_a_full_answer(interview: Interview) -> None:
    state, effects = say(interview, begin(interview), "I don't know")
    assert turns(effects) == [Answer(ask="seller.legal_form", value=UNKNOWN, how="command")]
    assert state.pending == ("seller.vat_registered", "")
    state, effects = say(interview, at(interview, state, "shop.goods"), "nezinu")
    assert turns(effects)[0].value == (UNKNOWN,)


def test_back_takes_the_answer_back_and_offers_it_again(interview: Interview) -> None:
    state, _ = say(interview, begin(interview), "SIA", "yes")
    state, effects = say(interview, state, "back")
    assert turns(effects) == [Undo(1)]
    ask = effects[-1]
    assert isinstance(ask, Ask) and ask.question.id == "seller.vat_registered" and ask.previous == ("yes",)
    state, effects = say(interview, state, "atpakaļ")
    assert state.pending == ("seller.legal_form", "")
    state, effects = say(interview, state, "back")
    assert phrases(effects) == ["back.first"] and not turns(effects)


def test_back_and_enter_keeps_the_answer(interview: Interview) -> None:
    state, _ = say(interview, begin(interview), "SIA", "yes", "back")
    _, effects = say(interview, state, "")
    assert turns(effects) == [Answer(ask="seller.vat_registered", value="yes", how="default")]


def test_change_asks_only_what_depends_on_it(interview: Interview) -> None:
    state, _ = say(interview, begin(interview), "SIA", "yes", "micro")
    state, effects = say(interview, state, "change 2")
    assert isinstance(effects[-1], Ask) and effects[-1].question.id == "seller.vat_registered"
    state, effects = say(interview, state, "no")
    assert state.case.answers["seller.vat_registered", ""].value == "no"
    assert state.case.answers["seller.legal_form", ""].value == "SIA"
    assert state.pending == ("seller.situation", "")


def test_a_moot_answer_is_parked_and_comes_back(interview: Interview) -> None:
    state = begin(interview)
    state, _ = say(interview, at(interview, state, "shop.sells"), "goods")
    state, _ = say(interview, at(interview, state, "shop.goods"), "electronics")

    def epr(state: State) -> bool:
        return any(due.id == "adjacent.electronics-epr" for due in interview.conclusions(state.case).certain)

    assert epr(state)
    state, _ = say(interview, at(interview, state, "shop.sells"), "services")
    assert not epr(state)
    assert ("shop.goods", "") in state.case.answers
    state, _ = say(interview, at(interview, state, "shop.sells"), "goods")
    assert epr(state)


def test_known_vendors_are_assumed_and_confirmed_at_once(interview: Interview) -> None:
    state, effects = say(interview, at(interview, begin(interview), "vendors"), "Stripe, mailchimp un hetzner")
    first, *assumed = turns(effects)
    assert set(first.value) == {"stripe", "mailchimp", "hetzner"}
    assert {answer.how for answer in assumed} == {"assumed"}
    assert state.case.answers["vendor.country", "mailchimp"].value == "US"
    assert state.case.answers["vendor.dpf_active", "mailchimp"].value == UNKNOWN  # never assumed to be certified
    state, effects = say(interview, at(interview, state, CONFIRM), "")
    assert turns(effects)[0].how == "confirmed"


def test_a_doubted_vendor_is_asked_about(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "vendors"), "Hetzner, Omniva")
    state = at(interview, state, CONFIRM)
    number = [option.value for option in interview.shown_options(interview.questions[CONFIRM], "", state.case)].index(
        "omniva"
    ) + 1
    state, effects = say(interview, state, str(number))
    assert phrases(effects)[0] == "confirmed.except"
    assert ("vendor.role", "omniva") not in state.case.answers
    assert state.case.answers["vendor.country", "hetzner"].value == "DE"
    assert ("vendor.role", "omniva") in interview.open_questions(state.case)


def test_an_unknown_vendor_keeps_its_name(interview: Interview) -> None:
    state, effects = say(interview, at(interview, begin(interview), "vendors"), "HelpNest Inc.")
    answer = turns(effects)[0]
    assert answer.value == ("helpnest-inc",) and answer.names == {"helpnest-inc": "HelpNest Inc."}
    state, effects = say(interview, at(interview, state, "vendor.function", "helpnest-inc"), "chat")
    assert [turn.how for turn in turns(effects)][1:] == ["assumed"]  # the usual role follows from the function
    assert state.case.answers["vendor.role", "helpnest-inc"].value == "processor"
    assert interview.question_text(interview.questions["vendor.country"], "helpnest-inc", state.case).startswith(
        "HelpNest Inc."
    )


def test_people_are_told_apart_by_country(interview: Interview) -> None:
    state, effects = say(interview, at(interview, begin(interview), "people_remote_access"), "Ukraine")
    assert [turn.value for turn in turns(effects)] == [("person-ua",), "UA"]
    assert ("person.relation", "person-ua") in interview.open_questions(state.case)


FREELANCER = [
    {
        "name": "Andrii Bondar",
        "function": "developer",
        "role": "processor",
        "country": "UA",
        "dpa": "signed",
        "mechanism": "scc",
    }
]


def test_a_partner_named_again_as_a_person_is_not_asked_about_twice(
    interview: Interview, case_of: Callable[..., Case]
) -> None:
    state = State(case=case_of(interview, {"vendors": FREELANCER}))
    state, effects = say(interview, at(interview, state, "people_remote_access"), "Andrii in Ukraine")
    taken = {turn.ask: turn.value for turn in turns(effects) if turn.of == "person-ua"}
    assert taken == {
        "person.country": "UA",
        "person.relation": "contractor",
        "person.dpa": "signed",
        "person.mechanism": "scc",
    }
    spoken = next(effect for effect in effects if isinstance(effect, Say) and effect.phrase == "people.known")
    assert spoken.words["vendor"] == "Andrii Bondar"
    open_of_person = {ask for ask, of in interview.open_questions(state.case) if of == "person-ua"}
    assert open_of_person == {"person.access"}


@pytest.mark.parametrize(
    ("said", "partners"),
    [
        ("Olena in Ukraine", FREELANCER),  # the same country, somebody else
        ("Ukraine", FREELANCER),  # no name
        ("Andrii in India", FREELANCER),  # the same name elsewhere
        ("Ukraine", [FREELANCER[0] | {"name": "Ukraine Post"}]),  # the name of the country is no name of a person
        ("Andrii in Ukraine", [FREELANCER[0] | {"role": "software_only"}]),
        ("Andrii in Ukraine", [*FREELANCER, FREELANCER[0] | {"name": "Andrii Melnyk"}]),  # which of them?
    ],
)
def test_only_a_name_and_a_country_that_fit_one_partner_are_taken_over(
    said: str, partners: list[dict[str, str]], interview: Interview, case_of: Callable[..., Case]
) -> None:
    state = State(case=case_of(interview, {"vendors": partners}))
    _, effects = say(interview, at(interview, state, "people_remote_access"), said)
    assert {turn.ask for turn in turns(effects)} == {"people_remote_access", "person.country"}
    assert not any(isinstance(effect, Say) and effect.phrase == "people.known" for effect in effects)


def test_why_names_what_hangs_on_the_question(interview: Interview) -> None:
    state = at(interview, begin(interview), "seller.vat_registered")
    _, effects = say(interview, state, "why")
    said = next(effect for effect in effects if isinstance(effect, Say))
    assert said.phrase == "why"
    title = interview.base.actions["seller-info.vat-number"].title.en
    assert any(title in line for line in said.lines)
    assert sum("Not registered" in line or "Registered" in line for line in said.lines) >= 2


def test_help_explains_and_lists_the_commands(interview: Interview) -> None:
    for locale, word in ((Locale.EN, "help"), (Locale.LV, "palīdzība"), (Locale.EN, "/help"), (Locale.LV, "?")):
        state, effects = say(interview, begin(interview, locale), word)
        said = next(effect for effect in effects if isinstance(effect, Say))
        assert said.phrase == "help" and len(said.lines) > 5
        assert isinstance(effects[-1], Ask) and not turns(effects)
        assert state.pending == ("seller.legal_form", "")


def test_notes_language_status_review_plan(interview: Interview) -> None:
    state, effects = say(interview, begin(interview), "note ask Anna about VAT")
    assert turns(effects) == [Note("ask Anna about VAT")] and state.case.notes == ("ask Anna about VAT",)
    state, effects = say(interview, state, "language")
    assert turns(effects) == [Speak(Locale.LV)] and state.case.locale is Locale.LV
    state, effects = say(interview, state, "sia", "pārskats")
    lines = next(effect.lines for effect in effects if isinstance(effect, Say) and effect.phrase == "review")
    assert lines[0].startswith("1. ") and "SIA" in lines[0] and "Anna" in lines[-1]
    _, effects = say(interview, state, "plāns")
    assert ShowPlan(final=False) in effects
    _, effects = say(interview, state, "viss plāns")
    assert ShowPlan(final=False, whole=True) in effects
    _, effects = say(interview, state, "statuss")
    assert "status" in phrases(effects)


def test_quit_leaves_without_an_answer(interview: Interview) -> None:
    _, effects = say(interview, begin(interview), "quit")
    assert effects == (Leave(finished=False),)


def test_what_no_rule_reads_is_not_asked(interview: Interview) -> None:
    names = {name for name, _ in interview.open_questions(begin(interview).case)}
    assert "seller.staff" not in names and "seller.country" not in names


def test_a_finished_interview_shows_the_plan(interview: Interview) -> None:
    state, effects = interview.start(Case(name="test", as_of=interview.as_of, locale=Locale.EN))
    for _ in range(80):
        if state.pending is None:
            break
        state, effects = interview.step(state, "" if state.pending[0] in (CONFIRM, REVIEW) else "don't know")
    assert effects[-2:] == (ShowPlan(final=True), Leave(finished=True))
    assert interview.open_questions(state.case) == ()


def test_an_answer_can_be_added_to_and_taken_from(interview: Interview) -> None:
    state = at(interview, begin(interview), "shop.markets")
    state, _ = say(interview, state, "Latvia and Estonia")
    state = replace(at(interview, state, "shop.markets"), previous=("LV", "EE"))
    state, effects = say(interview, state, "also Lithuania")
    assert turns(effects)[0].value == ("LV", "EE", "LT")
    state = replace(at(interview, state, "shop.markets"), previous=("LV", "EE", "LT"))
    state, effects = say(interview, state, "bez Igaunijas")
    assert turns(effects)[0].value == ("LV", "LT")
    state, effects = say(interview, at(interview, state, "shop.delivers_to"), "the same ones")
    assert turns(effects)[0].value == ("LV", "LT")


def test_people_named_before_are_kept(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "people_remote_access"), "India")
    state = replace(at(interview, state, "people_remote_access"), previous=("person-in",))
    state, _ = say(interview, state, "")
    assert state.case.answers["people_remote_access", ""].value == ("person-in",)
    assert state.case.answers["person.country", "person-in"].value == "IN"


def test_a_helper_is_no_partner_and_that_is_said(interview: Interview) -> None:
    _, effects = say(
        interview, at(interview, begin(interview), "vendors"), "Mozello, and my sister helps with the orders"
    )
    assert turns(effects)[0].value == ("mozello",)
    assert "remark.helper" in phrases(effects)


def test_a_list_that_is_on_the_screen_is_not_shown_again(interview: Interview) -> None:
    state = at(interview, begin(interview), "seller.licence_needed")
    state, effects = say(interview, state, "qwrtzp")
    assert isinstance(effects[-1], Ask) and effects[-1].repeat
    state, effects = say(interview, state, "help")
    assert isinstance(effects[-1], Ask) and not effects[-1].repeat
    offered = replace(state, candidates=(Candidate(value="alcohol", label="Alcohol"),), doubted="alko")
    _, effects = say(interview, offered, "qwrtzp")
    assert isinstance(effects[-1], Ask) and not effects[-1].repeat


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("shop.audience", "not-understood"),
        ("shop.online_ordering", "not-understood"),
        ("seller.staff", "not-understood.number"),
        ("shop.markets", "not-understood.free"),
    ],
)
def test_the_hint_fits_the_question(interview: Interview, question: str, phrase: str) -> None:
    _, effects = say(interview, at(interview, begin(interview), question), "qwrtzp")
    assert phrases(effects)[0] == phrase


def test_numbers_of_a_confirmation_strike_out_whatever_is_said_of_them(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "vendors"), "Mozello, Stripe and Omniva")
    state = at(interview, state, CONFIRM)
    shown = [option.value for option in interview.shown_options(interview.questions[CONFIRM], "", state.case)]
    _, effects = say(interview, state, f"{shown.index('stripe') + 1}, I use another Stripe account")
    assert set(turns(effects)[0].value) == {"mozello", "omniva"}
    _, effects = say(interview, state, "9 is wrong")
    assert turns(effects) == []


@pytest.mark.parametrize("typed", ["", "keep", "yes", "tas ir viss", "labi"])
def test_an_answer_before_is_kept_in_many_ways(interview: Interview, typed: str) -> None:
    state = replace(at(interview, begin(interview), "shop.markets"), previous=("LV", "EE"))
    _, effects = say(interview, state, typed)
    assert turns(effects)[0].value == ("LV", "EE")


def test_going_back_to_people_and_keeping_them(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "people_remote_access"), "India", "back", "")
    assert state.case.answers["people_remote_access", ""].value == ("person-in",)
    assert state.case.answers["person.country", "person-in"].value == "IN"


def test_the_last_item_of_a_checklist_is_asked_by_itself(interview: Interview) -> None:
    case = begin(interview).case.add(Answer(ask="seller.regulated_profession", value="no", how="story"))
    (asked,) = (key for key in interview.open_questions(case) if key[0].startswith("seller.") and "insolv" in key[0])
    assert asked == ("seller.insolvency_or_liquidation", "")
    state = State(case=case, pending=asked)
    _, effects = say(interview, state, "no insolvency")
    assert turns(effects)[0].value == "no"


def test_a_number_with_a_remark_chooses_a_candidate(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "shop.markets"), "Latvia, Estonia and Georgia")
    number = [candidate.value for candidate in state.candidates].index("GE") + 1
    _, effects = say(interview, state, f"{number}, but later")
    assert set(turns(effects)[0].value) == {"LV", "EE", "GE"}


def test_all_candidates_at_once(interview: Interview) -> None:
    state = at(interview, begin(interview), "shop.payment_methods")
    offered = (Candidate(value="card", label="Card"), Candidate(value="paypal", label="PayPal"))
    _, effects = say(interview, replace(state, candidates=offered, kept=("invoice",), doubted="x"), "both")
    assert turns(effects)[0].value == ("invoice", "card", "paypal")


def test_what_is_denied_can_be_answered_with_none(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "seller.licences_held"), "man pvd nav")
    assert state.candidates[0].value == "none"
    _, effects = say(interview, state, "1")
    assert turns(effects)[0].value == ()


def test_the_same_as_before(interview: Interview) -> None:
    """The answer shown stays; about another partner it is the answer about the last one; else it is asked."""
    state, _ = say(interview, at(interview, begin(interview), "vendors"), "Kastanis, Devteam")
    for first, second in (("LT", "same as before"), ("Lietuva", "tas pats kas iepriekš"), ("Lithuania", "kā iepriekš")):
        told, _ = say(interview, at(interview, state, "vendor.country", "kastanis"), first)
        _, effects = say(interview, at(interview, told, "vendor.country", "devteam"), second)
        assert (turns(effects)[0].of, turns(effects)[0].value) == ("devteam", "LT")
    _, effects = say(interview, at(interview, state, "vendor.country", "devteam"), "same as before")
    assert phrases(effects)[0] == "remark.unchanged" and turns(effects) == []
    answered, _ = say(interview, begin(interview), "SIA")
    _, effects = say(interview, answered, "change 1", "bez izmaiņām")
    assert turns(effects)[0].value == "SIA"


@pytest.mark.parametrize(
    "said", ["viss", "viss labi", "all fine", "everything", "both", "tas pats kas iepriekš", "same"]
)
def test_words_that_name_nobody_are_no_partners(interview: Interview, said: str) -> None:
    state, effects = say(interview, at(interview, begin(interview), "vendors"), said)
    assert turns(effects) == [] and state.candidates == ()


def test_what_is_not_known_is_said_back_in_words_that_fit(interview: Interview) -> None:
    pending = at(interview, begin(interview), "shop.markets")
    _, effects = say(interview, pending, "Latvia, but I don't know the rest")
    (echo,) = (effect for effect in effects if isinstance(effect, Say) and effect.phrase == "echo")
    assert echo.words["value"] == f"Latvia, {interview.phrase('value.more', Locale.EN)}"
    for said in ("don't know", "/unknown"):
        assert phrases(say(interview, pending, said)[1])[0] == "echo.unknown"


@pytest.mark.parametrize(
    ("locale", "said", "now"),
    [
        (Locale.EN, "also PayPal", ("mozello", "stripe", "paypal")),
        (Locale.EN, "we also use Zoom", ("mozello", "stripe", "zoom")),
        (Locale.EN, "we don't use Stripe", ("mozello",)),
        (Locale.LV, "arī PayPal", ("mozello", "stripe", "paypal")),
        (Locale.LV, "Stripe nelietojam", ("mozello",)),
    ],
)
def test_partners_are_added_and_taken_off_where_they_are_confirmed(
    interview: Interview, locale: Locale, said: str, now: tuple[str, ...]
) -> None:
    state, _ = say(interview, at(interview, begin(interview, locale), "vendors"), "Mozello, Stripe")
    _, effects = say(interview, at(interview, state, CONFIRM), said)
    assert (turns(effects)[0].ask, turns(effects)[0].value) == ("vendors", now)


def test_what_is_wrong_about_a_partner_is_asked(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "vendors"), "Mozello, Stripe")
    for said in ("Stripe is wrong", "Stripe nav pareizi"):
        _, effects = say(interview, at(interview, state, CONFIRM), said)
        assert (turns(effects)[0].ask, turns(effects)[0].value) == (CONFIRM, ("mozello",)), said
    for said in ("everything fits", "viss kārtībā", "tas pats kas iepriekš", "all fine"):
        _, effects = say(interview, at(interview, state, CONFIRM), said)
        assert (turns(effects)[0].ask, turns(effects)[0].value) == (CONFIRM, ("mozello", "stripe")), said
    for said in ("nothing", "nekas"):  # wrong, or right?
        assert turns(say(interview, at(interview, state, CONFIRM), said)[1]) == [], said


def progress_left(effects: Iterable[Effect]) -> int:
    (ask,) = (effect for effect in effects if isinstance(effect, Ask))
    return ask.progress.left


def test_progress_foresees_what_naming_partners_brings(interview: Interview) -> None:
    pending = at(interview, begin(interview), "vendors")
    before = interview.left(pending.case)
    _, effects = say(interview, pending, "Mozello, Omniva, Stripe")
    assert progress_left(effects) < before and "progress.more" not in phrases(effects)
    state, effects = say(interview, pending, "Mozello and Kastanis")
    opened = len(interview.open_questions(state.case)) - len(interview.open_questions(pending.case))
    assert progress_left(effects) - before == opened - interview.questions["vendors"].brings > 0


def test_where_more_is_to_come_it_is_said_about_whom(interview: Interview) -> None:
    pending = at(interview, begin(interview), "vendors")
    before = interview.left(pending.case)
    state, effects = say(interview, pending, "Kastanis, Devteam, Bilance Pro")
    assert progress_left(effects) > before
    (more,) = (effect for effect in effects if isinstance(effect, Say) and effect.phrase == "progress.more")
    new = set(interview.open_questions(state.case)) - set(interview.open_questions(pending.case))
    assert more.words["count"] == str(len(new))
    for vendor, name in (("kastanis", "Kastanis"), ("devteam", "Devteam"), ("bilance-pro", "Bilance Pro")):
        asked = sum(of == vendor for _, of in new)
        assert asked > 3 and f"{name} – {asked}" in more.words["about"]


def why(interview: Interview, state: State) -> tuple[str, ...]:
    _, effects = say(interview, state, "why")
    (said,) = (effect for effect in effects if isinstance(effect, Say) and effect.phrase == "why")
    return said.lines


def test_why_names_the_questions_on_which_the_same_hangs(interview: Interview) -> None:
    """Where no answer settles anything by itself, one line says so, not one for each option."""
    lines = why(interview, at(interview, begin(interview), "seller.vid_site_registered"))
    assert interview.phrase("why.settles-nothing", Locale.EN) in lines
    assert interview.phrase("why.together", Locale.EN, questions="Legal form; Ordering online") in lines
    assert not any(interview.phrase("why.no-change", Locale.EN) in line for line in lines)
    settled, _ = say(interview, begin(interview), "SIA")
    lines = why(interview, at(interview, settled, "seller.vid_site_registered"))
    assert interview.phrase("why.together", Locale.EN, questions="Ordering online") in lines


def test_why_puts_answers_that_settle_nothing_into_one_line(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "vendors"), "Kastanis")
    for question in ("vendor.function", "vendor.role", "vendor.country"):
        state, _ = say(interview, at(interview, state, question, "kastanis"), "/unknown")
    lines = why(interview, at(interview, state, "vendor.dpa", "kastanis"))
    silent = [line for line in lines if line.endswith(interview.phrase("why.no-change", Locale.EN))]
    assert silent == [f"- Nothing so far / It refuses or offers none: {interview.phrase('why.no-change', Locale.EN)}"]
    assert any(line.startswith("- Signed: ") for line in lines)


def licences(interview: Interview, needed: str, goods: str) -> tuple[State, tuple[Effect, ...]]:
    """The question about licences held, after these answers about what is sold."""
    state = begin(interview)
    for question, said in (("seller.licence_needed", needed), ("shop.sells", "goods"), ("shop.goods", goods)):
        state, _ = say(interview, at(interview, state, question), said)
    return interview._ask(at(interview, state, "seller.licences_held"), ())


def test_only_the_licences_that_are_needed_are_listed(interview: Interview) -> None:
    listed = {
        ("alcohol", "honey"): ["alcohol", "food_registration", "none"],
        ("none", "honey"): ["food_registration", "none"],
        ("/unknown", "honey"): [
            *(option.value for option in interview.questions["seller.licences_held"].options),
            "none",
        ],
    }
    for (needed, goods), values in listed.items():
        _, effects = licences(interview, needed, goods)
        (ask,) = (effect for effect in effects if isinstance(effect, Ask))
        assert [option.value for option in ask.options] == values, needed


def test_numbers_mean_what_is_listed_and_the_others_are_understood_by_name(interview: Interview) -> None:
    state, _ = licences(interview, "alcohol", "honey")
    for said, value in (("2", ("food_registration",)), ("weapons licence", ("weapons",)), ("none", ())):
        _, effects = say(interview, state, said)
        assert turns(effects)[0].value == value, said
    assert "not-understood" in phrases(say(interview, state, "9")[1])
    answered, _ = say(interview, state, "weapons licence")
    (question,) = (interview.questions[name] for name in ("seller.licences_held",))
    shown = interview.shown_options(question, "", answered.case)
    assert [option.value for option in shown] == ["alcohol", "food_registration", "weapons", "none"]


def test_an_answer_is_changed_in_one_line(interview: Interview) -> None:
    state, _ = say(interview, begin(interview), "SIA", "no")
    state, effects = say(interview, state, "change 2 yes, registered")
    assert turns(effects)[0].ask == "seller.vat_registered" and turns(effects)[0].value == "yes"


def test_the_review_is_shown_once_and_takes_numbers(interview: Interview) -> None:
    state, _ = say(interview, begin(interview), "SIA", "no")
    pending = replace(state, pending=(REVIEW, ""), previous=("yes",), is_reviewed=True)
    state, effects = say(interview, pending, "2 is not right")
    assert state.pending == ("seller.vat_registered", "") and state.is_reviewed
    assert "topic" not in phrases(effects)


def test_europe_is_no_list_of_countries(interview: Interview) -> None:
    for line in ("the whole of Europe except Germany", "visā Eiropā"):
        _, effects = say(interview, at(interview, begin(interview), "shop.markets"), line)
        assert turns(effects) == [] and phrases(effects)[0] == "remark.europe"


@pytest.mark.parametrize(
    ("locale", "said"), [(Locale.EN, "there is no such company"), (Locale.LV, "tads uznemums neeksiste, izdzesiet")]
)
def test_a_partner_that_is_none_is_taken_off_the_list(interview: Interview, locale: Locale, said: str) -> None:
    state, _ = say(interview, at(interview, begin(interview, locale), "vendors"), "Omniva, Blue Heron Ltd")
    state = at(interview, state, "vendor.function", "blue-heron-ltd")
    state, effects = say(interview, state, said)
    recorded = turns(effects)[0]
    assert (recorded.ask, recorded.value) == ("vendors", ("omniva",))
    assert "Blue Heron Ltd" in recorded.said  # in words that can be said again


@pytest.mark.parametrize(
    "said",
    ["es jau sākumā rakstīju: Mozello, Omniva", "as I said, Mozello and Omniva", "Mozello, Omniva, kā jau teicu"],
)
def test_what_only_recalls_is_no_partner(interview: Interview, said: str) -> None:
    _, effects = say(interview, at(interview, begin(interview), "vendors"), said)
    assert turns(effects)[0].value == ("mozello", "omniva")


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("vendor.dpa", "nothing yet, will they sign that?", "none"),
        ("seller.vat_registered", "not yet, do i need to? sia is 3 weeks old", "no"),
        ("seller.staff", "trīs, vai īpašnieku arī skaita?", 3),
        ("shop.sells", "preces. vai abonements ir kas cits?", ("goods",)),
    ],
)
def test_a_question_beside_the_answer_is_no_part_of_it(
    interview: Interview, question: str, said: str, value: object
) -> None:
    reading = interview.understanding.read(interview.questions[question], said, Locale.LV)
    assert (reading.value, reading.remark) == (value, "remark.question")


def test_partners_are_struck_from_the_confirmation_by_number(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview, Locale.LV), "vendors"), "Omniva, Hetzner, Stripe")
    _, effects = say(interview, at(interview, state, CONFIRM), "1 un 3 nav, izdzēst")
    assert turns(effects)[0].value == ("hetzner",)


def test_what_is_named_beside_numbers_counts_too(interview: Interview) -> None:
    state = at(interview, begin(interview, Locale.LV), "data.purposes")
    offered = tuple(Candidate(value=value, label=value) for value in ("orders", "support", "account"))
    state, effects = say(
        interview, replace(state, candidates=offered, doubted="viss"), "1, un 3 un vel piegade un norekini"
    )
    assert turns(effects)[0].value == ("orders", "account", "delivery", "payment")
    assert turns(effects)[0].said == "viss\n1, un 3 un vel piegade un norekini"


def test_enter_is_no_answer_while_it_is_asked_what_to_explain(interview: Interview) -> None:
    state = at(interview, begin(interview), "seller.size")
    state = replace(state, meant=(Reading(command=Command.WHY_NOT, argument="processor.dpa"),), previous=("micro",))
    state, effects = say(interview, state, "")
    assert not turns(effects) and state.pending == ("seller.size", "")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("the first", ("orders", "support")),
        ("no, nothing more", ("orders",)),
        ("delivery, and orders as i said", ("orders", "delivery")),
        ("only delivery", ("delivery",)),
    ],
)
def test_what_was_understood_stands_while_it_is_asked_for_more(
    interview: Interview, said: str, value: tuple[str, ...]
) -> None:
    state = at(interview, begin(interview), "data.purposes")
    offered = (Candidate(value="support", label="Support"), Candidate(value="account", label="Accounts"))
    state = replace(state, candidates=offered, kept=("orders",), doubted="orders and stuff")
    _, effects = say(interview, state, said)
    assert turns(effects)[0].value == value


def test_names_of_new_partners_survive_further_words(interview: Interview) -> None:
    state = at(interview, begin(interview), "vendors")
    offered = (Candidate(value="stripe", label="Stripe"), Candidate(value="paypal", label="PayPal"))
    names = {"blue-heron-ltd": "Blue Heron Ltd"}
    state = replace(
        state, candidates=offered, kept=("blue-heron-ltd",), names=names, doubted="Blue Heron Ltd, pay thing"
    )
    _, effects = say(interview, state, "Montonio")
    recorded = turns(effects)[0]
    assert recorded.value == ("blue-heron-ltd", "montonio") and recorded.names == names


def test_nobody_abroad_but_somebody_in_summer_is_somebody(interview: Interview) -> None:
    state = at(interview, begin(interview, Locale.LV), "people_remote_access")
    state, effects = say(interview, state, "neviens, Mārtiņš ir Rīgā. nu vasarā strādā no Bali reizēm")
    assert turns(effects)[0].value == ("person-id",)


def test_a_wish_to_go_back_at_the_end_of_a_line_is_heard(interview: Interview) -> None:
    state, _ = say(interview, begin(interview), "SIA")
    state, effects = say(interview, state, "no!! that is wrong. go back")
    assert phrases(effects) == ["back"] and state.pending == ("seller.legal_form", "")


def test_accounts_that_the_catalogue_only_assumes_to_be_business_ones_are_asked_about(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview), "vendors"), "ChatGPT, Google Workspace, Stripe")
    state, _ = say(interview, at(interview, state, CONFIRM), "")
    assert ("vendor.consumer_grade", "openai") in interview.open_questions(state.case)
    state, _ = say(interview, at(interview, state, "vendor.consumer_grade", "openai"), "yes, the free one")
    assert state.case.answers["vendor.consumer_grade", "openai"].value == "yes"
    assert not {"vendor.consumer_grade", "vendors.consumer_grade"} & {
        ask for ask, _ in interview.open_questions(state.case)
    }


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (STORY, "a SIA in Riga that sells candles to Germany"), ("seller.legal_form", "sia"),
        ("shop.markets", "Latvia, Igaunija"), ("vendors", "Stripe, Mailchmp, Uldis"),
        ("data.purposes", "ordrs, no ads"), ("data.scale", "300"),
    ],
)  # fmt: skip
def test_what_is_made_ready_while_a_person_reads_changes_no_answer(
    knowledge: tuple[KnowledgeBase, Program], question: str, said: str
) -> None:
    base, program = knowledge
    prepared, fresh = (Interview(base, program, ReferenceEngine(program), "2026-11-23") for _ in range(2))
    state = at(fresh, begin(fresh), question)
    prepared.prepare(state)
    assert prepared.step(state, said) == fresh.step(state, said)


def test_a_wrong_conclusion_is_found_out_while_the_next_question_is_read(
    knowledge: tuple[KnowledgeBase, Program], interview: Interview
) -> None:
    pytest.importorskip("durable", reason="durable-rules cannot be built on this machine")
    base, program = knowledge
    today = program.on(interview.as_of)
    engine = CheckedEngine(today, later=True)
    engine.incremental = IncrementalEngine(structs.replace(today, clauses=today.clauses[:100]))
    doubtful = Interview(base, today, engine, interview.as_of)
    state = begin(doubtful)
    right = interview.conclusions(state.case)
    assert doubtful.conclusions(state.case).inference != right.inference
    doubtful.prepare(state)
    assert doubtful.conclusions(state.case).inference == right.inference
    state = at(interview, begin(interview), "seller.legal_form")
    assert doubtful.step(state, "SIA") == interview.step(state, "SIA")  # and so is every question from now on


def test_a_plan_is_checked_before_it_is_shown(knowledge: tuple[KnowledgeBase, Program], interview: Interview) -> None:
    pytest.importorskip("durable", reason="durable-rules cannot be built on this machine")
    base, program = knowledge
    today = program.on(interview.as_of)
    engine = CheckedEngine(today, later=True)
    engine.incremental = IncrementalEngine(structs.replace(today, clauses=today.clauses[:100]))
    doubtful = Interview(base, today, engine, interview.as_of)
    case = Case(name="test", as_of=interview.as_of, locale=Locale.EN)
    assert rows(doubtful.plan(case)) == rows(interview.plan(case))
