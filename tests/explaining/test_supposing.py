"""What if in everyday words: the question and the value are found, or asked about; nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.case import Case
from advisor.effects import Ask, Effect, Explain, Offer, Say
from advisor.errors import UsageError
from advisor.explaining.changes import changed, parse
from advisor.explaining.supposing import answers_supposed, supposed
from advisor.interview import Interview, State
from advisor.model import Answer, Locale
from advisor.understanding.commands import Command
from tests.explaining.shared import case_from

SHOP: dict[str, Any] = {
    "seller.legal_form": "sole_trader",
    "seller.vat_registered": "no",
    "shop.audience": "b2c",
    "shop.sells": ["goods"],
    "shop.goods": ["general", "textiles_footwear"],
    "shop.markets": ["LV", "LT"],
    "shop.payment_methods": ["card"],
    "data.marketing_channels": ["email"],
    "data.cookies": ["strictly_necessary", "advertising"],
    "vendors": [{"name": "Mailchimp"}, {"name": "Hetzner"}],
    "people_remote_access": [{"country": "UA", "access": "production_read"}],
}


def meaning(interview: Interview, said: str, locale: Locale, answers: dict[str, Any] | None = None) -> str:
    """What is supposed for sure, as it would be written."""
    case = case_from(interview, SHOP if answers is None else answers, locale)
    found = supposed(interview, case, interview.understanding, said)
    if found.changes:
        assert parse(interview, case, found.changes), "and it can be read back"
    return found.changes


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("we also sold alcohol", "shop.goods=+alcohol"),
        ("I started selling toys and food", "shop.goods=+toys,+food"),
        ("we sold no clothes", "shop.goods=-textiles_footwear"),
        ("we stopped using Mailchimp", "vendors=-mailchimp"),
        ("I used Stripe", "vendors=+stripe"),
        ("we used Brevo instead of Mailchimp", "vendors=+brevo,-mailchimp"),
        ("we sell to Germany", "shop.markets=+DE"),
        ("we only sold to businesses", "shop.audience=b2b"),
        ("we also sold to companies", "shop.audience=both"),
        ("we were a limited company", "seller.legal_form=SIA"),
        ("I registered for VAT", "seller.vat_registered=yes"),
        ("customers could pay by invoice", "shop.payment_methods=+invoice"),
        ("we sent no newsletters", "data.marketing_channels=-email"),
        ("we had no cookies", "data.cookies=none"),
        ("somebody in India had access", "people_remote_access=+IN"),
        ("nobody in Ukraine had access", "people_remote_access=-person-ua"),
        ("we did dropshipping", "shop.dropshipping=yes"),
    ],
)
def test_english(said: str, changes: str, interview: Interview) -> None:
    assert meaning(interview, said, Locale.EN) == changes


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("mēs pārdotu arī alkoholu", "shop.goods=+alcohol"),
        ("nepārdotu apģērbu", "shop.goods=-textiles_footwear"),
        ("mēs atteiktos no Mailchimp", "vendors=-mailchimp"),
        ("ja mēs izmantotu Stripe", "vendors=+stripe"),
        ("mēs sūtītu uz ASV", "shop.delivers_to=+US,+unknown"),
        ("mēs pārdotu uz Vāciju", "shop.markets=+DE"),
        ("būtu SIA", "seller.legal_form=SIA"),
        ("mēs būtu PVN maksātāji", "seller.vat_registered=yes"),
        ("mums nebūtu reklāmas sīkdatņu", "data.cookies=-advertising"),
        ("nebūtu jaunumu vēstuļu", "data.marketing_channels=-email"),
        ("kāds no Indijas redzētu datus", "people_remote_access=+IN"),
        ("būtu lojalitātes programma", "data.purposes=+loyalty,+unknown"),
    ],
)
def test_latvian(said: str, changes: str, interview: Interview) -> None:
    assert meaning(interview, said, Locale.LV) == changes


def test_a_list_that_nobody_has_told_holds_more_than_what_is_added(interview: Interview) -> None:
    assert meaning(interview, "we also sold alcohol", Locale.EN, {}) == (
        "shop.goods=+alcohol,+unknown shop.sells=+goods,+unknown"
    )
    assert meaning(interview, "I used Mailchimp", Locale.EN, {}) == "vendors=+mailchimp,+unknown"
    case = case_from(interview, {})
    answers = answers_supposed(interview, case, interview.understanding, "we also sold alcohol")
    assert next(answer for answer in answers if answer.ask == "shop.goods").value == ("alcohol", "unknown")


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("Germany", ("Where you look for buyers: Germany", "Where you deliver: Germany")),
        ("we had 60 employees", ("Size of the business: Medium", "People in the business: 60")),
        ("we sold alcohl", ("Kinds of goods: Alcohol",)),
        ("we had a DPA with Hetzner", ("Hetzner: Data processing agreement: Signed",)),
        ("Mailchimp's servers were in Germany", ("Mailchimp: Where the data is kept: Germany",)),
    ],
)
def test_what_is_doubtful_becomes_candidates(said: str, labels: tuple[str, ...], interview: Interview) -> None:
    case = case_from(interview, SHOP)
    found = supposed(interview, case, interview.understanding, said)
    assert not found.changes
    assert set(labels) <= {each.label for each in found.meant}
    for each in found.meant:
        assert parse(interview, case, each.changes)
    with pytest.raises(UsageError, match="may mean"):
        answers_supposed(interview, case, interview.understanding, said)


@pytest.mark.parametrize("said", ["zzz qqq", "the weather is bad", "", "?", "ja", "es nezinu"])
def test_nothing_is_guessed(said: str, interview: Interview) -> None:
    found = supposed(interview, case_from(interview, SHOP), interview.understanding, said)
    assert not found.changes and not found.meant and not found.so


def test_what_is_so_already_is_said(interview: Interview) -> None:
    case = case_from(interview, SHOP)
    found = supposed(interview, case, interview.understanding, "we used Mailchimp")
    assert not found.changes and found.so == ("Companies and tools: Mailchimp",)
    with pytest.raises(UsageError, match="so already"):
        answers_supposed(interview, case, interview.understanding, "we used Mailchimp")


# --- in the conversation ---


def talk(interview: Interview, *lines: str, locale: Locale = Locale.EN) -> tuple[State, tuple[Effect, ...]]:
    case = Case(name="shop", as_of=interview.as_of, locale=locale)
    for answer in case_from(interview, {key: SHOP[key] for key in ("shop.sells", "shop.goods")}).turns:
        assert isinstance(answer, Answer)
        case = changed(case, [answer])
    state, effects = interview.start(case)
    assert state.pending == ("seller.legal_form", "")
    for line in lines:
        state, effects = interview.step(state, line)
    return state, effects


def test_another_question_than_the_one_on_the_screen(interview: Interview) -> None:
    for locale, line, said in (
        (Locale.EN, "what if we also sold alcohol", "Build the alcohol rules into checkout"),
        (Locale.LV, "kas mainītos, ja mēs pārdotu arī alkoholu?", "Ievērojiet alkohola noteikumus"),
        (Locale.LV, "ja nu mēs pārdotu arī alu", "Ievērojiet alkohola noteikumus"),
    ):
        state, effects = talk(interview, line, locale=locale)
        (explained,) = (effect for effect in effects if isinstance(effect, Explain))
        assert said in str(explained), line
        assert state.pending == ("seller.legal_form", "")
        assert "alcohol" not in state.case.answers["shop.goods", ""].values()


def test_an_answer_to_the_question_on_the_screen_still_counts(interview: Interview) -> None:
    for line in ("what if SIA", "what if 2", "what if limited company"):
        _, effects = talk(interview, line)
        assert any(isinstance(effect, Explain) for effect in effects), line


def test_candidates_are_chosen_by_number(interview: Interview) -> None:
    state, effects = talk(interview, "what if Germany")
    (offer,) = (effect for effect in effects if isinstance(effect, Offer))
    assert [candidate.label for candidate in offer.candidates][:2] == [
        "Where you look for buyers: Germany",
        "Where you deliver: Germany",
    ]
    chosen, effects = interview.step(state, "2")
    (explained,) = (effect for effect in effects if isinstance(effect, Explain))
    assert "Germany" in str(explained) and "Lithuania" not in str(explained)
    assert chosen.case == state.case and not chosen.meant
    refused, effects = interview.step(state, "no")
    assert not refused.meant and [type(effect) for effect in effects] == [Ask], "no asks the question again"
    answered, _ = interview.step(state, "SIA")
    assert answered.case.answers["seller.legal_form", ""].value == "SIA", "an answer is an answer"


def test_what_is_not_understood_says_how_to_ask(interview: Interview) -> None:
    _, effects = talk(interview, "what if zzz qqq")
    assert [effect.phrase for effect in effects if isinstance(effect, Say)] == ["what-if.which"]
    _, effects = talk(interview, "what if we sold clothes")
    assert [effect.phrase for effect in effects if isinstance(effect, Say)] == ["what-if.so"]


@pytest.mark.parametrize(
    ("line", "command", "argument"),
    [
        ("what would change if we sold alcohol?", Command.WHAT_IF, "we sold alcohol?"),
        ("kas mainītos, ja būtu SIA", Command.WHAT_IF, "būtu SIA"),
        ("kā būtu, ja mēs sūtītu uz ASV", Command.WHAT_IF, "mēs sūtītu uz ASV"),
        ("why don't I need a DPO?", Command.WHY_NOT, "a DPO?"),
        ("kāpēc nevajag licenci", Command.WHY_NOT, "licenci"),
        ("how price discounts", Command.HOW, "price discounts"),
        ("why do I need this?", Command.WHY, ""),
        ("suppose so", None, ""),
        ("and if they ask, yes", None, ""),
    ],
)
def test_questions_are_told_from_answers(
    line: str, command: Command | None, argument: str, interview: Interview
) -> None:
    for locale in Locale:
        reading = interview.understanding.read(interview.question("shop.online_ordering"), line, locale)
        assert (reading.command, reading.argument) == (command, argument)
