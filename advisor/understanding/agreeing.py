"""Answers that agree or do not: yes and no, said or told, and what is right of a list to confirm."""

from __future__ import annotations

from dataclasses import replace

from advisor.understanding.asked import Asked
from advisor.understanding.commands import Command
from advisor.understanding.finding import find
from advisor.understanding.offering import flat
from advisor.understanding.polarity import Polarity, concluding, polarity, says, says_both
from advisor.understanding.qualifying import doubts, takes_back
from advisor.understanding.reading import NOT_UNDERSTOOD, Reading


def yes_no(asked: Asked) -> Reading:
    """The answer to a question of yes or no."""
    sentence, words = asked.sentence, asked.words
    exactly = asked.naming.of_answers(asked.question).index.exactly(sentence.words)
    if exactly is not None and len(exactly.values) == 1:
        return Reading(value=exactly.values[0], how="yes-no")  # "never looked at that"
    doubted = doubts(sentence, words)
    own = [value for value in ("yes", "no") if asked.holds(f"told.{asked.question.id}.{value}")]
    if doubted and len(own) == 1:
        return Reading(value=own[0], how="yes-no")  # "no idea who they are", of "do you know who they are?"
    if doubted:
        others = (sentence.part(span) for span in sentence.pieces() if span not in doubted)
        hedged = any(says(part, words, "yes", "no") for part in others)  # "don't remember, probably yes"
        asking = replace(asked.offering.ask(("yes", "no")), remark="remark.doubted")
        return asking if hedged else Reading(command=Command.UNKNOWN)
    said = polarity(sentence, words)
    if said is None and not says_both(sentence, words):
        said = concluding(sentence, words) or _told(asked)
    if said is None:
        return asked.offering.ask(("yes", "no")) if says_both(sentence, words) else NOT_UNDERSTOOD
    if said == "no" and takes_back(sentence, words):
        return asked.offering.ask(("yes", "no"))  # "no, but they can write to us"
    return Reading(value=said, how="yes-no")


def _told(asked: Asked) -> Polarity | None:
    """What a sentence without a yes or no tells: "my accountant did that", "they have no login there"."""
    if asked.holds("if", "sometimes", "later", "pending", "or") or takes_back(asked.sentence, asked.words):
        return None
    names = asked.naming.of_answers(asked.question)
    found = find(asked.sentence, names, asked.words, asked.locale)
    if found.doubtful or len(found.values) + len(found.denied) != 1:
        return None
    if found.values:
        return "yes" if "yes" in found.values else "no"
    return "no" if "yes" in found.denied else None


def confirm(asked: Asked, numbers: tuple[int, ...] | None) -> Reading:
    """What is right of what is assumed: all without what was named; all of it for yes, nothing for no."""
    sentence, words = asked.sentence, asked.words
    if numbers is None:
        numbers = tuple(int(word) for word in sentence.words if word.isdecimal() and len(word) <= 3)
    if not all(1 <= number <= len(asked.numbered) for number in numbers):
        return NOT_UNDERSTOOD
    found = find(sentence, asked.names, words, asked.locale)
    wrong = {asked.numbered[number - 1].value for number in numbers} | {*found.values, *found.denied}
    said = polarity(sentence, words)
    if wrong or found.doubtful:
        agreed = said == "yes" and not found.denied and not asked.holds("except", "not")
        if found.doubtful or agreed or asked.holds("only"):
            return asked.offering.ask((*wrong, *flat(found.doubtful)))
        return Reading(value=tuple(value for value in asked.default if value not in wrong), how="confirmed")
    if said == "yes" or says(sentence, words, "all", "both", "yes"):
        return Reading(value=asked.default, how="confirmed")
    if said == "no" and sentence.words in words["none"] and sentence.words not in words["no"]:
        return NOT_UNDERSTOOD  # "nothing" is wrong, or nothing is right
    return Reading(value=(), how="confirmed") if said == "no" else asked.ask_near()
