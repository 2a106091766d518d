"""What stands beside an answer and is none, read with the real words of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from advisor.interview import Interview
from advisor.model import Locale, Text
from advisor.understanding.sentences import Words
from advisor.understanding.understand import Command, Understanding

EN, LV = Locale.EN, Locale.LV
_EVERY = 7
"""Of the everyday words, how many are left out between two that are tried."""


@pytest.fixture(scope="module")
def understanding(interview: Interview) -> Understanding:
    return Understanding(interview.base)


@pytest.mark.parametrize(
    ("ask", "said", "locale", "expected"),
    [
        ("shop.delivers_to", "Finland, because my cousin lives in Sweden and she likes Norway", EN, ("FI",)),
        ("shop.markets", "tikai Latvija, jo uz Vāciju nav vērts", LV, ("LV",)),
        ("seller.country", "Estonia, although I live in Riga", EN, "EE"),
        ("shop.markets", "just Latvia, my English is not good", EN, ("LV",)),
        ("shop.channel", "Wix. We have a Facebook page but nobody can order there", EN, ("own_site_platform",)),
        ("shop.sells", "suņu barību, bija doma par abonementu, bet nē, to nebūs", LV, ("goods",)),
        ("seller.legal_form", "I thought about an SIA but stayed self-employed", EN, "sole_trader"),
        ("shop.goods", "adult toys, 18+ only", EN, ("adult",)),
        ("shop.goods", "wooden toys, painted with water based paint", EN, ("toys",)),
        ("shop.goods", "mugs and vases, nothing with a plug", EN, ("general",)),
        ("shop.sells", "dance classes, recordings for those who can't come", EN, ("services", "digital_content")),
        ("data.cookies", "tikai grozam, un gugles karte", LV, ("strictly_necessary", "embeds")),
        ("shop.supplier_country", "galvenokārt Ķīna, šis tas arī no Polijas", LV, "CN"),
        ("data.purposes", "gift cards, and a bonus for those who bring a friend", EN, ("gift_cards", "referral")),
        ("data.situations", "nobody but me sees it, no CVs, no passports", EN, ()),
        ("shop.markets", "Latvia and Germany, no sorry, Latvia and Austria", EN, ("LV", "AT")),
    ],
)
def test_what_is_beside_the_answer_is_none(
    interview: Interview, understanding: Understanding, ask: str, said: str, locale: Locale, expected: object
) -> None:
    reading = understanding.read(interview.questions[ask], said, locale)
    value = reading.value
    assert (frozenset(value), len(value)) == (frozenset(expected), len(expected)) if isinstance(  # type: ignore[arg-type]
        value, tuple
    ) else value == expected, reading  # fmt: skip


def test_a_word_that_is_spelt_right_is_no_slip_of_another(interview: Interview, understanding: Understanding) -> None:
    question = interview.questions["seller.licence_needed"]
    assert understanding.read(question, "candles and diffusers", EN).value != ("food_registration",)  # no candies
    assert understanding.read(question, "candeis and honey", EN).value == ("food_registration",)


def test_a_word_is_no_beginning_of_a_longer_name(interview: Interview, understanding: Understanding) -> None:
    question = interview.questions["person.relation"]
    assert understanding.read(question, "mana meita", LV).value is None  # not "meitas uzņēmums"


def test_a_slip_owned_to_is_no_answer(interview: Interview, understanding: Understanding) -> None:
    question = interview.questions["vendor.subprocessors_known"]
    assert understanding.read(question, "back please, I misread the last one", EN).command is Command.BACK
    assert understanding.read(question, "atpakaļ, kļūdījos", LV).command is Command.BACK


def test_somewhere_and_no_idea_is_unknown(interview: Interview, understanding: Understanding) -> None:
    question = interview.questions["vendor.processing_countries"]
    assert understanding.read(question, "somewhere in the cloud, no idea", EN).command is Command.UNKNOWN


def test_a_list_goes_on_in_another_file() -> None:
    words = Words({"words.yes": Text(en="yes", lv="jā"), "words.more.yes": Text(en="aye", lv="aha")})
    assert all((said,) in words["yes"] for said in ("yes", "aye", "ja", "aha"))
    alone = Words({"words.more.no": Text(en="no", lv="nē")})
    assert ("no",) in alone["no"]


def everyday(interview: Interview) -> Iterator[tuple[str, str, str, Locale]]:
    """Question, option, word and language of everyday words that name one option."""
    ids = sorted(interview.questions, key=len, reverse=True)
    for key, phrase in interview.base.phrases.items():
        if not key.startswith("words.more.fits."):
            continue
        name = key.removeprefix("words.more.fits.")
        ask = next(each for each in ids if name.startswith(f"{each}."))
        value = name.removeprefix(f"{ask}.")
        if interview.questions[ask].options and "+" not in value:
            for locale in Locale:
                yield from ((ask, value, said.strip(), locale) for said in phrase.in_(locale).split(",")[::_EVERY])


def test_everyday_words_mean_their_options(interview: Interview, understanding: Understanding) -> None:
    tried, strange = 0, []
    for ask, value, said, locale in everyday(interview):
        question = interview.questions[ask]
        assert question.option(value) is not None, (ask, value)
        tried += 1
        got = understanding.read(question, said, locale).value
        if got not in (value, (value,)) and not (value == "none" and got in ((), "none")):
            strange.append((ask, value, said, got))
    assert strange == []
    assert tried > 1_000
