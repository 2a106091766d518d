"""Reads whole numbers: an amount (and when it is not clear which), or the numbers of options in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from advisor.understanding.sentences import Sentence, Words
from advisor.wording import fold

_FIGURES = re.compile(
    r"(?<![\w.,])(?P<minus>(?<![\w)])[-−])?(?P<whole>\d{1,3}(?:[ .,'’]\d{3})+(?!\d)|\d{1,15})(?:[.,](?P<part>\d+))?"
    r"(?P<open>\+)?\s?(?P<unit>[^\W\d_]+)?"
)
_UNSURE_UNITS: Mapping[str, int] = {"k": 1_000, "tk": 1_000, "m": 1_000_000, "mln": 1_000_000, "mio": 1_000_000}


def read_amount(sentence: Sentence, words: Words) -> tuple[int, ...]:
    """The number that was said. Several: one of them is meant, ask which. None: no number, or a negative one."""
    if (together := _with_helpers(sentence, words)) is not None:
        return together
    found: dict[int, None] = {}
    clear = True
    for number, sure in _said(sentence, words):
        found[number] = None
        clear = clear and sure
    if len(found) != 1:
        return tuple(number for number in found if number >= 0)[:5]
    number = next(iter(found))
    if number < 0:
        return ()
    if _and_me(sentence, words):
        return (number, number + 1)
    if not clear and _shortened(sentence.text):
        return tuple(dict.fromkeys((number, int(re.findall(r"\d+", sentence.text)[0]))))
    if not clear or any(words["or"].at(sentence.words, index) for index in range(len(sentence.words))):
        return (number, number + 1)
    return _bounded(number, sentence, words)


def _with_helpers(sentence: Sentence, words: Words) -> tuple[int, ...] | None:
    """ "Just me and my sister" are two; how many "me and my family" are is not said. None: no such count."""
    said = sentence.words
    helpers = sum((word,) in words["helper"] for word in said)
    several = any((word,) in words["helpers"] for word in said)
    if not helpers + several or not any((word,) in words["me"] for word in said):
        return None
    counted = ("me", "helper", "helpers", "and", "filler", "only")
    known = all(any((word,) in words[name] for name in counted) for word in said)
    if not known or any(words["not"].at(said, index) for index in range(len(said))):
        return None
    return () if several else (helpers + 1,)


def _and_me(sentence: Sentence, words: Words) -> bool:
    """ "Me and 2 employees", "12 employees and me": it is not said whether the number counts the speaker."""
    said = sentence.words
    for index, word in enumerate(said):
        if (word,) in words["me"]:
            before, after = said[max(0, index - 1) : index], said[index + 1 : index + 2]
            if before in words["and"] or after in words["and"] or "+" in sentence.gap_after(index):
                return True
    return False


def _shortened(text: str) -> bool:
    return any(fold(match["unit"] or "") in _UNSURE_UNITS for match in _FIGURES.finditer(text))


def _bounded(number: int, sentence: Sentence, words: Words) -> tuple[int, ...]:
    """ "More than 50" is not 50: both it and the next number are offered."""
    for index in range(len(sentence.words)):
        if words["more"].at(sentence.words, index):
            return (number, number + 1)
        if words["less"].at(sentence.words, index):
            return (number - 1, number) if number else (number,)
        if words.is_slip(sentence.words[index], "more", "less"):
            return (number, number + 1)
    return (number,)


def _said(sentence: Sentence, words: Words) -> Iterator[tuple[int, bool]]:
    """Every number said, and whether it is clear."""
    for match in _FIGURES.finditer(sentence.text):
        yield _figure(match, words)
    places = range(len(sentence.words))
    if any(words["alone"].at(sentence.words, index) for index in places):
        yield 1, True
        return
    # "two hundred" is not two.
    if any(words["beyond"].at(sentence.words, index) for index in places):
        return
    ranks = words["numbers"].ranks()
    for index, word in enumerate(sentence.words):
        if word in ranks:
            following = sentence.words[index + 1 : index + 2]
            yield ranks[word] * (1_000 if following and following in words["thousand"] else 1), True


def _figure(match: re.Match[str], words: Words) -> tuple[int, bool]:
    whole = int(re.sub(r"\D", "", match["whole"]))
    sign = -1 if match["minus"] else 1
    unit = fold(match["unit"] or "")
    factor = 1_000 if (unit,) in words["thousand"] else 1_000_000 if (unit,) in words["million"] else 1
    sure = not match["open"]
    if unit in _UNSURE_UNITS:
        factor, sure = _UNSURE_UNITS[unit], False
    exact = whole * factor
    if match["part"]:
        part = int(match["part"]) * factor
        scale = 10 ** len(match["part"])
        exact += part // scale
        sure = sure and part % scale == 0
    return sign * exact, sure


def option_numbers(sentence: Sentence, words: Words) -> tuple[int, ...] | None:
    """The numbers of options, if the line holds nothing else: "2.", "1, 3 and 5", "1-3", "the second"."""
    ranks = words["ordinals"].ranks()
    numbers: list[int] = []
    through = False
    index = 0
    while index < len(sentence.words):
        word, length = sentence.words[index], 1
        number = int(word) if word.isdecimal() and len(word) <= 3 else ranks[word] + 1 if word in ranks else None
        if number is not None:
            numbers += range(numbers[-1] + 1, number + 1) if through and numbers[-1] < number else (number,)
            through = sentence.gap_after(index).strip() in ("-", "–", "—", "...", "…")
        elif numbers and (word,) in words["to"]:
            through = True
        elif not (length := max(words[name].at(sentence.words, index) for name in ("and", "or", "filler"))):
            return None
        index += length
    return tuple(dict.fromkeys(numbers)) or None
