"""What is said where the question shows an answer already: it is agreed to, added to, taken from, put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from advisor.interview import Interview
from advisor.model import Locale, Value
from advisor.understanding.understand import Reading, Understanding

EN, LV = Locale.EN, Locale.LV
Read = Callable[[str, tuple[Value, ...], str, Locale], Reading]


@pytest.fixture(scope="module")
def read(interview: Interview) -> Read:
    understanding = Understanding(interview.base)

    def reading(ask: str, before: tuple[Value, ...], said: str, locale: Locale) -> Reading:
        return understanding.read(interview.questions[ask], said, locale, default=before)

    return reading


def offered(reading: Reading) -> tuple[Value, ...]:
    return tuple(candidate.value for candidate in reading.candidates)


@pytest.mark.parametrize(
    ("said", "locale"),
    [
        ("yes exactly", EN), ("yes, same countries", EN), ("as I said", EN), ("both", EN), ("all correct, go on", EN),
        ("jā, to es jau teicu sākumā, raksti tālāk", LV), ("tieši tā", LV), ("abas", LV), ("viss pareizi", LV),
    ],
)  # fmt: skip
def test_agreeing_leaves_the_answer(read: Read, said: str, locale: Locale) -> None:
    assert read("shop.delivers_to", ("LV", "EE"), said, locale).value == ("LV", "EE")


@pytest.mark.parametrize(
    ("said", "locale", "expected"),
    [
        ("yes this, also Lithuania", EN, {"LV", "DE", "LT"}), ("right, and Finland", EN, {"LV", "DE", "FI"}),
        ("I forgot Lithuania", EN, {"LV", "DE", "LT"}), ("Lietuva trūkst", LV, {"LV", "DE", "LT"}),
        ("jā, un vēl Lietuva", LV, {"LV", "DE", "LT"}), ("all correct except Germany", EN, {"LV"}),
        ("pareizi, tikai bez Vācijas", LV, {"LV"}), ("not Germany", EN, {"LV"}), ("Vāciju izņem", LV, {"LV"}),
        ("Germany is wrong, should be Austria", EN, {"LV", "AT"}), ("no, Austria not Germany", EN, {"LV", "AT"}),
        ("Vācijas vietā Austrija", LV, {"LV", "AT"}), ("drīzāk Austrija nekā Vācija", LV, {"LV", "AT"}),
        ("drop Germany, nobody there bought a thing", EN, {"LV"}), ("everything right except the last", EN, {"LV"}),
        ("only Latvia and Estonia", EN, {"LV", "EE"}), ("Latvia, Estonia", EN, {"LV", "EE"}),
    ],
)  # fmt: skip
def test_a_part_is_added_taken_out_or_put_right(read: Read, said: str, locale: Locale, expected: set[str]) -> None:
    value = read("shop.delivers_to", ("LV", "DE"), said, locale).value
    assert isinstance(value, tuple) and set(value) == expected


@pytest.mark.parametrize(
    ("ask", "before", "said", "locale", "expected"),
    [
        ("shop.goods", ("general", "chemicals"), "ķīmiskos produktus ņemam ārā, krāsas ir parastas", LV, {"general"}),
        ("shop.goods", ("cosmetics", "food"), "take the food out, we don't sell it", EN, {"cosmetics"}),
        ("shop.goods", ("cosmetics", "food"), "kosmētika jā, pārtika ne", LV, {"cosmetics"}),
        ("shop.payment_methods", ("card", "paypal", "cash_on_delivery"), "not on delivery but cash at the fair", EN,
         {"card", "paypal", "cash_in_shop"}),
        ("shop.payment_methods", ("card", "invoice", "cash_on_delivery"),
         "bez sanemot preci, tas nav. rekins ir ar terminu", LV, {"card", "invoice"}),
        ("shop.payment_methods", ("card", "crypto"), "viss labi, tikai numurs 9 nav", LV, {"card"}),
        ("shop.channel", ("own_site_platform",), "pasutijumi nak ari pa instagram zinam", LV,
         {"own_site_platform", "social_media_sales"}),
        ("docs.ready", ("docs.cookie_notice", "docs.ropa"), "the record of processing is half done, take it off", EN,
         {"docs.cookie_notice"}),
        ("shop.practices", ("shop.price_reductions", "shop.user_photos"), "izpārdošanas jā, pārējo svītro", LV,
         {"shop.price_reductions"}),
        ("data.cookies", ("strictly_necessary",), "we have youtube videos on nearly every page, add those", EN,
         {"strictly_necessary", "embeds"}),
    ],
)  # fmt: skip
def test_lists_of_options_are_changed_in_part(
    read: Read, ask: str, before: tuple[Value, ...], said: str, locale: Locale, expected: set[str]
) -> None:
    value = read(ask, before, said, locale).value
    assert isinstance(value, tuple) and set(value) == expected


@pytest.mark.parametrize(
    ("ask", "before", "said", "locale", "doubted", "kept"),
    [
        ("shop.markets", ("LV", "SE", "NO"), "fine so far but I am not sure about Norway", EN, {"NO"}, {"LV", "SE"}),
        ("shop.delivers_to", ("LV", "DE", "CH"), "par Šveici vēl šaubos, pārējais pareizi", LV, {"CH"}, {"LV", "DE"}),
        ("data.cookies", ("strictly_necessary", "advertising"), "not sure we have the pixel thing", EN,
         {"advertising"}, {"strictly_necessary"}),
        ("shop.social_pages", ("instagram", "linkedin"), "the linkedin is my private one, not the shop's", EN,
         {"linkedin"}, {"instagram"}),
        ("shop.markets", ("LV",), "jā, varbūt vēl Igaunija", LV, {"EE"}, {"LV"}),
    ],
)  # fmt: skip
def test_what_is_doubted_is_asked_about_and_the_rest_stands(
    read: Read, ask: str, before: tuple[Value, ...], said: str, locale: Locale, doubted: set[str], kept: set[str]
) -> None:
    reading = read(ask, before, said, locale)
    assert reading.value is None
    assert (set(offered(reading)), set(reading.kept)) == (doubted, kept)


@pytest.mark.parametrize(
    ("said", "locale", "expected"),
    [("one more, hired a girl in June", EN, 5), ("trīs, ne četri, Līga aizgāja", LV, 3), ("plus vēl viens", LV, 5)],
)
def test_a_number_is_counted_on(read: Read, said: str, locale: Locale, expected: int) -> None:
    assert read("seller.staff", (4,), said, locale).value == expected


@pytest.mark.parametrize(
    ("before", "said", "locale", "expected"),
    [
        ("SIA", "jā pareizi", LV, "SIA"), ("sole_trader", "that is wrong, we are a SIA now", EN, "SIA"),
        ("SIA", "yes as I said", EN, "SIA"), ("SIA", "nē, pašnodarbinātais", LV, "sole_trader"),
    ],
)  # fmt: skip
def test_a_single_answer_is_agreed_to_or_put_right(
    read: Read, before: str, said: str, locale: Locale, expected: str
) -> None:
    assert read("seller.legal_form", (before,), said, locale).value == expected


def test_without_an_answer_the_same_words_are_an_answer_of_their_own(interview: Interview) -> None:
    understanding = Understanding(interview.base)
    question = interview.questions["shop.delivers_to"]
    assert understanding.read(question, "yes this, also Lithuania", EN).value == ("LT",)
    assert understanding.read(question, "not Germany", EN).value is None
