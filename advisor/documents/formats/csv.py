"""The tables of a register as CSV for spreadsheets: UTF-8 with a mark, so that Excel shows Latvian letters."""

from __future__ import annotations

from advisor.documents.structure import Table, plain
from advisor.render.escaping import table


def table_csv(found: Table, *, semicolons: bool = False) -> str:
    """One table as the text of a CSV file. No cell is a formula for any spreadsheet."""
    rows = [found.header, *(row.cells for row in found.rows)]
    return table(([plain(cell) for cell in row] for row in rows), semicolons=semicolons, bom=True)
