"""What a document is before it has a format: headings, paragraphs, lists and tables of pieces of text.

A piece is plain, strong, a gap to be filled in or a thing to be checked; formats show the last two so that nobody
overlooks them. Every block remembers the part of the template and the row (purpose, recipient, ...) it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.model import Locale

SpanKind = Literal["plain", "strong", "gap", "check"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text. That of a gap or check already says what it is: "[to fill in: ...]"."""

    text: str
    kind: SpanKind = "plain"


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`level` 2 or 3 (the title of the document is 1); `number` as people cite it, empty if headings have none."""

    level: int
    words: Words
    number: str = ""
    part: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`quote`: a text to be copied and sent or published, as against words about it."""

    words: Words
    quote: bool = False
    part: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    words: Words
    part: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list; with `boxes` each item is a box to tick, never ticked beforehand."""

    items: tuple[Item, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    cells: tuple[Words, ...]
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row. `caption` names it where it stands alone, as a sheet or a file."""

    caption: str
    header: tuple[Words, ...]
    rows: tuple[Row, ...]
    part: str = ""


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A drafted document. `annex` are the working notes, which do not belong to what is published."""

    id: str
    locale: Locale
    title: str
    public: bool
    register: bool
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...] = ()

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


def plain(words: Iterable[Span]) -> str:
    """The text without its kinds."""
    return "".join(span.text for span in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A run of words in a document, with the part and row it came from.

    `label` says what it is about (the strong words before a point, the heading of a column), `about` whom (the first
    cell of its row in a table).
    """

    part: str
    row: str
    words: Words
    label: str = ""
    about: Words = ()


def lines(block: Block) -> Iterator[Line]:
    """Every run of words of a block, without the headings of tables."""
    if isinstance(block, Items):
        yield from (
            Line(part=item.part, row=item.row, words=item.words, label=_label(item.words)) for item in block.items
        )
    elif isinstance(block, Table):
        for row in block.rows:
            for heading, cell in zip(block.header, row.cells, strict=True):
                yield Line(part=block.part, row=row.row, words=cell, label=plain(heading), about=row.cells[0])
    else:
        yield Line(part=block.part, row=block.row, words=block.words)


def _label(words: Words) -> str:
    return words[0].text.rstrip(":") if words and words[0].kind == "strong" else ""


def joined(parts: Iterable[Words], separator: str) -> Words:
    """Several runs of words with a separator between them."""
    found: list[Span] = []
    for part in parts:
        if found:
            found.append(Span(separator))
        found.extend(part)
    return tuple(found)
