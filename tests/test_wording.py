"""Words as they are compared: by themselves and many at once."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.wording import fill, fold, fold_all

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("aāčĒ _-.,\n\tŗйЙßÕ\u0301\u0306")), max_size=12)


def by_the_book(text: str) -> str:
    """Folding as it is meant, without any short way: marks are dropped, from Cyrillic letters not."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(char) or (kept and "\u0400" <= kept[-1] <= "\u04ff"):
            kept.append(char)
    plain = unicodedata.normalize("NFKC", "".join(kept)).casefold()
    plain = plain.translate(str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}))
    return re.sub(r"[^\w]+", " ", plain.replace("_", " ")).strip()


def test_every_character() -> None:
    for code in range(sys.maxunicode + 1):
        if not 0xD800 <= code < 0xE000:
            assert fold(f"a{chr(code)}b") == by_the_book(f"a{chr(code)}b"), hex(code)


@settings(max_examples=400, database=None, deadline=None, derandomize=True)
@given(TEXTS)
def test_short_ways_come_to_the_same(text: str) -> None:
    assert fold(text) == by_the_book(text)


@settings(max_examples=400, database=None, deadline=None, derandomize=True)
@given(st.lists(TEXTS, max_size=6))
def test_many_at_once(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


def test_what_folding_is_for() -> None:
    said = ["Ķīna", "E-veikals (SIA)", "Õllepood", "Йога", "snake_case", "", "two\nlines"]
    assert fold_all(said) == ["kina", "e veikals sia", "ollepood", "йога", "snake case", "", "two lines"]


def test_a_name_that_ends_like_the_sentence_is_not_said_twice() -> None:
    names = {"p": "persona (valsts: Indija)", "c": "Indija"}
    assert fill("Redz: {p} (valsts: {c}).", names) == "Redz: persona (valsts: Indija)."
    assert fill("Redz: {p} (valsts: {c}).", {**names, "c": "Čīle"}) == "Redz: persona (valsts: Indija) (valsts: Čīle)."
