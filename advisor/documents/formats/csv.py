"""The tables of a register as CSV for spreadsheets: UTF-8 with a mark, so that Excel shows Latvian letters."""

from __future__ import annotations

import csv
import io

from advisor.documents.structure import Table, plain
from advisor.render.csv import BOM, safe_cell


def table_csv(table: Table, *, semicolons: bool = False) -> str:
    """One table as the text of a CSV file (RFC 4180). No cell is a formula for any spreadsheet."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if semicolons else ",", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(plain(cell)) for cell in table.header])
    for row in table.rows:
        writer.writerow([safe_cell(plain(cell)) for cell in row.cells])
    return BOM + target.getvalue()
