"""Names and notes that try to break out: in no format do they become anything but text."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

import pytest
from icalendar import Calendar

from advisor.render.csv import plan_csv
from advisor.render.escaping import cell as safe_cell
from advisor.render.escaping import escaped
from advisor.render.handout import Handout
from advisor.render.html import plan_html
from advisor.render.ics import plan_ics
from advisor.render.json import plan_json
from advisor.render.markdown import link, plan_markdown
from advisor.render.text import PlanText, plain
from tests.render.pages import Page
from tests.render.shops import HOSTILE

# Control and format characters: direction overrides, escapes, invisible joiners, line separators.
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def test_the_words_are_there(hostile: Handout) -> None:
    """Harmless does not mean gone: what can be shown is shown."""
    shown = [*hostile.page.notes, *(recipient.name for recipient in hostile.flow.recipients)]
    for text in HOSTILE:
        printable = "".join(char if char >= " " else " " for char in text if unicodedata.category(char) != "Cf")
        assert shown.count(" ".join(printable.split())) == 2, text


def test_html(hostile: Handout) -> None:
    text = plan_html(hostile)
    page = Page(text)
    assert len(page.of("script")) == 1 and len(page.of("style")) == 1 and page.of("img") == []
    assert text.count("<script") == text.count("</script") == 1
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert "javascript:" not in attributes.get("href", "")
    assert not UNSAFE.search(text)
    assert "{{ 7 * 191 }}{% raw %}" in page.text() and "1337" not in page.text()
    assert set(HOSTILE[:3]) <= set(hostile.page.notes)
    for note in hostile.page.notes:
        assert note in page.text(), note


def test_markdown(hostile: Handout) -> None:
    text = plan_markdown(hostile)
    assert not UNSAFE.search(text)
    assert "<script" not in text and not re.search(r"<(?!https?://)", text)  # nothing but addresses in <>
    assert not re.search(r"(?<!\\)!\[", text)
    assert not re.search(r"\]\((?!<https?://)", re.sub(r"\\.", "", text))  # every link is one of ours
    assert not re.search(r"^\s*(BEGIN|SUMMARY):", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) > len(HOSTILE)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. one", "1\\. one"),
        ("2) two", "2\\) two"),
        ("# not a heading", "\\# not a heading"),
        ("- a + b", "\\- a + b"),
        ("=====", "\\====="),
        ("C-311/18 Schrems II", "C-311/18 Schrems II"),
        ("SIA \u201eSveces\u201d & Co <x>", "SIA „Sveces” &amp; Co &lt;x&gt;"),
        ("a_b *c* `d` [e](f)", "a\\_b \\*c\\* \\`d\\` \\[e\\](f)"),
        ("two\nlines", "two lines"),
        ("", ""),
    ],
)
def test_markdown_escapes_what_means_something_and_no_more(text: str, written: str) -> None:
    assert escaped(text) == written


def test_markdown_links_only_to_web_addresses() -> None:
    assert link("a", "https://example.org/x_(y)") == "[a](<https://example.org/x_(y)>)"
    for url in ("javascript:alert(1)", "https://a.example/> <b", "", "data:text/html,x", "http://a.example/\nb"):
        assert link("a", url) == "a"


def test_csv(hostile: Handout) -> None:
    for semicolons in (False, True):
        text = plan_csv(hostile, semicolons=semicolons)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",", strict=True))
        assert len({len(row) for row in rows}) == 1
        assert not UNSAFE.search(text)
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", " ")), cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "\r=1", "\n=1", "＝1", "\u202e=1", "|x", "%0A"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")


def test_cells_stay_as_they_are_otherwise() -> None:
    assert safe_cell("a=b; c-d\n\n- e") == "a=b; c-d\n- e"


def test_ics(hostile: Handout) -> None:
    data = plan_ics(hostile)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line
    text = data.decode("utf-8").replace("\r\n ", "")
    assert not UNSAFE.search(text)
    lines = text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(Calendar.from_ical(data).walk("VEVENT"))
    assert all(re.match(r"[A-Z][A-Z0-9-]*(;[^:]*)?:", line) for line in lines if line)
    assert "SUMMARY:mine" not in lines
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [error for event in events for error in event.errors] == []
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event) for event in events)


def test_json(hostile: Handout) -> None:
    data = json.loads(json.dumps(plan_json(hostile)))
    assert data["notes"][0] == HOSTILE[0]
    assert not UNSAFE.search(json.dumps(data, ensure_ascii=False))


def test_terminal(hostile: Handout) -> None:
    for width in (40, 80):
        text = PlanText(hostile.consultation, hostile.page, width, details=True)
        for lines in (text.lines(), text.part(), text.overview()):
            shown = plain(lines)
            assert not UNSAFE.search(shown)
            assert "BEGIN:VEVENT" not in {line.strip() for line in shown.splitlines()}
