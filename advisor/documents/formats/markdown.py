"""A document as Markdown (CommonMark with tables). Nothing in the texts is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor.documents.structure import Block, Document, Heading, Items, Paragraph, Table, Words

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_STARTS = re.compile(r"(?P<mark>[-+#=:]|(?P<number>\d{1,9})[.)])")


def markdown(document: Document) -> str:
    """The whole document with its working notes after a rule."""
    chunks = [f"# {_line(_escaped(document.title))}", *_blocks(document.blocks)]
    if document.annex:
        chunks.extend(["---", *_blocks(document.annex)])
    return "\n\n".join(chunks) + "\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            number = f"{block.number} " if block.number else ""
            yield f"{'#' * block.level} {number}{_inline(block.words)}"
        elif isinstance(block, Paragraph):
            yield f"> {_line(_inline(block.words))}" if block.quote else _line(_inline(block.words))
        elif isinstance(block, Items):
            yield "\n".join(f"- {'☐ ' if block.boxes else ''}{_line(_inline(item.words))}" for item in block.items)
        else:
            yield _table(block)


def _table(table: Table) -> str:
    rows = [[_inline(cell) for cell in table.header], ["---"] * len(table.header)]
    rows.extend([_inline(cell) for cell in row.cells] for row in table.rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _inline(words: Words) -> str:
    found = []
    for span in words:
        text = _escaped(span.text)
        if span.kind != "plain" and text.strip():
            # Emphasis must touch its words: blanks at the edges stay outside.
            inner = text.strip()
            before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
            text = f"{before}**{inner}**{after}"
        found.append(text)
    return "".join(found)


def _escaped(text: str) -> str:
    """Every character that means something to Markdown or HTML made to stand for itself, on one line."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text).translate(_ENTITIES))


def _line(text: str) -> str:
    """A line of its own: what would begin a list, a heading or a rule is escaped."""
    found = _STARTS.match(text)
    if found is None:
        return text
    if found["number"] is not None:
        return f"{found['number']}\\{text[len(found['number']) :]}"
    return f"\\{text}"
