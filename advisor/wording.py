"""Small operations on words that several layers need: comparing what people type, cleaning it, filling in names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_NOT_WORD_IN_LINE = re.compile(r"[^\w\n]+", re.ASCII)
_SPACES = re.compile(r"\s+")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TWICE = re.compile(r"(\([^()]+\)) \1")
_SLUG = re.compile(r"[^a-z0-9]+")
_LATVIAN = tuple(zip("āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ", "acegiklnorsuzACEGIKLNORSUZ", strict=True))
_TRANSLITERATION = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def fold(text: str) -> str:
    """The text as it is compared: no case, no diacritics, punctuation as single spaces."""
    if not text.isascii():
        text = _without_marks(text)  # only to be quick: what follows would come to the same
    if text.isascii():
        words = text.lower().split()
        if "".join(words).isalnum():  # to be quick as well
            return " ".join(words)
        return _NOT_WORD.sub(" ", text.lower().replace("_", " ")).strip()
    decomposed = unicodedata.normalize("NFKD", text)
    # Marks are dropped from Latin letters only: й is not и, ё is not е.
    if any(map(unicodedata.combining, decomposed)):
        kept: list[str] = []
        for char in decomposed:
            if unicodedata.combining(char) and not (kept and "\u0400" <= kept[-1] <= "\u04ff"):
                continue
            kept.append(char)
        decomposed = "".join(kept)
    plain = unicodedata.normalize("NFKC", decomposed).casefold().translate(_TRANSLITERATION)
    return _NOT_WORD.sub(" ", plain.replace("_", " ")).strip()


def _without_marks(text: str) -> str:
    """Latvian letters as plain ones, in a tenth of the time that `translate` takes."""
    for letter, plain in _LATVIAN:
        if letter in text:
            text = text.replace(letter, plain)
    return text


def fold_all(texts: Sequence[str]) -> list[str]:
    """Many texts folded at once, several times as fast as one by one: a question has up to two thousand names."""
    together = _without_marks("\n".join(texts))
    lines = together.split("\n")
    if len(lines) != len(texts):  # a text of several lines
        return [fold(text) for text in texts]
    folded = _NOT_WORD_IN_LINE.sub(" ", together.lower().replace("_", " ")).split("\n")
    return [short.strip() if line.isascii() else fold(line) for line, short in zip(lines, folded, strict=True)]


def clean(text: str, limit: int = 4_000) -> str:
    """What someone typed or pasted, without control, format and escape characters, in one line of bounded length."""
    safe = "".join(" " if char in "\n\r\t" else char for char in text[: limit * 4] if _harmless(char))
    return _SPACES.sub(" ", safe).strip()[:limit]


def _harmless(char: str) -> bool:
    return char in "\n\r\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def slug(text: str) -> str:
    """A short ASCII name for a subject: small letters, digits and dashes."""
    ascii_text = fold(text).encode("ascii", "ignore").decode()
    return _SLUG.sub("-", ascii_text).strip("-")[:40] or "x"


def fill(template: str, words: Mapping[str, str]) -> str:
    """Replaces {name} by words, in one pass: what is inserted is never interpreted.

    A name that ends with the very brackets that the template puts behind it, "Ann (India) (India)", has them once.
    """
    filled = _PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), template)
    return _TWICE.sub(r"\1", filled)
