"""Reads one line as the answer to one question.

Every step either is sure or asks back; nothing is guessed silently. Knows the knowledge base's names and closed word
lists, but neither the case nor what an answer leads to.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.understanding.agreeing import confirm, yes_no
from advisor.understanding.amending import amended
from advisor.understanding.amounts import option_numbers
from advisor.understanding.asked import Asked
from advisor.understanding.commands import Command
from advisor.understanding.counting import add_numbered, amount, chosen, number
from advisor.understanding.finding import Found, find
from advisor.understanding.newcomers import Newcomers
from advisor.understanding.offering import flat
from advisor.understanding.polarity import says
from advisor.understanding.qualifying import doubts, takes_back
from advisor.understanding.reading import NOT_UNDERSTOOD, Reading
from advisor.understanding.settling import expanded, only_denied, settle
from advisor.understanding.unnamed import found_nothing, is_none_exactly, short_answer


def answer(asked: Asked) -> Reading:
    """What the line means as an answer."""
    kind = asked.question.kind
    if kind == "number":
        return number(asked)
    numbers = option_numbers(asked.sentence, asked.words)
    if kind == "confirm":
        return confirm(asked, numbers)
    if numbers is not None and not asked.is_a_name():
        return amount(asked) if kind == "choice" and max(numbers) > len(asked.numbered) else chosen(asked, numbers)
    return yes_no(asked) if kind == "yes-no" else _named(asked)


def _named(asked: Asked) -> Reading:
    """The answer in names: of options, countries or vendors."""
    if not asked.is_a_name() and (reading := short_answer(asked)) is not None:
        return reading
    if is_none_exactly(asked):
        return asked.nothing("label")
    if asked.question.kind == "vendors" and says(asked.sentence, asked.words, "all", "both", "yes"):
        return NOT_UNDERSTOOD  # no names, and none that was misspelt
    found = find(asked.sentence, asked.names, asked.words, asked.locale)
    newcomers = Newcomers(asked.sentence, asked.names, asked.words, asked.base.providers, asked.naming.countries())
    if asked.question.kind == "vendors":
        newcomers.join(found)
    add_numbered(asked, found)
    _add_the_same(asked, found)
    reading = amended(asked, found, _from(asked, found, newcomers))
    if reading.candidates and newcomers.only_at_home(found):  # "a friend makes the site" resembles no partner
        return Reading(remark=newcomers.remark)
    return replace(reading, remark=newcomers.remark) if newcomers.remark else reading


def _from(asked: Asked, found: Found, newcomers: Newcomers) -> Reading:
    """The answer from what was found, and what was not."""
    doubt = not asked.is_a_name() and _is_doubted(asked, found)
    if not found.values and not found.denied and asked.speaks_of_none():
        return asked.nothing("phrase") if not takes_back(asked.sentence, asked.words) else asked.ask_back()
    if not found.values and not found.doubtful and not found.denied:
        if doubt and _agrees_all_the_same(asked):
            no = asked.no_option()
            values = tuple(option.value for option in asked.options if option.value != no)
            return replace(asked.offering.ask(values), remark="remark.doubted")
        return Reading(command=Command.UNKNOWN) if doubt or _ends_in_doubt(asked) else found_nothing(asked)
    if doubt:
        named = (*expanded(asked, found), *found.denied, *flat(found.doubtful))
        return replace(asked.offering.ask(named, newcomers.names), remark="remark.doubted")
    if expanded(asked, found) or found.doubtful:
        return settle(asked, found, newcomers.names)
    return only_denied(asked, found)


def _is_doubted(asked: Asked, found: Found) -> bool:
    """Whether "I don't know" is what the line begins with, or where one answer is asked for, a part of it."""
    doubted = doubts(asked.sentence, asked.words, found.named)
    if asked.question.many:  # beside others it means "perhaps more than these"
        return any(start == 0 for start, _ in doubted)
    return bool(doubted)


def _agrees_all_the_same(asked: Asked) -> bool:
    """Whether beside "I don't know" a yes is said to one of several options: "can't remember, probably yes"."""
    if asked.question.kind != "choice":
        return False
    doubted = doubts(asked.sentence, asked.words)
    parts = (asked.sentence.part(span) for span in asked.sentence.pieces() if span not in doubted)
    return any(says(part, asked.words, "yes") for part in parts)


def _ends_in_doubt(asked: Asked) -> bool:
    """Whether a part of the line says "I don't know" and nothing else: "somewhere in the cloud, no idea"."""
    parts = (asked.sentence.words[start:end] for start, end in asked.sentence.pieces())
    return any(part in asked.words["unknown"] for part in parts)


def _add_the_same(asked: Asked, found: Found) -> None:
    """What was answered to an earlier question: "the same countries", "turpat"."""
    said, same = asked.sentence.words, asked.words["same"]
    spans = [(start, start + length) for start in range(len(said)) if (length := same.at(said, start))]
    if not spans or not asked.same:
        return
    found.values.update(
        {value: "phrase" for value in asked.same if value not in found.values and value not in found.denied}
    )
    inside = {index for span in spans for index in range(*span)}
    found.unknown = [span for span in found.unknown if inside.isdisjoint(range(*span))]
