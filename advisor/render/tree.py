"""Trees of text: drawn with guide lines for terminals, or as an indented list that a screen reader can follow.

Knows nothing of what the texts are about; wraps them to the width of the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NARROWEST = 30
"""Columns that a text keeps, however deep it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A text with what stands below it. An empty text is a blank line."""

    text: str
    parts: tuple[Branch, ...] = ()


def leaf(text: str) -> Branch:
    return Branch(text=text)


def draw(branches: Iterable[Branch], width: int, guides: bool) -> Iterator[str]:
    """The lines of some trees one below the other, each text at most `width` columns wide."""
    for branch in branches:
        yield from _wrapped(branch.text, width, "", "")
        yield from _below(branch.parts, width, guides, "")


def _below(parts: tuple[Branch, ...], width: int, guides: bool, indent: str) -> Iterator[str]:
    for number, part in enumerate(parts, start=1):
        last = number == len(parts)
        first, rest = ("└─ " if last else "├─ ", "   " if last else "│  ") if guides else ("- ", "  ")
        yield from _wrapped(part.text, width, indent + first, indent + rest)
        yield from _below(part.parts, width, guides, indent + rest)


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        width=max(width, len(rest) + NARROWEST),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
