"""Text that stands for itself in the formats that read it as more: Markdown, and tables for spreadsheets.

A cell never begins with what a spreadsheet would run as a formula (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from advisor.wording import clean

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")

_ANYWHERE = re.compile(r"[\\`*_{}\[\]|~$]")
_AT_START = re.compile(r"([-+=#:]|\d{1,9}(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BLANKS = re.compile(r"\s+")


def inline(text: str) -> str:
    """Text inside a line of Markdown: whatever means something to Markdown or HTML stands for itself."""
    return _ANYWHERE.sub(lambda found: "\\" + found[0], _BLANKS.sub(" ", text).translate(_ENTITIES))


def line(text: str) -> str:
    """A whole line of Markdown, escaped already: nothing at its start begins a list, a heading or a rule."""
    start = _AT_START.match(text)
    if start is None:
        return text
    # A number is escaped at the dot that would make it a list, everything else at itself.
    place = start.end() if start[0].isdigit() else 0
    return f"{text[:place]}\\{text[place:]}"


def escaped(text: str) -> str:
    """Text that stands for itself in Markdown, on one line, wherever it is put."""
    return line(inline(clean(text)))


def cell(text: str) -> str:
    """Text that a spreadsheet shows and never runs. Lines inside a cell stay; other control characters go."""
    lines = [clean(item) for item in text.split("\n")]
    found = "\n".join(item for item in lines if item)
    return f"'{found}" if found.startswith(_FORMULA) else found


def table(rows: Iterable[Sequence[str]], *, semicolons: bool, bom: bool) -> str:
    """A table as CSV, RFC 4180. Spreadsheets set to Latvian expect semicolons; some take UTF-8 only after a BOM."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if semicolons else ",", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(text) for text in row] for row in rows)
    return (BOM if bom else "") + target.getvalue()
