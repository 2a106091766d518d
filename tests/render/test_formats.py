"""Every reference shop in every format and both languages: each is well-formed and keeps its own rules."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from icalendar import Calendar

from advisor.model import Locale
from advisor.render.csv import COLUMNS, plan_csv
from advisor.render.escaping import BOM
from advisor.render.handout import Handout
from advisor.render.html import plan_html
from advisor.render.ics import MONTHS, plan_ics
from advisor.render.json import plan_json
from advisor.render.markdown import plan_markdown
from tests.render.pages import Page
from tests.render.shops import EVERY

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "schema" / "plan-1.json").read_text("utf-8"))


@pytest.fixture(params=EVERY, ids=lambda pair: f"{pair[0].stem}-{pair[1].value}")
def found(request: pytest.FixtureRequest, handout_of: Callable[[Path, Locale], Handout]) -> Handout:
    path, locale = request.param
    return handout_of(path, locale)


def test_markdown(found: Handout) -> None:
    text = plan_markdown(found)
    assert text.count("\n# ") + text.startswith("# ") == 1
    boxes = sum(len(entry.boxes) for entry in found.entries())
    assert len(re.findall(r"^\* \[[ x]\] ", text, re.MULTILINE)) == boxes
    assert len(re.findall(r"^\* \[x\] ", text, re.MULTILINE)) == 1
    headings = re.findall(r"^#### (\d+)\. ", text, re.MULTILINE)
    assert sorted(map(int, headings)) == [entry.line.rank for entry in found.entries()]
    assert "\n\n\n" not in text and not re.search(r"[ \t]$", text, re.MULTILINE)


def test_html(found: Handout) -> None:
    text = plan_html(found)
    page = Page(text)
    assert page.of("html")[0]["lang"] == found.locale.value
    boxes = [item["data-box"] for item in page.of("input")]
    assert sorted(boxes) == sorted(f"{entry.line.id}|{box.of}" for entry in found.entries() for box in entry.boxes)
    assert sum("checked" in item for item in page.of("input")) == 1
    for entry in found.entries():
        urls = {item["href"] for item in page.of("a")}
        assert {item.url for item in entry.references} <= urls
    assert len(page.of("details")) == len(found.entries()) + len(found.page.maybe)


def test_html_stands_alone(found: Handout) -> None:
    """Nothing is loaded, nothing runs but the page's own script, and every link inside it arrives."""
    text = plan_html(found)
    page = Page(text)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        assert tag not in ("link", "iframe", "object", "embed", "form", "base"), tag
        assert "src" not in attributes or attributes["src"].startswith("data:image/"), attributes
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= set(ids), attributes
    for link in page.of("a"):
        assert link["href"].startswith(("https://", "http://", "#")), link
        assert not link["href"].startswith("#") or link["href"][1:] in ids, link
    policy = next(item["content"] for item in page.of("meta") if item.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        assert len(page.of(tag)) == 1 and page.of(tag)[0] == {}
        digest = hashlib.sha256("".join(page.texts[tag]).encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "url(" not in "".join(page.texts["style"]) and "@import" not in "".join(page.texts["style"])


def test_html_headings_go_down_one_at_a_time(found: Handout) -> None:
    levels = [int(tag[1]) for tag, _ in Page(plan_html(found)).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_csv(found: Handout) -> None:
    rows = list(csv.reader(io.StringIO(plan_csv(found), newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    kinds = [row[0] for row in rows[1:]]
    boxes = [box for entry in found.entries() for box in entry.boxes]
    assert kinds.count(found.say("export.kind.action")) == len(boxes)
    status = [row[COLUMNS.index("status")] for row in rows]
    assert status.count(found.say("export.status.done")) == 1


def test_csv_for_spreadsheets(handout_of: Callable[[Path, Locale], Handout]) -> None:
    """Other separators and a byte order mark change nothing in the cells."""
    found = handout_of(*EVERY[1])
    usual, excel = plan_csv(found), plan_csv(found, semicolons=True, bom=True)
    assert not usual.startswith(BOM) and excel.startswith(BOM)
    read = list(csv.reader(io.StringIO(excel.removeprefix(BOM), newline=""), delimiter=";"))
    assert read == list(csv.reader(io.StringIO(usual, newline="")))


def test_ics(found: Handout) -> None:
    data = plan_ics(found)
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    plan = found.page.plan
    recurring = [entry for entry in found.entries() if entry.line.action.due in MONTHS]
    rules = [(event["RRULE"]["FREQ"], event["RRULE"].get("INTERVAL", [1])) for event in events if "RRULE" in event]
    every = {"every_3_months": (["MONTHLY"], [3]), "every_12_months": (["YEARLY"], [1])}
    assert sorted(rules) == sorted(every[entry.line.action.due] for entry in recurring)
    days = {event["DTSTART"].dt.isoformat() for event in events if "CATEGORIES" in event}
    wanted = {found.deadline(entry.line.band) for entry in found.entries() if entry not in recurring} - {""}
    assert days == wanted and min(days) >= plan.as_of
    assert {item.day for item in plan.upcoming} <= {event["DTSTART"].dt.isoformat() for event in events}


def test_json_keeps_its_schema(found: Handout) -> None:
    data = plan_json(found)
    jsonschema.validate(json.loads(json.dumps(data)), SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [item["id"] for item in data["actions"] if not item["maybe"]] == [e.line.id for e in found.entries()]
    assert data["notes"] == list(found.page.notes) and data["disclaimer"] == found.disclaimer()
    assert [box["status"] for item in data["actions"] for box in item["boxes"]].count("done") == 1


def test_the_same_case_gives_the_same_bytes(handout_of: Callable[[Path, Locale], Handout]) -> None:
    found = handout_of(*EVERY[0])
    for write in (plan_markdown, plan_html, plan_csv, plan_ics):
        assert write(found) == write(found)
