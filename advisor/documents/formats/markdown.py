"""A document as Markdown (CommonMark with tables). Nothing in the texts is read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.documents.structure import Block, Document, Heading, Items, Paragraph, Table, Words
from advisor.render.brand import Brand
from advisor.render.escaping import escaped, inline, line


def markdown(document: Document, brand: Brand | None = None) -> str:
    """The whole document with its working notes after a rule."""
    head = [", ".join(escaped(said) for said in brand.said())] if brand is not None and brand.said() else []
    chunks = [*head, f"# {line(inline(document.title))}", *_blocks(document.blocks)]
    if document.annex:
        chunks.extend(["---", *_blocks(document.annex)])
    return "\n\n".join(chunks) + "\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            number = f"{block.number} " if block.number else ""
            yield f"{'#' * block.level} {number}{_inline(block.words)}"
        elif isinstance(block, Paragraph):
            yield f"> {line(_inline(block.words))}" if block.quote else line(_inline(block.words))
        elif isinstance(block, Items):
            yield "\n".join(f"- {'☐ ' if block.boxes else ''}{line(_inline(item.words))}" for item in block.items)
        else:
            yield _table(block)


def _table(table: Table) -> str:
    rows = [[_inline(cell) for cell in table.header], ["---"] * len(table.header)]
    rows.extend([_inline(cell) for cell in row.cells] for row in table.rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _inline(words: Words) -> str:
    found = []
    for span in words:
        text = inline(span.text)
        if span.kind != "plain" and text.strip():
            # Emphasis must touch its words: blanks at the edges stay outside.
            inner = text.strip()
            before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
            text = f"{before}**{inner}**{after}"
        found.append(text)
    return "".join(found)
