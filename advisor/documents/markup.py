"""The marks inside the texts of templates: `{name}`, `[[to be filled in]]`, `[?to be checked]`, `*strong*`.

What is put in for a name is never read for marks, so that nothing a person typed can become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MarkKind = Literal["text", "name", "gap", "check", "strong"]

_MARK = re.compile(
    r"\[\[(?P<gap>[^\[\]]+)\]\]|\[\?(?P<check>[^\[\]]+)\]|\*(?P<strong>[^*]+)\*|\{(?P<name>[a-z][a-z0-9_.]*)\}"
)
NAME = r"\{([a-z][a-z0-9_.]*)\}"
_INNER = re.compile(NAME)
_STRAY = re.compile(r"\[\[|\]\]|\[\?|[{}*]")


class Mark(NamedTuple):
    """A piece of a text: plain or strong words, a name to be replaced, a gap or a thing to be checked."""

    kind: MarkKind
    text: str


def parse(text: str) -> Iterator[Mark]:
    """The pieces of a text in order."""
    position = 0
    for found in _MARK.finditer(text):
        if found.start() > position:
            yield Mark("text", text[position : found.start()])
        kind: MarkKind = found.lastgroup  # type: ignore[assignment]
        yield Mark(kind, found[kind])
        position = found.end()
    if position < len(text):
        yield Mark("text", text[position:])


def inner_names(text: str) -> Iterator[str]:
    """The names inside the words of a mark."""
    yield from _INNER.findall(text)


def names(text: str) -> frozenset[str]:
    """Every name that occurs in a text, also inside gaps."""
    found: set[str] = set()
    for mark in parse(text):
        found.update([mark.text] if mark.kind == "name" else inner_names(mark.text))
    return frozenset(found)


def strays(text: str) -> tuple[str, ...]:
    """Brackets and braces that belong to no mark: a slip of the author."""
    rest = "".join(mark.text for mark in parse(text) if mark.kind == "text")
    return tuple(_STRAY.findall(rest))


def shape(text: str) -> tuple[int, int, frozenset[str]]:
    """How many gaps and checks a text has and which names: the same in every language."""
    marks = list(parse(text))
    return (
        sum(mark.kind == "gap" for mark in marks),
        sum(mark.kind == "check" for mark in marks),
        names(text),
    )
