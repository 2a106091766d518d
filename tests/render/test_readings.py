"""What was read for the knowledge base is named in the language of the plan, in every file that names it."""

from __future__ import annotations

import html
import json
import re

import pytest

from advisor.interview import Interview
from advisor.model import Locale
from advisor.render.csv import plan_csv
from advisor.render.handout import handout
from advisor.render.html import plan_html
from advisor.render.json import plan_json
from advisor.render.markdown import plan_markdown
from tests.explaining.shared import SCENARIOS, shop


@pytest.mark.parametrize("locale", Locale)
def test_titles_are_in_the_language_of_the_plan(locale: Locale, interview: Interview) -> None:
    other = Locale.EN if locale is Locale.LV else Locale.LV
    found = handout(interview, shop(SCENARIOS[1], interview, locale))
    named = {item.title.in_(locale): item.title.in_(other) for item in found.readings()}
    assert len(named) > 5
    files = {
        "json": json.dumps(plan_json(found), ensure_ascii=False),
        "csv": plan_csv(found),
        "markdown": plan_markdown(found).replace("\\", ""),
        "html": html.unescape(plan_html(found)),
    }
    for title, elsewhere in named.items():
        plain = re.split(r'[("]', title)[0].strip()  # files escape some characters
        for name, text in files.items():
            assert plain in text, (name, title)
            assert elsewhere == title or elsewhere not in text, (name, elsewhere)


def test_every_reading_has_both_titles(interview: Interview) -> None:
    readings = interview.base.readings.values()
    assert len(readings) >= 50
    assert [item.id for item in readings if item.title.en == item.title.lv] == []
