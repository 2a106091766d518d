"""Answers in figures: an amount, the range that an amount falls into, options by their number."""

from __future__ import annotations

from advisor.understanding.amounts import counted_people, option_numbers, read_amount
from advisor.understanding.asked import Asked
from advisor.understanding.commands import Command
from advisor.understanding.finding import Found
from advisor.understanding.naming import NONE
from advisor.understanding.polarity import says
from advisor.understanding.qualifying import beside
from advisor.understanding.reading import NOT_UNDERSTOOD, Candidate, Reading
from advisor.understanding.sentences import Sentence, Words, parse


def number(asked: Asked) -> Reading:
    """The answer to "how many"."""
    sentence, words, question = asked.sentence, asked.words, asked.question
    numbers = _counted_on(asked) or read_amount(sentence, words)
    if says(sentence, words, "none") and not asked.holds("alone"):
        numbers = (0,)
    if len(numbers) > 1 and (outcome := _outcome(asked)):
        numbers = outcome
    numbers = tuple(number for number in numbers if question.low <= number <= question.high)
    unsure = words["unknown"].at(sentence.words) > 0
    if unsure and not numbers:
        return Reading(command=Command.UNKNOWN)
    if len(numbers) == 1 and not unsure:
        return Reading(value=numbers[0], how="number")
    return Reading(candidates=tuple(Candidate(value=number, label=str(number)) for number in numbers))


def _counted_on(asked: Asked) -> tuple[int, ...]:
    """The number from the one that stands: "one more, hired in June", "three, not four" where four was said before."""
    before = asked.default[0] if len(asked.default) == 1 else None
    if not isinstance(before, int):
        return ()
    sentence, words = asked.sentence, asked.words
    for name, step in (("one-more", 1), ("one-less", -1)):
        if any(words[name].at(sentence.words, place) for place in range(min(3, len(sentence.words)))):
            return (before + step,)
    parts = [(start, read_amount(sentence.part((start, end)), words)) for start, end in sentence.pieces()]
    numbers = tuple(dict.fromkeys(number for _, found in parts for number in found))
    denied = any(
        found == (before,) and any(words[name].at(sentence.words, start) for name in ("not", "no"))
        for start, found in parts
    )
    return tuple(number for number in numbers if number != before) if denied and len(numbers) == 2 else ()


def _outcome(asked: Asked) -> tuple[int, ...]:
    """The number with which a count ends: "seven, but two left, so now five", "six, no, seven with the new girl"."""
    sentence, words = asked.sentence, asked.words
    for index in range(len(sentence.words) - 1, 0, -1):
        if words["outcome"].at(sentence.words, index) or _takes_back(sentence, words, index):
            rest = parse(sentence.text[sentence.tokens[index].start :], words, asked.locale)
            if len(numbers := read_amount(rest, words)) == 1:
                return numbers
    return ()


def _takes_back(sentence: Sentence, words: Words, index: int) -> bool:
    """Whether a "no" here begins a part of the line, and so takes the number before it back."""
    tokens = sentence.tokens
    begins = tokens[index].clause != tokens[index - 1].clause
    from_to = sentence.latvian and tokens[index].word == "no"
    return begins and not from_to and (tokens[index].word,) in words["no"]


def amount(asked: Asked) -> Reading:
    """The option that an amount means: "about 300" are few."""
    ranged = [option for option in asked.options if option.low is not None]
    numbers = counted_people(asked.sentence, asked.words) if ranged else ()
    in_figures = any(word.isdecimal() for word in asked.sentence.words)
    if asked.holds("beyond") or (in_figures and asked.holds("hundreds", "dozen")):
        return NOT_UNDERSTOOD  # "3-4 hundred thousand"
    for option in ranged:
        if numbers and all(map(option.holds, numbers)):
            return Reading(value=option.value, how="number")
    return asked.offering.ask(option.value for option in ranged) if numbers else NOT_UNDERSTOOD


def chosen(asked: Asked, numbers: tuple[int, ...]) -> Reading:
    """The options with these numbers in the list shown."""
    if numbers == (0,) and asked.question.none is not None:
        return asked.nothing("number")
    if not all(1 <= number <= len(asked.numbered) for number in numbers):
        return NOT_UNDERSTOOD
    values = tuple(dict.fromkeys(asked.numbered[number - 1].value for number in numbers))
    if not asked.question.many:
        return Reading(value=values[0], how="number") if len(values) == 1 else asked.offering.ask(values)
    if asked.question.none is not None and NONE in values:
        return asked.nothing("number") if values == (NONE,) else NOT_UNDERSTOOD
    return Reading(value=values, how="number")


def add_numbered(asked: Asked, found: Found) -> None:
    """Options said by number beside others said by name: "1 and also gift cards"."""
    if not asked.numbered:
        return
    without = beside(asked.sentence, asked.words, found.named, "not", "except")
    inside = {index for start, end in found.named for index in range(start, end)}
    for span in asked.sentence.pieces():
        numbers = option_numbers(asked.sentence.part(span), asked.words)
        denied = asked.sentence.tokens[span[0]].clause in without or not inside.isdisjoint(range(*span))
        more = "+" in asked.sentence.gap_after(span[1] - 1)  # "18+" is an age
        if numbers is None or denied or more or not all(1 <= number <= len(asked.numbered) for number in numbers):
            continue
        values = (asked.numbered[number - 1].value for number in numbers)
        found.values.update({value: "number" for value in values if value not in found.values and value != NONE})
        found.unknown = [other for other in found.unknown if other != span]
