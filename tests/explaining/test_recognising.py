"""How and why not by everyday words: found by names, titles, steps and questions, with typos; asked back if unclear."""

from __future__ import annotations

import pytest

from advisor.effects import Effect, Explain, Offer
from advisor.explaining.lines import why_not_lines
from advisor.explaining.recognising import Recogniser
from advisor.explaining.which import Unclear, Which, which
from advisor.interview import Interview
from advisor.model import Locale
from tests.explaining.shared import SCENARIOS, shop


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("a DPO?", "purpose.dpo-appoint"),
        ("datu aizsardzības speciālista", "purpose.dpo-appoint"),
        ("cookie banner", "purpose.cookies-consent"),
        ("sīkdatnes", "purpose.cookies-consent"),
        ("a packaging tax", "adjacent.packaging"),
        ("reģistrēties PVD", "adjacent.food-registration"),
        ("register with the food authority", "adjacent.food-registration"),
        ("Smart-ID", "seller-info.age-restricted"),
        ("kases aparāta", "adjacent.cash-receipts"),
        ("alcohol licence", "adjacent.alcohol"),
        ("loterija", "purpose.contests"),
    ],
)
def test_what_does_not_apply_is_found(said: str, id_: str, interview: Interview) -> None:
    """Of several that are called so the one that does not apply: a check for a DPO does apply to everybody."""
    case = shop(SCENARIOS[0], interview)
    assert which(interview, case, said, missing=True) == Which(id=id_)


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("privacy policy", "purpose.privacy-notice"),
        ("privātuma politiku", "purpose.privacy-notice"),
        ("the cookie notice", "purpose.cookie-notice"),
        ("terms and conditions", "seller-info.terms"),
        ("rekvizīti", "seller-info.identity"),
        ("datu noplude", "purpose.security-and-breach"),
    ],
)
def test_what_applies_is_found(said: str, id_: str, interview: Interview) -> None:
    assert which(interview, shop(SCENARIOS[0], interview), said).id == id_


@pytest.mark.parametrize(
    ("said", "missing", "among"),
    [
        ("newsletter", True, {"purpose.marketing-consent", "purpose.marketing-optout"}),
        ("newsleter", True, {"purpose.marketing-consent", "purpose.marketing-optout"}),
        ("jaunumu vēstule", True, {"purpose.marketing-consent", "purpose.marketing-optout"}),
        ("licenci", True, {"adjacent.alcohol", "adjacent.licence-gate"}),
        ("returns", False, {"seller-info.withdrawal-info", "seller-info.refund-process"}),
        ("withdrawl", False, {"seller-info.withdrawal-function", "seller-info.withdrawal-info"}),
        ("ietekmes novērtējums", True, {"purpose.dpia", "purpose.dpia-screening"}),
        ("lawyer", False, {"purpose.dpo-appoint"}),  # one word of a title
        ("the kilogram of my dog", False, {"seller-info.unit-price"}),  # the word that few titles have
        ("recycling symbol", True, {"adjacent.packaging"}),  # a name with a word that nothing explains
    ],
)
def test_what_is_unclear_is_offered(said: str, missing: bool, among: set[str], interview: Interview) -> None:
    with pytest.raises(Unclear) as caught:
        which(interview, shop(SCENARIOS[0], interview), said, missing)
    found = {each.id for each in caught.value.meant}
    assert among <= found and len(found) <= 5, said


def test_what_applies_comes_first_or_last(interview: Interview) -> None:
    case = shop(SCENARIOS[1], interview)
    applying = {line.id for line in interview.plan(case).lines}
    for missing in (False, True):
        with pytest.raises(Unclear) as caught:
            which(interview, case, "licence", missing)
        sensible = [(each.id in applying) != missing for each in caught.value.meant]
        assert sensible == sorted(sensible, reverse=True)


def test_every_everyday_name_finds_its_obligation(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    names = {
        (name.removeprefix("words.about."), said.strip())
        for name, text in interview.base.phrases.items()
        if name.startswith("words.about.")
        for locale in Locale
        for said in text.in_(locale).split(",")
    }
    assert len(names) > 300
    known = Recogniser(interview.base)
    lost = [
        (name, said) for name, said in sorted(names) for locale in Locale if name not in known.find(said, locale).called
    ]
    assert not lost
    with pytest.raises(Unclear) as caught:  # neither the thirtieth line of the plan nor a partner called "pants"
        which(interview, case, "30. pants", missing=True)
    assert Which(id="purpose.ropa") in caught.value.meant


def test_a_subject_is_kept(interview: Interview) -> None:
    case = shop(SCENARIOS[1], interview)
    assert which(interview, case, "gdpr contract with Mailchimp") == Which(id="processor.dpa", subject="mailchimp")


def test_what_is_explained_is_what_was_found(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview, Locale.LV)
    lines = why_not_lines(interview, case, "datu aizsardzības speciālists")
    assert any("Ja jurists apstiprina" in line for line in lines)


def test_candidates_in_the_conversation(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    state, _ = interview.start(case)
    for line in (
        "why not newsletter",
        "why don't I need a newsletter?",
        "kāpēc nevajag jaunumu vēstules",
        "how returns",
    ):
        asked, effects = interview.step(state, line)
        offer = next(effect for effect in effects if isinstance(effect, Offer))
        title = offer.candidates[1].label
        chosen, effects = interview.step(asked, "2")
        assert title in str(explained(effects)), line
        assert chosen.case == state.case and chosen.pending == state.pending


def explained(effects: tuple[Effect, ...]) -> Explain:
    (found,) = (effect for effect in effects if isinstance(effect, Explain))
    return found
