"""A document for Word. Gaps and checks are highlighted; working notes begin on a page of their own."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as WordParagraph

from advisor.documents.formats.archive import settled
from advisor.documents.structure import Block, Document, Heading, Items, Paragraph, Table, Words
from advisor.render.brand import LIGHT, Brand, readable

_HIGHLIGHTS = {"gap": WD_COLOR_INDEX.YELLOW, "check": WD_COLOR_INDEX.TURQUOISE}
_LANGUAGES = {"en": "en-GB", "lv": "lv-LV"}


def word(document: Document, day: str, brand: Brand | None = None) -> bytes:
    """The Word file. Registers lie on their side, since their tables are wide."""
    file = docx.Document()
    _set_up(file, document)
    if brand is not None:
        _branded(file, brand)
    file.add_heading(document.title, level=0)
    _blocks(file, document.blocks)
    if document.annex:
        file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _blocks(file, document.annex)
    buffer = io.BytesIO()
    file.save(buffer)
    return settled(buffer.getvalue(), day)


def _set_up(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title = document.title
    properties.author = "advisor"
    properties.comments = ""
    properties.language = _LANGUAGES[document.locale.value]
    style = file.styles["Normal"]
    style.font.name = "Calibri"
    style.font.size = Pt(9 if document.register else 11)
    language = OxmlElement("w:lang")  # so that Word checks the spelling of the right language
    language.set(qn("w:val"), _LANGUAGES[document.locale.value])
    style.element.get_or_add_rPr().append(language)
    if document.register:
        section = file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = Cm(1.5)


def _branded(file: WordFile, brand: Brand) -> None:
    """The letterhead on every page, and headings in the brand's colour as dark as reading needs."""
    if brand.colour:
        colour = RGBColor.from_string(readable(brand.colour, LIGHT).removeprefix("#").upper())
        for name in ("Title", "Heading 1", "Heading 2"):
            file.styles[name].font.color.rgb = colour
    section = file.sections[0]
    section.top_margin, section.header_distance = Cm(3.2), Cm(1)
    line = section.header.paragraphs[0]
    if data := brand.png():
        with contextlib.suppress(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            line.add_run().add_picture(io.BytesIO(data), height=Cm(1.2))
            line.add_run("  ")
    for number, said in enumerate(brand.said()):
        run = line.add_run(said if number == 0 else f" · {said}")
        run.bold = True if said == brand.name and number == 0 else None
        run.font.size = Pt(9)


def _blocks(file: WordFile, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            number = f"{block.number} " if block.number else ""
            heading = file.add_heading(number, level=block.level - 1)
            _runs(heading, block.words)
        elif isinstance(block, Paragraph):
            _runs(file.add_paragraph(style="Quote" if block.quote else None), block.words)
        elif isinstance(block, Items):
            for item in block.items:
                paragraph = file.add_paragraph(style=None if block.boxes else "List Bullet")
                if block.boxes:
                    paragraph.add_run("☐ ")
                _runs(paragraph, item.words)
        else:
            _table(file, block)


_MOST_COLUMNS = 8
"""A table with more columns than this cannot be read on a page; its rows are written one below the other."""
_CARD = (Cm(7), Cm(17.5))


def _table(file: WordFile, table: Table) -> None:
    if len(table.header) > _MOST_COLUMNS:
        _cards(file, table)
        return
    made = file.add_table(rows=1, cols=len(table.header), style="Table Grid")
    made.autofit = True
    for cell, words in zip(made.rows[0].cells, table.header, strict=True):
        _runs(cell.paragraphs[0], words, bold=True)
    repeated = OxmlElement("w:tblHeader")  # the header again on every page
    repeated.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        for cell, words in zip(made.add_row().cells, row.cells, strict=True):
            _runs(cell.paragraphs[0], words)
    file.add_paragraph()


def _cards(file: WordFile, table: Table) -> None:
    """A row as a table of its own: its name, then what each column says."""
    for row in table.rows:
        made = file.add_table(rows=1, cols=2, style="Table Grid")
        made.autofit = False
        for column, width in zip(made.columns, _CARD, strict=True):
            column.width = width
        title = made.rows[0].cells[0].merge(made.rows[0].cells[1])
        _runs(title.paragraphs[0], row.cells[0], bold=True)
        title.paragraphs[0].paragraph_format.keep_with_next = True
        _shaded(title)
        for heading, words in zip(table.header[1:], row.cells[1:], strict=True):
            cells = made.add_row().cells
            _runs(cells[0].paragraphs[0], heading)
            _runs(cells[1].paragraphs[0], words)
        for line in made.rows[1:]:
            for cell, width in zip(line.cells, _CARD, strict=True):
                cell.width = width
        file.add_paragraph()


def _shaded(cell: Cell) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "E7EAEE")
    cell._tc.get_or_add_tcPr().append(shading)


def _runs(paragraph: WordParagraph, words: Words, bold: bool = False) -> None:
    for span in words:
        run = paragraph.add_run(span.text)
        run.bold = True if bold or span.kind == "strong" else None
        if span.kind in _HIGHLIGHTS:
            run.font.highlight_color = _HIGHLIGHTS[span.kind]
