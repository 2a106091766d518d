"""Vendors that the knowledge base does not know: what their name is in a sentence, and what they are called inside."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from advisor.finding import Found, Names, trim
from advisor.model import Value
from advisor.sentences import Sentence, Span, Words
from advisor.wording import slug

_DOUBT = 0.65
"""Likeness to a known vendor from which an unknown name is asked about."""
_MOST_WORDS = 5
_MOST_KNOWN = 4


def add_newcomers(
    found: Found, sentence: Sentence, names: Names, words: Words, known: Collection[str]
) -> dict[str, str]:
    """Takes pieces that name no known vendor as new ones, in doubt if they resemble one. Returns their names by id."""
    newcomers: dict[str, str] = {}
    for span in found.unknown:
        name = _name(span, sentence, names, words)
        if not name or len(name.split()) > _MOST_WORDS:
            continue
        identifier = _unused(slug(name), name, newcomers, known)
        newcomers[identifier] = name
        start, end = trim(sentence, span, names, words)
        near: tuple[Value, ...] = names.index.near(sentence.words[start:end], _DOUBT)[:_MOST_KNOWN]
        if near:
            found.doubtful.append((*near, identifier))
        else:
            found.values[identifier] = "label"
    return newcomers


def _name(span: Span, sentence: Sentence, names: Names, words: Words) -> str:
    """The name in a piece, without "we use", "hosting by" and the like; empty if there is none."""
    said = sentence.words
    if any(words[name].at(said, index) for name in ("unknown", "none") for index in range(*span)):
        return ""
    core_start, core_end = trim(sentence, span, names, words)
    if core_start == core_end:
        return ""
    plain = Names(index=names.index)
    start, end = trim(sentence, span, plain, words)
    lead = start
    while lead < end and (length := words["role"].at(said, lead)):
        lead += length
    # "Hosting by X", but not "Hosting Queen".
    if start < lead < end and (said[lead],) in words["filler"]:
        start, end = trim(sentence, (lead, end), plain, words)
    return sentence.typed((start, end))


def _unused(identifier: str, name: str, taken: Mapping[str, str], known: Collection[str]) -> str:
    """The identifier, with a number if another name has it already."""
    candidate, number = identifier, 2
    while candidate in known or taken.get(candidate, name) != name:
        candidate, number = f"{identifier}-{number}", number + 1
    return candidate
