"""A document for Word. Gaps and checks are highlighted; working notes begin on a page of their own."""

from __future__ import annotations

import io
from collections.abc import Iterable

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from advisor.documents.formats.archive import settled
from advisor.documents.structure import Block, Document, Heading, Items, Paragraph, Table, Words

_HIGHLIGHTS = {"gap": WD_COLOR_INDEX.YELLOW, "check": WD_COLOR_INDEX.TURQUOISE}
_LANGUAGES = {"en": "en-GB", "lv": "lv-LV"}


def word(document: Document, day: str) -> bytes:
    """The Word file. Registers lie on their side, since their tables are wide."""
    file = docx.Document()
    _set_up(file, document)
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


def _table(file: WordFile, table: Table) -> None:
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


def _runs(paragraph: WordParagraph, words: Words, bold: bool = False) -> None:
    for span in words:
        run = paragraph.add_run(span.text)
        run.bold = True if bold or span.kind == "strong" else None
        if span.kind in _HIGHLIGHTS:
            run.font.highlight_color = _HIGHLIGHTS[span.kind]
