"""Partners as founders speak of them: people, private apps, what stays on one's own desk, two of which one is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from advisor.interview import Interview
from advisor.model import CONFIRM, UNKNOWN, Locale
from advisor.understanding.understand import Reading, Understanding
from tests.test_interview import at, begin, say

EN, LV = Locale.EN, Locale.LV
Read = Callable[[str, Locale], Reading]


@pytest.fixture(scope="module")
def understanding(interview: Interview) -> Understanding:
    return Understanding(interview.base)


@pytest.fixture(scope="module")
def read(understanding: Understanding, interview: Interview) -> Read:
    return lambda said, locale: understanding.read(interview.questions["vendors"], said, locale)


@pytest.mark.parametrize(
    ("said", "locale", "expected"),
    [
        ("mana šuvēja (uz līguma)", LV, ("seamstress",)), ("Mozello, šuvēja uz līguma", LV, ("mozello", "seamstress")),
        ("a seamstress on contract, Omniva", EN, ("seamstress", "omniva")),
        ("Omniva, fotogrāfe Anna", LV, ("omniva", "photographer")),
        ("Omniva, a friend who takes photos", EN, ("omniva", "photographer")),
        ("Omniva, brālēns kas taisa grāmatvedību", LV, ("omniva", "accountant")),
        ("freelance designer, Omniva", EN, ("designer", "omniva")),
        ("kurjers privātpersona, Mozello", LV, ("private_courier", "mozello")),
        ("jumis programma", LV, ("jumis",)), ("omniva pakomāti", LV, ("omniva",)),
        ("etsy payments", EN, ("etsy",)), ("stripe maksājumi", LV, ("stripe",)), ("kanva bezmaksas", LV, ("canva",)),
        ("WhatsApp", EN, ("whatsapp",)), ("WhatsApp on my phone", EN, ("whatsapp",)),
        ("WhatsApp Business", LV, ("whatsapp_business",)), ("whatsapp parastais", LV, ("whatsapp_private",)),
        ("personal whatsapp", EN, ("whatsapp_private",)), ("privātais WhatsApp", LV, ("whatsapp_private",)),
    ],
)  # fmt: skip
def test_partners_are_known_as_people_speak_of_them(
    read: Read, said: str, locale: Locale, expected: tuple[str, ...]
) -> None:
    reading = read(said, locale)
    assert (reading.value, reading.names, reading.remark) == (expected, {}, "")


@pytest.mark.parametrize(
    ("said", "locale"),
    [
        ("draugs", LV), ("māsa", LV), ("lapu taisa draugs no Valmieras", LV), ("mamma palīdz pakot", LV),
        ("my sister helps with photos", EN),
    ],
)  # fmt: skip
def test_relatives_who_help_are_no_partners(read: Read, said: str, locale: Locale) -> None:
    reading = read(said, locale)
    assert (reading.value, reading.candidates, reading.remark) == (None, (), "remark.helper")


@pytest.mark.parametrize(
    ("said", "locale"),
    [
        ("Excel on my laptop", EN), ("excel manā datorā", LV), ("exelī", LV), ("papīra kladē", LV), ("notebook", EN),
        ("pasūtījumus pierakstu kladē", LV),
    ],
)  # fmt: skip
def test_what_stays_on_ones_own_desk_is_no_partner(read: Read, said: str, locale: Locale) -> None:
    reading = read(said, locale)
    assert (reading.value, reading.candidates, reading.remark) == (None, (), "remark.own-tool")
    beside = read(f"Omniva, {said}", locale)
    assert (beside.value, beside.remark) == (("omniva",), "remark.own-tool")


def test_a_company_may_be_called_like_a_person_or_a_thing(read: Read) -> None:
    reading = read("Papīra Fabrika, Excel Consulting SIA", LV)
    assert reading.value == ("papira-fabrika", "excel-consulting-sia")


@pytest.mark.parametrize(
    ("said", "locale", "expected"),
    [
        ("hostings būs Hostnet vai Areait, vēl nezinam", LV, ("hostnet", "areait", UNKNOWN)),
        ("Omniva, hostings būs Hostnet vai Areait vel nezinam", LV, ("hostnet", "areait", UNKNOWN)),
        ("Hostinger or Zone", EN, ("hostinger", "zone", UNKNOWN)),
        ("Omniva or DPD, not decided", EN, ("omniva", "dpd", UNKNOWN)),
    ],
)
def test_of_two_partners_it_is_asked_which(read: Read, said: str, locale: Locale, expected: tuple[str, ...]) -> None:
    reading = read(said, locale)
    assert reading.value is None and tuple(item.value for item in reading.candidates) == expected
    assert reading.candidates[-1].label in ("not chosen yet", "vēl nav izvēlēts")


def test_where_buyers_choose_or_one_is_denied_nothing_is_asked(read: Read) -> None:
    assert read("Omniva or DPD", EN).value == ("omniva", "dpd")
    assert read("nevis Hostnet vai Areait, bet Hetzner", LV).value == ("hetzner",)


def accounts_asked(interview: Interview, said: str) -> set[tuple[str, str]]:
    """What is asked about private accounts once partners are named and confirmed."""
    state, _ = say(interview, at(interview, begin(interview, LV), "vendors"), said)
    state, _ = say(interview, at(interview, state, CONFIRM), "")
    asked = interview.open_questions(state.case)
    return {key for key in asked if key[0] in ("vendor.consumer_grade", "vendors.consumer_grade")}


def test_a_person_has_no_private_account_and_an_app_on_a_phone_may(interview: Interview) -> None:
    assert accounts_asked(interview, "Omniva, šuvēja, fotogrāfs, dizainere, grāmatvede") == set()
    assert accounts_asked(interview, "Omniva, WhatsApp") == {("vendor.consumer_grade", "whatsapp")}
    assert accounts_asked(interview, "WhatsApp, Viber") == {("vendors.consumer_grade", "")}
    assert accounts_asked(interview, "WhatsApp Business, privātais WhatsApp") == set()


def test_of_the_app_nothing_is_presumed(interview: Interview) -> None:
    state, _ = say(interview, at(interview, begin(interview, LV), "vendors"), "whatsapp")
    assumed = {ask: answer.value for (ask, of), answer in state.case.answers.items() if of == "whatsapp"}
    assert assumed["vendor.dpa"] == assumed["vendor.consumer_grade"] == assumed["vendor.role"] == UNKNOWN


@pytest.mark.parametrize(
    ("named", "does", "expected"),
    [("SIA Skaitlis", "grāmatvedība, Latvija", "no"), ("Nomadi", "cits, tulko viena studente", "no"),
     ("Nomadi", "cits, Latvija", None)],
)  # fmt: skip
def test_of_a_new_partner_who_is_a_person_or_a_firm_no_account_is_asked(
    interview: Interview, named: str, does: str, expected: str | None
) -> None:
    state, _ = say(interview, at(interview, begin(interview, LV), "vendors"), named)
    (vendor,) = state.case.answers["vendors", ""].values()
    state, _ = say(interview, at(interview, state, "vendor.function", str(vendor)), does)
    given = state.case.answers.get(("vendor.consumer_grade", str(vendor)))
    assert (given.value if given else None) == expected
