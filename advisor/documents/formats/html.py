"""A document as one self-contained HTML page: no script, nothing loaded, readable in light and dark, printable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from advisor.documents.structure import Block, Document, Heading, Items, Paragraph, Table, Words, plain

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --line: #c8ced6; --aside: #f4f5f7;
  --gap: #fff1b8; --gap-ink: #5c3b00; --check: #dbeafe; --check-ink: #14397d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #16191d; --line: #454d57; --aside: #1f242a;
    --gap: #4d3800; --gap-ink: #ffe08a; --check: #16305e; --check-ink: #bcd6ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
main.wide { max-width: 100rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.5rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 1.5rem 0 .4rem; }
p, ul { margin: .5rem 0; }
ul { padding-left: 1.3rem; }
li { margin: .2rem 0; }
ul.boxes { list-style: none; padding-left: 0; }
ul.boxes li { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; padding: .6rem .8rem .6rem 2.3rem;
  text-indent: -1.5rem; }
.box { display: inline-block; width: 1.5rem; text-indent: 0; }
p.quote { border-left: 4px solid var(--line); margin: 0; padding: .35rem 0 .35rem .9rem; }
.frame { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border: 1px solid var(--line); padding: .4rem .55rem; text-align: left; vertical-align: top; min-width: 6rem;
  overflow-wrap: normal; }
th { background: var(--aside); }
mark { border-radius: .2rem; padding: 0 .15rem; }
mark.gap { background: var(--gap); color: var(--gap-ink); }
mark.check { background: var(--check); color: var(--check-ink); }
aside { margin-top: 3rem; border: 2px dashed var(--line); border-radius: .5rem; background: var(--aside);
  padding: .2rem 1.2rem 1rem; }
aside h2 { margin-top: 1rem; }
@page { size: A4; margin: 1.5cm; }
@page wide { size: A4 landscape; margin: 1cm; }
@media print {
  main { max-width: none; padding: 0; }
  main.wide { page: wide; }
  .frame { overflow: visible; }
  table { font-size: .8rem; }
  th, td { min-width: 0; overflow-wrap: break-word; hyphens: auto; }
  main.wide table { font-size: .55rem; }
  main.wide th, main.wide td { padding: .15rem .25rem; }
  aside { break-before: page; }
  h2, h3 { break-after: avoid; }
  tr { break-inside: avoid; } }
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(document: Document) -> str:
    """The whole page; the working notes stand in an aside of their own."""
    title = escape(document.title)
    parts = [
        "<!doctype html>",
        f'<html lang="{document.locale.value}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        '<main class="wide">' if document.register else "<main>",
        f"<h1>{title}</h1>",
        *_blocks(document.blocks),
    ]
    if document.annex:
        heading = next(block for block in document.annex if isinstance(block, Heading))
        parts += [f'<aside aria-label="{escape(plain(heading.words))}">', *_blocks(document.annex), "</aside>"]
    parts += ["</main>", "</body>", "</html>"]
    return "\n".join(parts) + "\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            number = f"{escape(block.number)} " if block.number else ""
            yield f"<h{block.level}>{number}{_inline(block.words)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            yield ('<p class="quote">' if block.quote else "<p>") + _inline(block.words) + "</p>"
        elif isinstance(block, Items):
            box = '<span class="box" aria-hidden="true">☐</span>' if block.boxes else ""
            yield '<ul class="boxes">' if block.boxes else "<ul>"
            yield from (f"<li>{box}{_inline(item.words)}</li>" for item in block.items)
            yield "</ul>"
        else:
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    # A table wider than the screen is scrolled by itself; the keyboard must be able to reach it.
    yield f'<div class="frame" role="region" tabindex="0" aria-label="{escape(table.caption)}"><table>'
    yield "<thead>" + _row(table.header, '<th scope="col">', "</th>") + "</thead>"
    yield "<tbody>"
    yield from (_row(row.cells, "<td>", "</td>") for row in table.rows)
    yield "</tbody></table></div>"


def _row(cells: Iterable[Words], before: str, after: str) -> str:
    return f"<tr>{''.join(before + _inline(cell) + after for cell in cells)}</tr>"


def _inline(words: Words) -> str:
    found = []
    for span in words:
        text = escape(span.text)
        if span.kind == "strong":
            text = f"<strong>{text}</strong>"
        elif span.kind != "plain":
            text = f'<mark class="{span.kind}">{text}</mark>'
        found.append(text)
    return "".join(found)
