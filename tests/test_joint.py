"""Joint questions in the conversation: few prompts for a partner nobody knows, and every answer can be changed."""

from __future__ import annotations

import pytest

from advisor.effects import Say
from advisor.interview import Interview, State
from advisor.model import UNKNOWN, Locale
from tests.test_interview import at, begin, say, turns

FIRM, HOST, THIRD, FOURTH = "berga-birojs", "tikla-meistari", "zimola-darbnica", "vina-nams"
NAMES = {FIRM: "Berga birojs", HOST: "Tīkla meistari"}


def partners(interview: Interview, line: str, names: str = "Berga birojs, Tīkla meistari") -> State:
    """The state after partners were named that nobody knows, and a line was said of the first of them."""
    state, _ = say(interview, at(interview, begin(interview, Locale.LV), "vendors"), names)
    return told(interview, state, "vendor.function", line)


def told(interview: Interview, state: State, question: str, line: str, of: str = FIRM) -> State:
    """The state after a question was answered, whichever would have come next."""
    return say(interview, at(interview, state, question, of), line)[0]


def asked_of(interview: Interview, state: State, vendor: str) -> list[str]:
    return [name for name, of in interview.open_questions(state.case) if of == vendor]


@pytest.mark.parametrize(
    ("line", "function", "country"),
    [
        ("grāmatvedība, Latvija", "accounting", "LV"),
        ("accountant in Riga", "accounting", "LV"),
        ("web developer from Ukraine", "developer", "UA"),
        ("kurjers, Igaunijas firma", "delivery", "EE"),
        ("servera noma (Vācija)", "hosting", "DE"),
    ],
)
def test_what_a_firm_does_and_where_it_is_fit_in_one_line(
    interview: Interview, line: str, function: str, country: str
) -> None:
    state = partners(interview, line)
    assert state.case.answers["vendor.function", FIRM].value == function
    assert state.case.answers["vendor.country", FIRM].value == country
    undone, _ = say(interview, state, "atpakaļ")
    assert ("vendor.country", FIRM) not in undone.case.answers  # one line, one step


@pytest.mark.parametrize("line", ["piegādā uz Vāciju", "hosting in Germany", "they send parcels, not to Lithuania"])
def test_a_country_that_is_not_the_firms_is_not_taken_for_it(interview: Interview, line: str) -> None:
    state = partners(interview, line)
    assert ("vendor.function", FIRM) in state.case.answers
    assert ("vendor.country", FIRM) not in state.case.answers


def test_yes_answers_three_questions_and_no_asks_them(interview: Interview) -> None:
    state = partners(interview, "grāmatvedība, Latvija")
    assert asked_of(interview, state, FIRM)[0] == "vendor.where"
    state = at(interview, state, "vendor.where", FIRM)
    stays, effects = say(interview, state, "jā")
    assert {(answer.ask, answer.value, answer.how) for answer in turns(effects)[1:]} == {
        ("vendor.processing_countries", ("LV",), "implied"),
        ("vendor.remote_access_from", (), "implied"),
        ("vendor.mechanism", "none_needed", "implied"),
    }
    assert not {"vendor.processing_countries", "vendor.remote_access_from"} & {*asked_of(interview, stays, FIRM)}
    leaves, _ = say(interview, state, "nē")
    assert {"vendor.processing_countries", "vendor.remote_access_from"} <= {*asked_of(interview, leaves, FIRM)}


def test_not_knowing_is_unknown_for_each_and_never_no(interview: Interview) -> None:
    state = told(interview, partners(interview, "grāmatvedība, Latvija"), "vendor.where", "nezinu")
    assert state.case.answers["vendor.processing_countries", FIRM].value == (UNKNOWN,)
    assert state.case.answers["vendor.remote_access_from", FIRM].value == (UNKNOWN,)
    assert ("vendor.processing_countries", FIRM) in interview.conclusions(state.case).situation.unknown


def test_a_firm_outside_the_eea_is_asked_in_full(interview: Interview) -> None:
    state = partners(interview, "izstrādātājs no Indijas")
    assert "vendor.where" not in asked_of(interview, state, FIRM)
    assert {"vendor.processing_countries", "vendor.mechanism"} <= {*asked_of(interview, state, FIRM)}


def test_a_changed_answer_takes_back_what_it_implied(interview: Interview) -> None:
    state = told(interview, partners(interview, "grāmatvedība, Latvija"), "vendor.where", "jā")
    number = [answer.key for answer in state.case.reviewable()].index(("vendor.where", FIRM)) + 1
    state, _ = say(interview, state, f"mainīt {number}", "nē")
    assert ("vendor.remote_access_from", FIRM) not in state.case.answers
    assert "vendor.processing_countries" in asked_of(interview, state, FIRM)
    undone, _ = say(interview, state, "atpakaļ")
    assert undone.case.answers["vendor.processing_countries", FIRM].value == ("LV",)


def test_another_country_asks_again_with_the_earlier_answer(interview: Interview) -> None:
    state = told(interview, partners(interview, "grāmatvedība, Latvija"), "vendor.where", "jā")
    state = told(interview, state, "vendor.country", "Igaunija")
    assert "vendor.where" in asked_of(interview, state, FIRM)
    assert "(Igaunija)" in interview.question_text(interview.questions["vendor.where"], FIRM, state.case)
    state = State(case=state.case, pending=("vendor.where", FIRM), previous=("yes",))
    state, _ = say(interview, state, "")
    assert state.case.answers["vendor.processing_countries", FIRM].value == ("EE",)
    assert "vendor.where" not in asked_of(interview, state, FIRM)


def known(interview: Interview, *of: str) -> State:
    """The state when all is said of these partners but what is asked across them."""
    state = partners(interview, "grāmatvedība, Latvija", ", ".join(NAMES[firm] for firm in of))
    for firm in of:
        state = told(interview, state, "vendor.function", "grāmatvedība, Latvija", firm)
        state = told(interview, state, "vendor.where", "jā", firm)
        state = told(interview, state, "vendor.dpa", "nav", firm)
    return state


def test_what_is_asked_of_every_partner_is_asked_once(interview: Interview) -> None:
    state = known(interview, FIRM, HOST)
    assert not {"vendor.consumer_grade", "vendor.subprocessors_known"} & {*asked_of(interview, state, FIRM)}
    assert ("vendors.consumer_grade", "") in interview.open_questions(state.case)
    question = interview.questions["vendors.consumer_grade"]
    assert [option.value for option in interview.shown_options(question, "", state.case)] == [FIRM, HOST, "none"]
    named = told(interview, state, "vendors.consumer_grade", "tīkla meistari", "")
    assert named.case.answers["vendor.consumer_grade", HOST].value == "yes"
    assert named.case.answers["vendor.consumer_grade", FIRM].value == "no"
    nobody = told(interview, state, "vendors.consumer_grade", "nevienu", "")
    assert nobody.case.answers["vendor.consumer_grade", HOST].value == "no"
    unsure = told(interview, state, "vendors.consumer_grade", "nezinu", "")
    assert {unsure.case.answers["vendor.consumer_grade", of].value for of in (FIRM, HOST)} == {UNKNOWN}


def test_of_a_single_partner_the_question_itself_is_put(interview: Interview) -> None:
    state = known(interview, FIRM)
    assert "vendor.consumer_grade" in asked_of(interview, state, FIRM)
    assert ("vendors.consumer_grade", "") not in interview.open_questions(state.case)


def test_one_more_partner_is_asked_about_beside_the_others(interview: Interview) -> None:
    state = told(interview, known(interview, FIRM, HOST), "vendors.consumer_grade", "tīkla meistari", "")
    state = told(interview, state, "vendors", "Berga birojs, Tīkla meistari, Zīmola darbnīca, Vīna nams", "")
    for firm in (THIRD, FOURTH):
        state = told(interview, state, "vendor.function", "grāmatvedība, Latvija", firm)
    assert ("vendors.consumer_grade", "") in interview.open_questions(state.case)
    state = State(case=state.case, pending=("vendors.consumer_grade", ""), previous=(HOST,))
    state, _ = say(interview, state, "arī zīmola darbnīca")
    yes = {
        of
        for (ask, of), answer in state.case.answers.items()
        if ask == "vendor.consumer_grade" and answer.value == "yes"
    }
    assert yes == {HOST, THIRD}


def test_what_was_told_besides_a_doubt_is_not_lost(interview: Interview) -> None:
    state = told(interview, begin(interview, Locale.LV), "vendors", "Berga birojs, Lapu serviss", "")
    assert state.candidates  # a name that resembles one of the catalogue
    labels = [candidate.label for candidate in state.candidates]
    state, effects = say(interview, state, str(labels.index("Lapu serviss") + 1))
    assert turns(effects)[0].names == {FIRM: "Berga birojs", "lapu-serviss": "Lapu serviss"}
    state = at(interview, state, "vendor.function", FIRM)
    state, _ = say(interview, state, "klientu pieraksti un kartītes, Igaunijas uzņēmums", "1")
    assert state.case.answers["vendor.country", FIRM].value == "EE"


@pytest.mark.parametrize(("question", "of"), [("vendor.where", FIRM), ("vendors.consumer_grade", "")])
def test_why_names_what_hangs_on_the_questions_it_answers(interview: Interview, question: str, of: str) -> None:
    state = known(interview, FIRM, HOST) if not of else partners(interview, "grāmatvedība, Latvija")
    _, effects = say(interview, at(interview, state, question, of), "kāpēc")
    said = next(effect for effect in effects if isinstance(effect, Say))
    hanging = {due.id for due in interview.conclusions(state.case).maybe}
    titles = {f"- {interview.base.actions[name].title.lv}" for name in hanging}
    assert said.phrase == "why" and titles & set(said.lines)
