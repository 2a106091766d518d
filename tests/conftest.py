"""What many tests share: the knowledge base, loaded once, and an interview on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor import answersfile, yamlio
from advisor.case import Case
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.interview import Interview
from advisor.knowledge.cache import open_knowledge
from advisor.model import KnowledgeBase, Locale

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-23"


@pytest.fixture(scope="session")
def knowledge() -> tuple[KnowledgeBase, Program]:
    """The knowledge base of the checkout, read afresh."""
    return open_knowledge(ROOT, None)


@pytest.fixture(scope="session")
def interview_on(knowledge: tuple[KnowledgeBase, Program]) -> Callable[[str], Interview]:
    """An interview with the law of a day, on the reference engine; one for each day."""
    base, program = knowledge
    made: dict[str, Interview] = {}

    def on(day: str) -> Interview:
        if day not in made:
            today = program.on(day)
            made[day] = Interview(base, today, ReferenceEngine(today), day)
        return made[day]

    return on


@pytest.fixture(scope="session")
def interview(interview_on: Callable[[str], Interview]) -> Interview:
    return interview_on(DAY)


@pytest.fixture(scope="session")
def case_of() -> Callable[..., Case]:
    """The case that an answers file (as data) makes."""

    def make(interview: Interview, answers: Mapping[str, Any], locale: Locale = Locale.EN) -> Case:
        data = "".join(f"{key}: {yamlio.flow(value)}\n" for key, value in answers.items()).encode()
        case = Case(name="test", as_of=interview.as_of, locale=locale)
        for answer in answersfile.read(data, "answers.yaml", interview):
            case = case.add(answer)
        return case

    return make
