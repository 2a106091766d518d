"""The eight reference shops as handouts, and a shop whose founder means harm."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from advisor.case import Case
from advisor.interview import Interview
from advisor.model import Locale, Mark, Note
from advisor.render.handout import Handout, handout
from tests.render.shops import HOSTILE, SCENARIOS, scenario_answers


@pytest.fixture(scope="session")
def handout_of(interview: Interview, case_of: Callable[..., Case]) -> Callable[[Path, Locale], Handout]:
    """The handout of a scenario in a language, made once; with a note and a mark, so that both must be shown."""
    made: dict[tuple[Path, Locale], Handout] = {}

    def of(path: Path, locale: Locale) -> Handout:
        if (path, locale) not in made:
            case = case_of(interview, scenario_answers(path), locale)
            first = interview.plan(case).lines[0]
            case = case.add(Note("call the bank on Monday"))
            case = case.add(Mark(action=first.id, of=next(iter(first.about), ""), status="done"))
            made[path, locale] = handout(interview, case)
        return made[path, locale]

    return of


@pytest.fixture(scope="session", params=list(Locale))
def hostile(request: pytest.FixtureRequest, interview: Interview, case_of: Callable[..., Case]) -> Handout:
    """A case whose name, partners and notes try to break out of every format."""
    answers = scenario_answers(SCENARIOS[5])
    answers["vendors"] = [
        {"name": f"x{number}", "function": "ads", "role": "processor", "country": "US", "processing_countries": ["US"]}
        for number in range(len(HOSTILE))
    ]
    case = case_of(interview, answers, request.param)
    # Names as a transcript edited by hand could hold them: reading answers would refuse some and clean the others.
    names = {f"x{number}": name for number, name in enumerate(HOSTILE)}
    case = case.add(msgspec.structs.replace(case.answers["vendors", ""], names=names))
    for text in HOSTILE:
        case = case.add(Note(text))
    return handout(interview, dataclasses.replace(case, name="".join(HOSTILE[:4])))
