"""The tables of a register as an Excel workbook, one sheet each. Every cell is text: nothing is calculated."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from advisor.documents.formats.archive import settled
from advisor.documents.structure import Document, Table, Words, plain

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_WIDEST, _NARROWEST = 60, 12

_SIDE = Side(style="thin", color="C8CED6")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_TOP = Alignment(vertical="top", wrap_text=True)
_GAP = PatternFill("solid", fgColor="FFF1B8")
_HEADER = PatternFill("solid", fgColor="E7EAEE")


def xlsx(document: Document, day: str) -> bytes:
    """The workbook of a register."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = document.title
    book.properties.creator = "advisor"
    for table in document.tables():
        _sheet(book, table)
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue(), day)


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_title(table.caption, book.sheetnames))
    for column, words in enumerate(table.header, start=1):
        cell = _write(sheet, 1, column, words)
        cell.font = Font(bold=True)
        cell.fill = _HEADER
    for number, row in enumerate(table.rows, start=2):
        for column, words in enumerate(row.cells, start=1):
            cell = _write(sheet, number, column, words)
            if any(span.kind in ("gap", "check") for span in words):
                cell.fill = _GAP
    for column in range(1, len(table.header) + 1):
        texts = [plain(table.header[column - 1]), *(plain(row.cells[column - 1]) for row in table.rows)]
        width = max(len(text) for text in texts) // 2 + 4
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(_NARROWEST, width))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _write(sheet: Worksheet, row: int, column: int, words: Words):  # type: ignore[no-untyped-def]
    """A cell that holds text and nothing else, whatever the text begins with."""
    cell = sheet.cell(row=row, column=column)
    cell.value = plain(words)
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = _TOP
    cell.border = _BORDER
    return cell


def _title(caption: str, taken: list[str]) -> str:
    """A name a sheet may have: short, without the characters Excel forbids, and not taken."""
    title = _NOT_IN_TITLES.sub(" ", caption).split("(")[0].strip()[:_LONGEST_TITLE].strip() or "-"
    number = 2
    while title in taken:
        title, number = f"{title[: _LONGEST_TITLE - 3]} {number}", number + 1
    return title
