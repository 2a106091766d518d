"""What a line adds to the answer that was there, or takes from it: "also Stripe", "bez PayPal"; and whether it agrees.

Only for questions that have an answer already; for several values where it adds and takes. Knows word lists, but not
what a name means.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from advisor.understanding.sentences import Sentence, Words

Kind = Literal["add", "remove", "tell"]


_BARE = 2
"""Words of a clause that may only go on with a list: "without Estonia, Lithuania"."""
_SHORT = 4
"""Words of a clause that "out" may end as "X out", without a verb."""
_ALL_OF = {2: ("both",), 3: ("all-three",), 4: ("all-four",)}


class Change(NamedTuple):
    """One step: the words that are added or removed, or told besides."""

    kind: Kind
    text: str


class _Lead(NamedTuple):
    """Where a step begins, where the words behind its lead begin, and what it does."""

    start: int
    end: int
    kind: Kind


def changes(sentence: Sentence, words: Words) -> tuple[Change, ...]:
    """The steps of a line that begins with a word of adding or removing, or ends with "too". None: an own answer.

    Where such a word stands behind what is removed, "the food can go", what else the line says is "told".
    """
    end = len(sentence.words)
    if taken := _removed_before(sentence, words):
        return taken
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


def _removed_before(sentence: Sentence, words: Words) -> tuple[Change, ...]:
    """The steps of a line in which a word of removing or adding stands behind what it means, clause by clause."""
    found, so = [], False
    for start, end in sentence.clauses():
        change = _behind(sentence, words, start, end)
        found.append(change)
        lead = _lead(sentence, words, start)
        if change.kind == "remove":
            so = so or start == 0 or words["so"].at(sentence.words, start) > 0 or lead is None
        elif change.kind == "add":
            means_others = lead is not None and all(
                (word,) in words["filler"] for word in sentence.words[lead.end : end]
            )
            so = so or (means_others if start else lead is None)  # "..., add those"; "goods too! textbooks"
    first = _lead(sentence, words, 0)
    if first is not None and (
        first.kind != "remove" or all(end - start <= _BARE for start, end in sentence.clauses()[1:])
    ):
        return ()
    return tuple(found) if so and len(found) > 1 - any(change.kind == "remove" for change in found) else ()


def _behind(sentence: Sentence, words: Words, start: int, end: int) -> Change:
    """What one clause removes, adds or tells."""
    start += words["so"].at(sentence.words, start) if start else 0
    verb = words["removing-verb"].at(sentence.words, start)
    particle = words["removing-particle"].at(sentence.words[:end], end - 1)
    if (numbered := _number_denied(sentence, words, start, end)) is not None:
        return Change("remove", numbered)
    place = next((n for n in range(start + 1, end) if words["removing-behind"].at(sentence.words, n)), end)
    if place < end:
        return Change("remove", _text(sentence, start, place))
    if particle and start + verb < end - 1 and (verb or end - start <= _SHORT):
        return Change("remove", _text(sentence, start + verb, end - 1))
    lead = _lead(sentence, words, start)
    if lead is not None and lead.end < end:
        return Change(lead.kind, _text(sentence, lead.end, end))
    too = next((n for n in range(start + 1, end) if words["adding-behind"].at(sentence.words[:end], n) == end - n), end)
    if too < end:
        return Change("add", _text(sentence, start, too))
    return Change("tell", _text(sentence, start, end))


def _number_denied(sentence: Sentence, words: Words, start: int, end: int) -> str | None:
    """The number that a clause denies and names nothing else: "only number 9 is not"."""
    said = sentence.words
    while start < end and (length := max(words[name].at(said, start) for name in ("only", "but", "number", "filler"))):
        start += length
    word = said[start : start + 1]
    numbered = bool(word) and (word[0].isdecimal() or word[0] in words["ordinals"].ranks() or word in words["last"])
    stop = start + 1
    while stop < end and (words["filler"].at(said, stop) or words["number"].at(said, stop)):
        stop += 1
    denied = stop < end and any(words[name].at(said, stop) for name in ("not", "no", "removing-behind"))
    return _text(sentence, start, start + 1) if numbered and denied else None


def rest_agreed(sentence: Sentence, words: Words) -> str:
    """What a line says beside "the rest is right": "not sure about Switzerland, the rest is right". Or nothing."""
    clauses = sentence.clauses()
    kept = [span for span in clauses if sentence.words[slice(*span)] not in words["rest-right"]]
    if len(kept) == len(clauses):
        return ""
    return ", ".join(_text(sentence, start, end) for start, end in kept)


def agreement(sentence: Sentence, words: Words, standing: int) -> str | None:
    """What is said behind the words with which a line agrees to the answer that stands: "yes, these, and Finland".

    `standing` is the number of its values, of which "both" or "all three" may be said. Empty if the line says nothing
    more. None: it does not begin by agreeing.
    """
    said, place, agrees = sentence.words, 0, False
    lists = ("agreeing", "unchanged", *_ALL_OF.get(standing, ()))
    while place < len(said):
        agreeing = max(words[name].at(said, place) for name in lists)
        hedged = any(words[name].at(said, place) for name in ("maybe", "unknown"))
        length = agreeing or (words["filler"].at(said, place) if agrees and not hedged else 0)
        if not length:
            break
        agrees = agrees or agreeing > 0
        place += length
    if not agrees:
        return None
    return _text(sentence, place, len(said)) if place < len(said) else ""


def disagreement(sentence: Sentence, words: Words) -> str:
    """What is said behind the words by which a line finds the answer that stands wrong: "no, Austria". Or nothing."""
    end = words["disagreeing"].at(sentence.words)
    parted = 0 < end < len(sentence.words) and sentence.tokens[end].clause != sentence.tokens[end - 1].clause
    return _text(sentence, end, len(sentence.words)) if parted else ""


def _lead(sentence: Sentence, words: Words, index: int) -> _Lead | None:
    """The lead that begins here: at the start of the line, or behind a comma or "and", where "and" alone is none."""
    said, start = sentence.words, index
    if not index:
        index += words["but"].at(said) if not words["removing"].at(said) else 0  # "yes" was said before it
    else:
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
