"""Puts another answer into words: what is chosen instead; of a list only what is added to it and what is left out."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.explaining.kinds import LISTS
from advisor.explaining.words import Words
from advisor.model import SHOP, Answer, Value


def becomes(words: Words, old: Answer | None, new: Answer, example: bool = False) -> str:
    """The answer that would be given instead; as an example where others would do as well."""
    name, question = _asked(words, new)
    if words.is_item(new.ask):
        return words.say(f"becomes.item.{new.value}", item=question)
    if old is not None and (changes := _list_changes(words, words, old, new)):
        return _listed(words, name, question, changes)
    value = words.value(name, new.value)
    return words.say("becomes.example" if example else "becomes", question=question, value=value)


def became(before: Words, after: Words, old: Answer | None, new: Answer | None) -> str:
    """How an answer differs between two cases; either may not have been given."""
    either = new or old
    assert either is not None
    words = after if new is not None else before
    name, question = _asked(words, either)
    if old is not None and new is not None and (changes := _list_changes(before, after, old, new)):
        return _listed(words, name, question, changes)
    return words.say("became", question=question, before=_said(before, name, old), after=_said(after, name, new))


def _asked(words: Words, answer: Answer) -> tuple[str, str]:
    """The attribute of an answer, and its question in words."""
    question = words.consultation.questions.get(answer.ask)
    name = question.attribute if question is not None else answer.ask
    return name, words.question(name, answer.of or SHOP)


def _list_changes(before: Words, after: Words, old: Answer, new: Answer) -> str:
    """What two lists do not have in common; empty where they are no lists, or the first one is empty."""
    if not (isinstance(old.value, tuple) and isinstance(new.value, tuple) and old.value):
        return ""
    name, _ = _asked(after, new)
    more = [value for value in new.value if value not in old.value]
    less = [value for value in old.value if value not in new.value]
    parts = []
    if more:
        parts.append(after.say("becomes.more", names=_names(after, name, more)))
    if less:
        parts.append(after.say("becomes.less", names=_names(before, name, less)))
    return "; ".join(parts)


def _names(words: Words, name: str, values: Iterable[Value]) -> str:
    return ", ".join(words.say("quoted", value=words.value(name, value)) for value in values)


def _listed(words: Words, name: str, question: str, changes: str) -> str:
    if name in LISTS:
        return words.say(f"becomes.{LISTS[name]}", changes=changes)
    return words.say("becomes.list", question=question, changes=changes)


def _said(words: Words, name: str, answer: Answer | None) -> str:
    return words.say("quoted", value=words.value(name, answer.value)) if answer else words.say("became.unanswered")
