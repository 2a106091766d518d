"""What would be different in the plan with other answers. The case itself is never touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.explaining.changes import changed
from advisor.explaining.differences import Row, differences
from advisor.model import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The plan's difference under some answers. `after` is the case as it would be; `idle` change nothing it asks."""

    answers: tuple[Answer, ...]
    after: Case
    rows: tuple[Row, ...]
    idle: tuple[Answer, ...]


def what_if(consultation: Consultation, case: Case, answers: Iterable[Answer]) -> WhatIf:
    """The difference that answers would make."""
    answers = tuple(answers)
    before = consultation.plan(case)
    after = changed(case, answers)
    plan = consultation.plan(after)
    applicable = consultation.conclusions(after).situation.applicable
    return WhatIf(
        answers=answers,
        after=after,
        rows=differences(before, plan),
        idle=tuple(answer for answer in answers if not _arises(consultation, answer, applicable)),
    )


def _arises(consultation: Consultation, answer: Answer, applicable: frozenset[tuple[str, str]]) -> bool:
    question = consultation.questions.get(answer.ask)
    names = question.attributes() if question is not None else (answer.ask,)
    return any((name, answer.of or "shop") in applicable for name in names)
