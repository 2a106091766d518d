"""What a plan must always say, in every format: a table of things to be shown against ways of showing them."""

from __future__ import annotations

import csv
import functools
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from icalendar import Calendar

from advisor.case import Case
from advisor.interview import Interview
from advisor.model import Locale, Mark
from advisor.render.csv import plan_csv
from advisor.render.handout import Handout, handout
from advisor.render.html import plan_html
from advisor.render.ics import plan_ics
from advisor.render.json import plan_json
from advisor.render.markdown import plan_markdown
from advisor.render.text import PlanText, plain
from tests.render.pages import Page
from tests.render.shops import EVERY, SCENARIOS, scenario_answers

DROPPED = "[]\\"
"""Characters that Markdown needs for itself; nothing that must be shown differs by them alone."""


def _terminal(found: Handout) -> str:
    return plain(PlanText(found.consultation, found.page, 80).lines())


def _markdown(found: Handout) -> str:
    return re.sub(r"\]\(<[^>]*>\)", "", html.unescape(plan_markdown(found)))


def _csv(found: Handout) -> str:
    return "\n".join(cell for row in csv.reader(io.StringIO(plan_csv(found), newline="")) for cell in row)


def _ics(found: Handout) -> str:
    calendar = Calendar.from_ical(plan_ics(found))
    fields = ("SUMMARY", "DESCRIPTION", "CATEGORIES")
    return "\n".join(
        "".join(value.to_ical().decode() if name == "CATEGORIES" else str(value))
        for event in calendar.walk("VEVENT")
        for name in fields
        if (value := event.get(name)) is not None
    )


def _json(found: Handout) -> str:
    """Every text and every id in the JSON."""

    def texts(value: object) -> Iterable[str]:
        if isinstance(value, Mapping):
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                yield from texts(item)
        elif isinstance(value, str):
            yield value

    return "\n".join(texts(json.loads(json.dumps(plan_json(found)))))


FORMATS: Mapping[str, Callable[[Handout], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "html": lambda found: Page(plan_html(found)).text(),
    "csv": _csv,
    "ics": _ics,
    "json": _json,
}


def _sources(found: Handout) -> Iterable[str]:
    return (item.text for entry in found.entries() for item in entry.references)


MUST: Mapping[str, Callable[[Handout], Iterable[str]]] = {
    "day of the law": lambda found: [found.page.plan.as_of],
    "day of the knowledge": lambda found: [found.page.plan.knowledge_day],
    "version of the knowledge": lambda found: [found.page.plan.knowledge],
    "disclaimer": lambda found: [found.disclaimer()],
    "meaning of the confidence marks": lambda found: [found.say("plan.confidence")],
    "actions": lambda found: (entry.title for entry in found.entries()),
    "subjects of actions": lambda found: (name for entry in found.entries() for name in entry.about),
    "sources": _sources,
    "confidence": lambda found: (entry.line.action.confidence for entry in found.entries()),
    "what hangs on open answers": lambda found: (entry.title for entry in found.page.maybe),
    "open questions": lambda found: found.page.unanswered,
    "assumptions": lambda found: found.page.assumptions,
    "changes of law ahead": lambda found: (item.what.in_(found.locale) for item in found.page.plan.upcoming),
    "days of those changes": lambda found: (item.day for item in found.page.plan.upcoming),
    "notes": lambda found: found.page.notes,
}

DAYS = ("day of the law", "day of the knowledge", "days of those changes")
"""Written as readers write dates, except in the fields of files for programs."""
IN_ISO = {("json", what) for what in DAYS} | {("csv", "days of those changes")}


Shown = Callable[[str, Path, Locale], str]


@pytest.fixture(scope="module")
def shown(handout_of: Callable[[Path, Locale], Handout]) -> Shown:
    """What a format shows, without blanks: formats break lines and join words where they like."""
    return functools.cache(lambda name, path, locale: _squeezed(FORMATS[name](handout_of(path, locale))))


def _squeezed(text: str) -> str:
    return "".join(text.translate(str.maketrans("", "", DROPPED)).split())


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("what", MUST)
def test_it_is_shown(
    what: str,
    format_: str,
    handout_of: Callable[[Path, Locale], Handout],
    shown: Shown,
) -> None:
    looked_for = 0
    for path, locale in EVERY:
        found = handout_of(path, locale)
        text = shown(format_, path, locale)
        wanted = list(MUST[what](found))
        if what in DAYS and (format_, what) not in IN_ISO:
            wanted = [found.day(day) for day in wanted]
        looked_for += len(wanted)
        assert [words for words in wanted if _squeezed(words) not in text] == [], (path.stem, locale)
    assert looked_for, "no shop has it, so this proves nothing"


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_what_people_read_begins_with_where_to_start(
    format_: str, handout_of: Callable[[Path, Locale], Handout], shown: Shown
) -> None:
    for path, locale in EVERY:
        found = handout_of(path, locale)
        text = shown(format_, path, locale)
        begins = text.index(_squeezed(found.say("plan.start")))
        first_chapter = text.index(_squeezed(found.page.chapters[0].package.deliverable.in_(locale)))
        beginning = text[begins:first_chapter]
        assert len(found.first()) == 5 and found.asked_first()
        for entry, when in found.first():
            assert _squeezed(f"{entry.title} ({when})") in beginning, (path.stem, entry.line.id)
        for words in (found.asked_first(), *found.ask_first()):
            assert _squeezed(words) in beginning, (path.stem, words)


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "json"])
def test_a_shop_that_is_open_is_told_now_and_not_before_you_open(
    format_: str, interview: Interview, case_of: Callable[..., Case]
) -> None:
    answers = {**scenario_answers(SCENARIOS[0]), "shop.status": "live"}
    for locale in Locale:
        found = handout(interview, case_of(interview, answers, locale))
        assert any(entry.line.band == "P1" for entry in found.entries())
        text = _squeezed(FORMATS[format_](found).replace("\\,", ","))
        before = interview.base.priority.band_words["P1"].in_(locale)
        assert _squeezed(found.say("plan.band.live")) in text
        assert f"{_squeezed(before)}:" not in text and _squeezed(f"({before}") not in text
        assert found.band("P1") == found.say("plan.band.live")
        if format_ in ("markdown", "html", "csv"):
            assert _squeezed(found.say("export.due.before_launch")) not in text
            assert _squeezed(found.say("export.due.live")) in text


def test_what_is_done_is_no_beginning(interview: Interview, case_of: Callable[..., Case]) -> None:
    case = case_of(interview, scenario_answers(SCENARIOS[0]), Locale.EN)
    first = handout(interview, case).first()[0][0].line
    for subject in first.about or ("",):
        case = case.add(Mark(action=first.id, of=subject, status="done"))
    assert first.id not in {entry.line.id for entry, _ in handout(interview, case).first()}
