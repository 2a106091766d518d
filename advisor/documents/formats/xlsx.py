"""The tables of a register as an Excel workbook, one sheet each. Every cell is text: nothing is calculated."""

from __future__ import annotations

import io
import re
import textwrap

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from advisor.documents.formats.archive import settled
from advisor.documents.structure import Document, Table, Words, plain
from advisor.render.brand import Brand

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_LONGEST_HEADER = 200
_WIDEST, _NARROWEST = 60, 12
_ACROSS = 230
"""How many characters fit beside one another where a page on its side can still be read."""
_LINE_POINTS = 15

_SIDE = Side(style="thin", color="C8CED6")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_TOP = Alignment(vertical="top", wrap_text=True)
_GAP = PatternFill("solid", fgColor="FFF1B8")
_HEADER = PatternFill("solid", fgColor="E7EAEE")


def xlsx(document: Document, day: str, brand: Brand | None = None) -> bytes:
    """The workbook of a register; a brand stands at the top of its printed pages and colours the tabs."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = document.title
    book.properties.creator = "advisor"
    for table in document.tables():
        _sheet(book, table)
    for sheet in book.worksheets:
        sheet.oddFooter.center.text = "&P / &N"
        if brand is not None:
            sheet.oddHeader.left.text = " · ".join(brand.said()).replace("&", "&&")[:_LONGEST_HEADER] or None
            sheet.sheet_properties.tabColor = brand.colour.removeprefix("#") or None
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
    widths = _widths(table)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    # Programs that open the file need not work the heights out, and not all of them do.
    for number, cells in enumerate((table.header, *(row.cells for row in table.rows)), start=1):
        needed = max(_lines(plain(words), width) for words, width in zip(cells, widths, strict=True))
        sheet.row_dimensions[number].height = needed * _LINE_POINTS
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _widths(table: Table) -> list[int]:
    """The width of each column in characters: room for what it holds, and for all of them on one page."""
    widest = max(_NARROWEST, min(_WIDEST, _ACROSS // len(table.header) + 4))
    found = []
    for column, heading in enumerate(table.header):
        texts = [plain(heading), *(plain(row.cells[column]) for row in table.rows)]
        found.append(min(widest, max(_NARROWEST, max(len(text) for text in texts) // 2 + 4)))
    return found


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a little too many rather than too few."""
    return max(1, len(textwrap.wrap(text, width=max(1, width - 2))))


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
