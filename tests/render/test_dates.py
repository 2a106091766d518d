"""Dates as their readers write them, in plans, documents and explanations alike; files for programs keep ISO dates."""

from __future__ import annotations

import csv
import io

import pytest

from advisor.explaining.lines import how_lines
from advisor.interview import Interview
from advisor.model import Locale
from advisor.render.csv import plan_csv
from advisor.render.handout import handout
from advisor.render.json import plan_json
from tests.explaining.shared import SCENARIOS, shop


@pytest.mark.parametrize(
    ("iso", "english", "latvian"),
    [
        ("2026-11-23", "23 November 2026", "23.11.2026"),
        ("2027-04-02", "2 April 2027", "02.04.2027"),
        ("2026-01", "January 2026", "01.2026"),
        ("", "", ""),
        ("soon", "soon", "soon"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_date_in_words(iso: str, english: str, latvian: str, interview: Interview) -> None:
    assert interview.day(iso, Locale.EN) == english
    assert interview.day(iso, Locale.LV) == latvian


@pytest.mark.parametrize(("locale", "day"), [(Locale.EN, "23 November 2026"), (Locale.LV, "23.11.2026")])
def test_plans_and_explanations_agree(locale: Locale, day: str, interview: Interview) -> None:
    case = shop(SCENARIOS[1], interview, locale)
    found = handout(interview, case)
    assert day in found.as_of() and day in found.disclaimer()
    assert "2026-11-23" not in found.as_of() + found.disclaimer()
    lines = " ".join(how_lines(interview, case, "seller-info.withdrawal-function", full=True))
    assert ("19 June 2026" if locale is Locale.EN else "19.06.2026") in lines and "2026-06-19" not in lines


def test_files_for_programs_keep_iso_dates(interview: Interview) -> None:
    for locale in Locale:
        found = handout(interview, shop(SCENARIOS[1], interview, locale))
        assert plan_json(found)["as_of"] == "2026-11-23"
        days = {row[field] for row in csv.DictReader(io.StringIO(plan_csv(found))) for field in row if row[field]}
        assert any(item.day in days for item in found.page.plan.upcoming)
