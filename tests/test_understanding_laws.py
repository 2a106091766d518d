"""What holds for any text: well-formed readings, typing mistakes understood, denials kept, speed."""

from __future__ import annotations

import itertools
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.model import Locale, Question
from advisor.understanding.understand import Understanding
from tests.understanding_base import (
    ASSUMED,
    CONFIRM,
    COUNTRIES,
    COUNTRY,
    FORM,
    GOODS,
    MARKETS,
    NUMBER,
    PEOPLE,
    PROVIDERS,
    REVIEWS,
    SUPPLIER,
    SUPPLY,
    VAT,
    VENDORS,
    YES_NO,
    small_base,
)

EN = Locale.EN
SOME_WORDS = (
    "no", "nē", "not", "only", "tikai", "and", "un", ",", ".", "Latvia", "LV", "ES", "food", "Stripe", "foo", "2",
    "yes", "jā", "bet", "nezinu", "EU", "all", "except", "Georgia", "kā",
)  # fmt: skip
EVERY_KIND = (FORM, GOODS, REVIEWS, SUPPLY, YES_NO, NUMBER, COUNTRY, MARKETS, PEOPLE, VENDORS, SUPPLIER, CONFIRM)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(small_base())


@pytest.mark.parametrize("about", [FORM, GOODS, REVIEWS, VAT, SUPPLY], ids=lambda about: about.options[0].value)
@pytest.mark.parametrize("locale", Locale)
def test_every_label_and_alias_means_its_option(understanding: Understanding, about: Question, locale: Locale) -> None:
    for each in about.options:
        for said in (each.label.en, each.label.lv, each.value, *each.alias):
            expected = (each.value,) if about.many else each.value
            assert understanding.read(about, said, locale).value == expected, said


@settings(max_examples=400, deadline=None)
@given(
    said=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(SOME_WORDS),
            max_size=9,
        ).map(" ".join),
    ),
    about=st.sampled_from(EVERY_KIND),
    locale=st.sampled_from(Locale),
)  # fmt: skip
def test_any_text_gives_a_well_formed_reading(
    understanding: Understanding, said: str, about: Question, locale: Locale
) -> None:
    reading = understanding.read(about, said, locale, None, ASSUMED if about is CONFIRM else None)
    assert (reading.value is None) == (reading.how is None)
    assert reading.value is None or (reading.command is None and not reading.candidates)
    assert len(reading.candidates) <= 5
    assert reading.value is None or isinstance(reading.value, tuple) == (about.many or about is CONFIRM)
    named = (*(reading.value if isinstance(reading.value, tuple) else ()), *reading.kept)
    assert len(set(named)) == len(named)
    assert not any(str(value).startswith("@") for value in (*named, *(each.value for each in reading.candidates)))
    assert set(reading.names).isdisjoint(provider.id for provider in PROVIDERS)


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one mistake: neighbours swapped, a letter dropped or doubled, or all diacritics missing."""
    place = chance.randrange(len(word) - 1)
    kind = chance.choice(("swap", "drop", "double", "plain"))
    if kind == "swap":
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def test_typing_mistakes_are_understood_and_not_misunderstood(understanding: Understanding) -> None:
    chance = random.Random(20261123)
    tally: Counter[str] = Counter()
    wrong: list[tuple[str, object]] = []
    for iso, en, lv, _, _ in COUNTRIES:
        for name, _ in itertools.product((en, lv), range(12)):
            if name in ("Georgia",):
                continue
            reading = understanding.read(COUNTRY, said := mistyped(name, chance), EN)
            tally["right" if reading.value == iso else "asked" if reading.value is None else "wrong"] += 1
            if reading.value not in (iso, None):
                wrong.append((said, reading.value))
    total = tally.total()
    assert total > 2_000
    assert tally["wrong"] / total <= 0.005, wrong
    assert tally["right"] / total >= 0.95, tally


def test_a_denied_option_is_never_the_answer(understanding: Understanding) -> None:
    denying = (
        "no {}",
        "we do not have {}",
        "not {}",
        "without {}",
        "nav {}",
        "bez {}",
        "{} nav",
        "{} neizmantojam",
        "nē {}",
    )
    for each, template in itertools.product(GOODS.options, denying):
        for alias in (each.label.en, *each.alias):
            if template.startswith("no ") and not alias.isascii():
                continue  # Latvian "no" is "from"
            value = understanding.read(GOODS, template.format(alias), EN).value
            assert each.value not in (value or ()), template.format(alias)


def test_reading_is_fast(understanding: Understanding) -> None:
    """Far below what people notice; the budget of 3 ms is measured in the benchmarks, this guards against blunders."""
    lines: Sequence[tuple[Question, str]] = (
        (MARKETS, "Lativa, Estnia and Lithuana"), (VENDORS, "Stripe, mailchimmp, hetznr un Foopay"),
        (GOODS, "candels un medus"),
    )  # fmt: skip
    for about, said in lines:
        understanding.read(about, said, EN)
        took = []
        for _ in range(9):
            start = time.perf_counter()
            understanding.read(about, said, EN)
            took.append(time.perf_counter() - start)
        assert sorted(took)[4] < 0.02


def test_a_long_paste_is_bounded(understanding: Understanding) -> None:
    for about in EVERY_KIND:
        reading = understanding.read(about, "not Latvia, foo bar and 12 or Stripe; " * 500, EN)
        assert len(reading.candidates) <= 5
