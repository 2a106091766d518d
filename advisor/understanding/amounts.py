"""Reads whole numbers: an amount (and when it is not clear which), or the numbers of options in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from advisor.understanding.sentences import Sentence, Words
from advisor.wording import fold

_FIGURES = re.compile(
    r"(?<![\w.,])(?P<minus>(?<![\w)])[-−])?(?P<whole>\d{1,3}(?:[ .,'’]\d{3})+(?!\d)|\d{1,15})(?:[.,](?P<part>\d+))?"
    r"(?P<open>\+)?\s?(?P<unit>[^\W\d_]+)?"
)
_AROUND_NUMBERS = ("and", "or", "filler", "choosing", "number")
_UNSURE_UNITS: Mapping[str, int] = {"k": 1_000, "tk": 1_000, "m": 1_000_000, "mln": 1_000_000, "mio": 1_000_000}


def read_amount(sentence: Sentence, words: Words) -> tuple[int, ...]:
    """The number that was said. Several: one of them is meant, ask which. None: no number, or a negative one."""
    if (together := _with_helpers(sentence, words)) is not None:
        return together
    if shifts := _shifts(sentence, words):
        return shifts
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
        plus = any((word,) in words["plus"] for word in sentence.words) or "+" in sentence.text
        plus = plus or _with_others(sentence, words)
        return (number + 1,) if plus else (number, number + 1)
    if not clear and _shortened(sentence.text):
        return tuple(dict.fromkeys((number, int(re.findall(r"\d+", sentence.text)[0]))))
    if not clear or any(words["or"].at(sentence.words, index) for index in range(len(sentence.words))):
        return (number, number + 1)
    return _bounded(number, sentence, words)


def _with_helpers(sentence: Sentence, words: Words) -> tuple[int, ...] | None:
    """ "Just me and my sister" are two, "me, my sister and a girl on Saturdays" three; "me and my family" is not said.

    None: no such count.
    """
    said = sentence.words
    several = any((word,) in words["helpers"] for word in said)
    ranks = words["numbers"].ranks()
    if not any((word,) in words["me"] for word in said) or any(map(str.isdecimal, said)):
        return None
    if any(words[name].at(said, index) for index in range(len(said)) for name in ("not", "no", "unknown")):
        return None
    people = counted = 0
    for start, end in sentence.pieces():
        if people and words["they"].at(said, start):
            continue  # "me and my granddaughter, she helps in summer"
        count = sum((word,) in words[name] for word in said[start:end] for name in ("helper", "counted-person"))
        me = any((word,) in words["me"] for word in said[start:end])
        number = next((ranks[word] for word in said[start:end] if ranks.get(word, 0) > 1), 0)
        if number and not me:
            if not start:
                return None  # "three, I forgot the driver"
            counted += number
            continue
        if number or count > 1 or not (count or me or any((word,) in words["helpers"] for word in said[start:end])):
            return None  # "my sister's husband", "me, and sometimes nobody"
        people += count
    if several and not counted:
        return ()
    return (people + counted + 1,) if people else None


def _shifts(sentence: Sentence, words: Words) -> tuple[int, ...]:
    """ "4 full-time and 2 part-time" are six, or seven with the speaker. Empty: no such count."""
    said = sentence.words
    kinds = [any(words[name].at(said, index) for index in range(len(said))) for name in ("full-time", "part-time")]
    numbers = [number for number, sure in _said(sentence, words) if sure]
    if not all(kinds) or len(numbers) != 2:
        return ()
    total = sum(numbers)
    return (total,) if any(words["me-included"].at(said, index) for index in range(len(said))) else (total, total + 1)


def counted_people(sentence: Sentence, words: Words) -> tuple[int, ...]:
    """The number of people, where money is named besides: "30 employees and 5 million turnover"."""
    said = sentence.words
    if not any((word,) in words["counted-money"] for word in said):
        return read_amount(sentence, words)
    for index, word in enumerate(said):
        if (word,) in words["counted-people"] and index and said[index - 1].isdecimal():
            return (int(said[index - 1][:9]),)
        if (word,) in words["counted-people"]:
            for start in range(max(0, index - 5), index):
                length, number = _in_words(said, start, words)
                if length and start + length == index:
                    return (number,)
    return ()


def _and_me(sentence: Sentence, words: Words) -> bool:
    """ "Me and 2 employees", "12 employees and me": it is not said whether the number counts the speaker."""
    said = sentence.words
    for index, word in enumerate(said):
        if (word,) in words["me"]:
            before, after = said[max(0, index - 1) : index], said[index + 1 : index + 2]
            if before in words["and"] or after in words["and"] or "+" in sentence.gap_after(index):
                return True
    return False


def _with_others(sentence: Sentence, words: Words) -> bool:
    """ "Me and three girls" are four; whether "me and two helpers" are three is not sure."""
    said = sentence.words
    first = any((word,) in words["me"] for word in said[:2])
    unsure = any((word,) in words[name] for name in ("counted-people", "helper", "helpers") for word in said)
    return first and not unsure


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
        ranks = words["numbers"].ranks()
        if not any(word.isdecimal() or ranks.get(word, 0) > 1 for word in sentence.words):
            yield 1, True  # but "the mailing list alone is 80 000", "just me and two more"
            return
    # "Half a million" and "a few hundred" are no numbers.
    if any(words["beyond"].at(sentence.words, index) for index in places):
        return
    index = 0
    while index < len(sentence.words):
        length, number = _in_words(sentence.words, index, words)
        if length and not (index and sentence.words[index - 1].isdecimal()):
            yield number, True
        index += length or 1


def _in_words(said: Sequence[str], start: int, words: Words) -> tuple[int, int]:
    """How many words from here on write one number, and which: "two hundred and five", "divdesmit pieci", "a dozen"."""
    ranks, tens, hundreds = (words[name].ranks() for name in ("numbers", "tens", "hundreds"))
    index, total, group, room = start, 0, 0, 1_000  # what comes next must be less than `room`
    while index < len(said):
        word, alone = said[index], index > start or said[index : index + 1] in words["bare"]
        if word in tens and room >= 100:
            group, room = group + (tens[word] + 2) * 10, 10
        elif word in ranks and ranks[word] < room and room > 1:
            group, room = group + ranks[word], 1
        elif word in hundreds and (hundreds[word] == 0 or group == 0) and group < 100 and (hundreds[word] or alone):
            group, room = (hundreds[word] or (group or 1) - 1) * 100 + 100, 100
        elif (word,) in words["dozen"] and group < 100 and alone:
            group, room = (group or 1) * 12, 1
        elif (scale := _scale(word, words)) and total == 0 and alone:
            total, group, room = (group or 1) * scale, 0, 1_000
        elif not ((word,) in words["and"] and room >= 100 and index > start and _is_part(said[index + 1 :], words)):
            break
        index += 1
    return index - start, total + group


def _scale(word: str, words: Words) -> int:
    return 1_000 if (word,) in words["thousand"] else 1_000_000 if (word,) in words["million"] else 0


def _is_part(said: Sequence[str], words: Words) -> bool:
    """Whether a number may go on so behind "two hundred and"."""
    return bool(said) and any(said[0] in words[name].ranks() for name in ("numbers", "tens"))


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


def _begins_anew(sentence: Sentence, words: Words, index: int) -> bool:
    """Whether a "no" stands alone here, between commas or the like."""
    before, after = sentence.gap_after(index - 1).strip(), sentence.gap_after(index).strip()
    return bool(before and after) and (sentence.words[index],) in words["no"]


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
        elif numbers and _begins_anew(sentence, words, index):
            numbers = []  # "4, 5, 6? no, 4, 5 and 2"
        elif numbers and (word,) in words["to"]:
            through = True
        elif not (length := max(words[name].at(sentence.words, index) for name in _AROUND_NUMBERS)):
            return None
        index += length
    return tuple(dict.fromkeys(numbers)) or None
