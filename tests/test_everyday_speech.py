"""How founders speak, read with the real questions: what was once, people counted, words that look like names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from advisor.interview import Interview
from advisor.model import Locale
from advisor.understanding.understand import Command, Reading, Understanding

EN, LV = Locale.EN, Locale.LV
Read = Callable[[str, str, Locale], Reading]


@pytest.fixture(scope="module")
def understanding(interview: Interview) -> Understanding:
    return Understanding(interview.base)


@pytest.fixture(scope="module")
def read(understanding: Understanding, interview: Interview) -> Read:
    def reading(ask: str, said: str, locale: Locale) -> Reading:
        return understanding.read(interview.questions[ask], said, locale)

    return reading


@pytest.mark.parametrize(
    ("ask", "said", "locale", "expected"),
    [
        ("seller.legal_form", "sia since last spring, before that i was self employed", EN, "SIA"),
        ("person.country", "She was in Lviv, but in 2022 she moved to Tbilisi", EN, "GE"),
        ("shop.channel", "bijām Mozello, tagad esam WooCommerce savā serverī", LV, ("own_site_selfhosted",)),
        ("shop.social_pages", "LinkedIn for garages, FB too, IG closed last year", EN, ("linkedin", "facebook")),
        ("shop.site_languages", "Latvian; there was a Russian version but we took it down", EN, ("lv",)),
        ("shop.channel", "Shopify. Instagram is for pictures only, no orders there", EN, ("own_site_platform",)),
        ("shop.supplier_country", "was Russia, since the war its Kazakhstan", EN, "KZ"),
    ],
)  # fmt: skip
def test_what_was_once_or_was_given_up_is_no_answer(
    read: Read, ask: str, said: str, locale: Locale, expected: object
) -> None:
    assert read(ask, said, locale).value == expected


@pytest.mark.parametrize(
    ("said", "locale", "expected"),
    [
        ("six, no seven, forgot the girl in the taproom", EN, 7), ("pieci. nē, četri, Jānis aizgāja", LV, 4),
        ("7, in December a bit more but normally 7", EN, 7), ("me, my sister and a girl on saturdays", EN, 3),
        ("me, my wife and two bakers", EN, 4), ("es un mazmeita, viņa pa vasaru palīdz", LV, 2),
        ("4 pilna laika un 2 puslodzē, mani jau ieskaitot", LV, 6), ("me and my family", EN, None),
        ("4 full-time and 2 part-time", EN, None), ("my sister's husband and me", EN, None),
    ],
)  # fmt: skip
def test_people_are_counted(read: Read, said: str, locale: Locale, expected: object) -> None:
    assert read("seller.staff", said, locale).value == expected


@pytest.mark.parametrize(
    ("ask", "said", "locale", "expected"),
    [
        ("shop.markets", "mēs visu darām bērniem Latvijā", LV, ("LV",)),
        ("shop.markets", "gan Latvijā, gan Igaunijā", LV, ("LV", "EE")),
        ("shop.markets", "Ireland and the UK, lots of Latvians there", EN, ("IE", "GB")),
        ("shop.delivers_to", "right now only Estonia", EN, ("EE",)),
        ("shop.payment_methods", "the bigger salons get an invoice", EN, ("invoice",)),
        ("shop.payment_methods", "visiem kartes maksājums", LV, ("card",)),
        ("shop.practices", "20 kg maisus vedam tikai pa Rīgu", LV, ("shop.delivery_restrictions",)),
        ("vendor.remote_access_from", "no Ukrainas, cik sapratu no viņu supporta", LV, ("UA",)),
    ],
)  # fmt: skip
def test_everyday_words_are_no_names_they_look_like(
    read: Read, ask: str, said: str, locale: Locale, expected: object
) -> None:
    assert read(ask, said, locale).value == expected


@pytest.mark.parametrize(
    ("ask", "said", "locale", "expected"),
    [
        ("shop.practices", "trade-in, citu neko", LV, ("shop.trade_in",)), ("shop.supply", "all else no", EN, ()),
        ("shop.goods", "tables and shelves, only to the customer's measurements", EN, ("custom_made",)),
        ("vendor.subprocessors_known", "not a clue who they use", EN, "no"),
        ("shop.payment_methods", "Since bikes are expensive, instalments, and a bank link", EN, ("bnpl", "bank_link")),
    ],
)  # fmt: skip
def test_what_a_question_makes_of_the_rest(read: Read, ask: str, said: str, locale: Locale, expected: object) -> None:
    assert read(ask, said, locale).value == expected


@pytest.mark.parametrize(
    ("ask", "said", "locale", "offered"),
    [
        ("seller.vat_registered", "i do have a VAT number, not sure its the normal kind tho", EN, {"yes"}),
        ("seller.country", "We sit in Riga, but because of e-residency the company is Estonian", EN, {"LV", "EE"}),
        ("seller.licence_needed", "likieri vajagot, bet es ar alkoholu neaizraujos, tikai ievārījumi", LV, {"alcohol"}),
        ("vendor.remote_access_from", "nevienas, viss Latvijā", LV, {"none", "LV"}),
        ("shop.goods", "galda spēles", LV, {"toys", "general"}),
    ],
)  # fmt: skip
def test_what_may_be_meant_otherwise_is_asked_about(
    read: Read, ask: str, said: str, locale: Locale, offered: set[str]
) -> None:
    reading = read(ask, said, locale)
    assert reading.value is None and offered <= {candidate.value for candidate in reading.candidates}


@pytest.mark.parametrize(
    "said", ["go back please, I got the last one wrong", "go back i messed up", "not that! go back"]
)
def test_whoever_begins_with_go_back_goes_back(read: Read, said: str) -> None:
    assert read("shop.audience", said, EN).command is Command.BACK


@pytest.mark.parametrize("said", ["Zoom and Estonia", "and", "un Andora", "Vācija un & Latvija"])
def test_a_country_where_a_firm_is_asked_for_breaks_nothing(read: Read, said: str) -> None:
    assert isinstance(read("vendor.function", said, EN), Reading)
