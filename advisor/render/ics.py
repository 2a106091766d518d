"""The plan as a calendar (RFC 5545): a day for each band and package, recurring checks, changes of law ahead.

All days are counted from the day of the plan, so the same case gives the same file. An entry keeps its UID when the
plan is exported again, so that a calendar replaces it instead of adding another.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.render.handout import Handout
from advisor.render.page import Entry
from advisor.wording import clean

if TYPE_CHECKING:
    from icalendar import Event

MONTHS = {"every_3_months": 3, "every_12_months": 12}
"""How often the actions that recur are due."""

_LAST_DAY_OF_ALL_MONTHS = 28


def plan_ics(handout: Handout) -> bytes:
    """The calendar."""
    from icalendar import Calendar  # slow to import

    calendar = Calendar()
    calendar.add("prodid", f"-//shop-advisor//plan {__version__}//{handout.locale.value.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = clean(handout.say("export.ics.name", case=handout.name))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", clean(handout.disclaimer()))
    for event in _events(handout):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(handout: Handout) -> Iterator[Event]:
    plan = handout.page.plan
    made = datetime.date.fromisoformat(plan.as_of)
    yield _event(handout, "about", made, handout.say("export.ics.about", case=handout.name), _about(handout))
    for chapter in handout.page.chapters:
        for band, entries in chapter.bands():
            once = [entry for entry in entries if not _recurs(entry)]
            by = handout.deadline(band)
            if once and by:
                words = {
                    "band": handout.band(band),
                    "package": chapter.package.title.in_(handout.locale),
                    "count": str(len(once)),
                }
                yield _event(
                    handout,
                    f"{band} {chapter.package.id}",
                    datetime.date.fromisoformat(by),
                    handout.say("export.ics.deadline", **words),
                    [line for entry in once for line in _task(handout, entry)],
                    category=handout.band(band),
                )
    for entry in handout.entries():
        if (months := MONTHS.get(entry.line.action.due)) is not None:
            yield _recurring(handout, entry, made, months)
    for item in plan.upcoming:
        what = item.what.in_(handout.locale)
        yield _event(
            handout,
            f"upcoming {item.day} {item.what.en}",
            datetime.date.fromisoformat(item.day),
            handout.say("export.ics.upcoming", what=what),
            [handout.upcoming(item)],
        )


def _recurring(handout: Handout, entry: Entry, made: datetime.date, months: int) -> Event:
    event = _event(
        handout,
        f"check {entry.line.id}",
        _months_later(made, months),
        handout.say("export.ics.check", title=entry.title),
        list(_task(handout, entry)),
    )
    yearly = months % 12 == 0
    event.add("rrule", {"freq": "yearly" if yearly else "monthly", "interval": months // 12 if yearly else months})
    return event


def _months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later; one that every month has, since a rule skips months without it."""
    month = day.month - 1 + months
    return datetime.date(day.year + month // 12, month % 12 + 1, min(day.day, _LAST_DAY_OF_ALL_MONTHS))


def _event(handout: Handout, key: str, day: datetime.date, summary: str, lines: list[str], category: str = "") -> Event:
    from icalendar import Event

    plan = handout.page.plan
    event = Event()
    event.add("uid", _uid(plan.case, key))
    event.add(
        "dtstamp", datetime.datetime.combine(datetime.date.fromisoformat(plan.as_of), datetime.time(), datetime.UTC)
    )
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", clean(summary))
    event.add("description", "\n".join(clean(line) for line in (*lines, "", handout.as_of(), handout.disclaimer())))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if category:
        event.add("categories", [clean(category)])
    return event


def _uid(case: str, key: str) -> str:
    digest = hashlib.sha256(f"{case}\0{key}".encode()).hexdigest()
    return f"{digest[:32]}@shop-advisor"


def _task(handout: Handout, entry: Entry) -> Iterator[str]:
    """One action in a description: its boxes, and the law with its confidence."""
    names = ", ".join(handout.box(box) for box in entry.boxes)
    yield f"{entry.line.rank}. {entry.title}" + (f": {names}" if names else "")
    law = "; ".join(item.text for item in entry.references)
    yield handout.say("plan.sources", sources=law, confidence=entry.line.action.confidence)
    if expert := handout.expert(entry):
        yield expert


def _about(handout: Handout) -> list[str]:
    """What the plan rests on, for the day on which it was made."""
    page = handout.page
    whenever = [entry for entry in handout.entries() if not handout.deadline(entry.line.band) and not _recurs(entry)]
    lists = (
        (handout.band("INFO"), [line for entry in whenever for line in _task(handout, entry)]),
        (
            handout.say("plan.upcoming"),
            [f"{handout.day(item.day)}: {handout.upcoming(item)}" for item in page.plan.upcoming],
        ),
        (handout.say("plan.maybe"), [f"{handout.band(e.line.band)}: {e.title}" for e in page.maybe]),
        (handout.say("plan.assumptions"), page.assumptions),
        (handout.say("plan.unanswered", count=str(len(page.unanswered))), page.unanswered),
        (handout.say("export.notes"), page.notes),
    )
    lines = [*handout.stamp(), handout.say("plan.confidence")]
    for heading, texts in lists:
        if texts:
            lines += ["", heading, *(f"- {text}" for text in texts)]
    return lines


def _recurs(entry: Entry) -> bool:
    return entry.line.action.due in MONTHS
