"""What a line adds to the answer that was there, or takes from it: "also Stripe", "bez PayPal".

Only for questions with several values that have an answer already. Knows word lists, but not what a name means.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from advisor.understanding.sentences import Sentence, Words

Kind = Literal["add", "remove"]


class Change(NamedTuple):
    """One step: the words that are added or removed."""

    kind: Kind
    text: str


class _Lead(NamedTuple):
    """Where a step begins, where the words behind its lead begin, and what it does."""

    start: int
    end: int
    kind: Kind


def changes(sentence: Sentence, words: Words) -> tuple[Change, ...]:
    """The steps of a line that begins with a word of adding or removing, or ends with "too". None: an own answer."""
    end = len(sentence.words)
    behind = next((n for n in range(1, end) if words["adding-behind"].at(sentence.words, n) == end - n), end)
    first = _lead(sentence, words, 0)
    if first is None and sentence.text.startswith("+"):
        first = _Lead(0, 0, "add")
    if first is None:
        return (Change("add", _text(sentence, 0, behind)),) if behind < end else ()
    leads = [first]
    for index in range(first.end + 1, behind):
        if index >= leads[-1].end and (lead := _lead(sentence, words, index)) is not None:
            leads.append(lead)
    stops = (*(lead.start for lead in leads[1:]), behind)
    steps = zip(leads, stops, strict=True)
    return tuple(Change(lead.kind, _text(sentence, lead.end, stop)) for lead, stop in steps if lead.end < stop)


def _lead(sentence: Sentence, words: Words, index: int) -> _Lead | None:
    """The lead that begins here: at the start of the line, or behind a comma or "and", where "and" alone is none."""
    said, start = sentence.words, index
    if index:
        joined = max(words["and"].at(said, index), words["but"].at(said, index))
        if not joined and sentence.tokens[index].clause == sentence.tokens[index - 1].clause:
            return None
        index += joined
    adding, removing = words["adding"].at(said, index), words["removing"].at(said, index)
    if start and said[index : index + adding] in words["and"]:
        adding = 0
    length = max(adding, removing)
    return _Lead(start, index + length, "add" if adding >= removing else "remove") if length else None


def _text(sentence: Sentence, start: int, stop: int) -> str:
    return sentence.text[sentence.tokens[start].start : sentence.tokens[stop - 1].end]
