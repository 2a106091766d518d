"""A document as one self-contained HTML page: no script, nothing loaded, readable in light and dark, printable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from advisor.documents.structure import Block, Document, Heading, Items, Paragraph, Table, Words, plain
from advisor.render.brand import Brand

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2125; --paper: #ffffff; --line: #c8ced6; --aside: #f2f4f6;
  --stripe: #1a5fb4; --accent: #1a5fb4; --gap: #fff1b8; --gap-ink: #5c3b00; --check: #dbeafe; --check-ink: #14397d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #15181c; --line: #454d57; --aside: #20252a; --stripe: #8ab8ff; --accent: #8ab8ff;
    --gap: #4d3800; --gap-ink: #ffe08a; --check: #16305e; --check-ink: #bcd6ff; } }
@media print {
  :root { color-scheme: light; --ink: #000000; --paper: #ffffff; --line: #999999; --aside: #ffffff;
    --stripe: #1a5fb4; --accent: #1a5fb4; --gap: #fff1b8; --gap-ink: #5c3b00; --check: #dbeafe; --check-ink: #14397d; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
main.wide { max-width: 100rem; }
header { border-top: .5rem solid var(--stripe); padding-top: 1.5rem; }
.brand { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; margin-bottom: 1.2rem; }
.brand img { max-width: 12rem; max-height: 5rem; background: #ffffff; padding: .25rem; border-radius: 4px; }
.brand p { margin: 0; }
h1, h2, h3 { text-wrap: balance; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.5rem; color: var(--accent); }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.2rem 0 .6rem; color: var(--accent); }
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
tbody th { font-weight: 600; background: var(--paper); }
aside tbody th { background: none; font-weight: 400; }
main.wide tbody th { position: sticky; left: 0; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
mark { border-radius: .2rem; padding: 0 .15rem; }
mark.gap { background: var(--gap); color: var(--gap-ink); }
mark.check { background: var(--check); color: var(--check-ink); }
aside { margin-top: 3rem; border: 2px dashed var(--line); border-radius: .5rem; background: var(--aside);
  padding: .2rem 1.2rem 1rem; }
aside h2 { margin-top: 1rem; }
.frame:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@page { size: A4; margin: 1.5cm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
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

_POLICY = "default-src 'none'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"


def html(document: Document, brand: Brand | None = None) -> str:
    """The whole page; the working notes stand in an aside of their own."""
    title = escape(document.title)
    style = _STYLE + (brand.style() if brand is not None else "")
    parts = [
        "<!doctype html>",
        f'<html lang="{document.locale.value}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(style=_hash(style))}">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        '<main class="wide">' if document.register else "<main>",
        "<header>",
        *_brand(brand),
        f"<h1>{title}</h1>",
        "</header>",
        *_blocks(document.blocks),
    ]
    if document.annex:
        heading = next(block for block in document.annex if isinstance(block, Heading))
        parts += [f'<aside aria-label="{escape(plain(heading.words))}">', *_blocks(document.annex), "</aside>"]
    parts += ["</main>", "</body>", "</html>"]
    return "\n".join(parts) + "\n"


def _brand(brand: Brand | None) -> Iterator[str]:
    """Logo, name and contact of who hands the document over. The name says what the logo shows."""
    if brand is None or not (brand.said() or brand.logo):
        return
    yield '<div class="brand">'
    if brand.logo:
        yield f'<img src="{brand.logo}" alt="">'
    if brand.said():
        name = [f"<strong>{escape(brand.name)}</strong>"] if brand.name else []
        yield f"<p>{'<br>'.join([*name, *map(escape, brand.contact)])}</p>"
    yield "</div>"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


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
    caption = escape(table.caption)
    yield f'<div class="frame" role="region" tabindex="0" aria-label="{caption}"><table>'
    yield f'<caption class="hidden">{caption}</caption>'
    heading = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in table.header)
    yield f"<thead><tr>{heading}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        name, *rest = row.cells
        yield f'<tr><th scope="row">{_inline(name)}</th>{"".join(f"<td>{_inline(cell)}</td>" for cell in rest)}</tr>'
    yield "</tbody></table></div>"


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
