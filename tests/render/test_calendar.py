"""Days of the calendar file: counted from the plan, the same for the same case, in months that have them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from advisor.case import Case
from advisor.interview import Interview
from advisor.model import Locale, Mark, Note
from advisor.render.handout import Handout, handout
from advisor.render.ics import plan_ics
from tests.render.shops import EVERY, SCENARIOS, scenario_answers


def events(found: Handout) -> dict[str, Event]:
    read = {str(event["UID"]): event for event in Calendar.from_ical(plan_ics(found)).walk("VEVENT")}
    assert all(event["DTSTAMP"].dt.tzinfo is not None for event in read.values())
    return read


def test_entries_keep_their_uid(interview: Interview, case_of: Callable[..., Case]) -> None:
    """In another language, after a note, a mark or a changed partner the calendar replaces instead of adding."""
    answers = scenario_answers(SCENARIOS[1])
    case = case_of(interview, answers)
    before = events(handout(interview, case))
    case = case.add(Note("n")).add(Mark(action="purpose.ropa", status="done"))
    after = events(handout(interview, case))
    latvian = events(handout(interview, case_of(interview, answers, Locale.LV)))
    assert set(before) == set(after) == set(latvian) and len(before) > 10
    other = events(handout(interview, dataclasses.replace(case, name="another")))
    assert not set(other) & set(before)


def test_each_band_has_its_day(handout_of: Callable[[Path, Locale], Handout]) -> None:
    found = handout_of(*EVERY[0])
    assert [found.deadline(band) for band in ("P0", "P1", "P2", "P3", "INFO")] == [
        "2026-11-23", "2026-12-07", "2026-12-23", "2027-02-21", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("made", "quarterly", "yearly"),
    [
        ("2026-11-30", "2027-02-28", "2027-11-28"),
        ("2027-12-31", "2028-03-28", "2028-12-28"),
        ("2028-02-29", "2028-05-28", "2029-02-28"),
        ("2026-01-01", "2026-04-01", "2027-01-01"),
    ],
)
def test_checks_recur_on_days_that_every_month_has(
    handout_of: Callable[[Path, Locale], Handout], made: str, quarterly: str, yearly: str
) -> None:
    found = handout_of(*EVERY[2])
    plan = dataclasses.replace(found.page.plan, as_of=made)
    found = dataclasses.replace(found, page=dataclasses.replace(found.page, plan=plan))
    first = {event["RRULE"]["FREQ"][0]: event["DTSTART"].dt for event in events(found).values() if "RRULE" in event}
    assert first == {
        "MONTHLY": datetime.date.fromisoformat(quarterly),
        "YEARLY": datetime.date.fromisoformat(yearly),
    }
