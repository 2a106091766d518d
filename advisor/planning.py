"""From conclusions to the plan: bands, order, work packages, open questions, upcoming changes of law.

The scheme is that of docs/priority.md, its numbers and words those of knowledge/priority.yaml. Bands come from the gate
and the base score and are inherited by prerequisites; facts of the case then move lines inside their band only, so that
a plan says the same about the law whatever the state of the shop (docs/adr/0006-adjustments-move-inside-a-band.md).
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.conclusions import Conclusions, Due
from advisor.model import (
    BANDS,
    SHOP,
    Action,
    Adjustment,
    Answer,
    Band,
    Condition,
    KnowledgeBase,
    Question,
    Text,
    Value,
    Watch,
)
from advisor.situation import Key, subjects

UPCOMING_DAYS = 366
_ABROAD = "vendor.mechanism"
"""The question that is urgent only once the vendor's data certainly leaves the EEA; where it goes comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the plan: an action, the subjects it is to be done for, and why it stands where it stands."""

    action: Action
    about: tuple[str, ...]
    maybe: bool
    band: Band
    rank: int
    score: int
    inherited_from: str
    adjustments: tuple[Adjustment, ...]
    rules: tuple[str, ...]
    hangs_on: tuple[Key, ...]
    ask_expert: bool

    @property
    def id(self) -> str:
        return self.action.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A change of law within twelve months."""

    day: str
    what: Text
    act: Text | None
    affects: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """An answer that nobody gave: taken from the catalogue of vendors."""

    ask: str
    of: str
    value: Value | tuple[Value, ...]
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan. `lines` are certain, in rank order; `maybe` hang on open questions, by the band they would get."""

    case: str
    as_of: str
    knowledge: str
    knowledge_day: str
    lines: tuple[Line, ...]
    maybe: tuple[Line, ...]
    unanswered: tuple[Key, ...]
    upcoming: tuple[Upcoming, ...]
    assumptions: tuple[Assumption, ...]

    def line(self, identifier: str) -> Line | None:
        return next((line for line in (*self.lines, *self.maybe) if line.id == identifier), None)


def plan(
    base: KnowledgeBase, conclusions: Conclusions, answers: Mapping[tuple[str, str], Answer], case: str, day: str
) -> Plan:
    """The plan of a case on a day (ISO date)."""
    certain = _group(conclusions.certain)
    maybe = {name: about for name, about in _group(conclusions.maybe).items() if name not in certain}
    applicable = {name: base.actions[name] for name in certain if name in base.actions}
    adjustments = _adjustments(base, conclusions)
    lines = _ordered(base, conclusions, applicable, certain, adjustments)
    possible = {**applicable, **{name: base.actions[name] for name in maybe if name in base.actions}}
    maybes = [
        line for line in _ordered(base, conclusions, possible, {**maybe, **certain}, adjustments) if line.id in maybe
    ]
    # What would follow from nothing but the answer "I don't know" hangs on no fact and is no maybe.
    hanging = [line for line in (_with_hanging(line, conclusions) for line in maybes) if line.hangs_on]
    return Plan(
        case=case,
        as_of=day,
        knowledge=base.stamp,
        knowledge_day=base.as_of,
        lines=tuple(lines),
        maybe=tuple(dataclasses.replace(line, rank=rank) for rank, line in enumerate(hanging, start=1)),
        unanswered=_unanswered(base, conclusions),
        upcoming=_upcoming(base, set(applicable), day),
        assumptions=_assumptions(base, answers),
    )


def score(base: KnowledgeBase, action: Action) -> int:
    """The base score of an action; no percentage and no probability."""
    weights, rate = base.priority, action.rate
    return (
        weights.severity * rate.severity
        + weights.likelihood * rate.likelihood
        + weights.deadline * rate.deadline
        - weights.effort * (rate.effort - 1)
    )


def _group(dues: tuple[Due, ...]) -> dict[str, tuple[str, ...]]:
    """Subjects by obligation."""
    found: dict[str, list[str]] = {}
    for due in dues:
        found.setdefault(due.id, []).append(due.subject)
    return {name: tuple(about) for name, about in found.items()}


def own_band(base: KnowledgeBase, action: Action) -> Band:
    """The band of an action by itself."""
    if action.gate:
        return "P0"
    if action.band == "INFO":
        return "INFO"
    points = score(base, action)
    return "P1" if points >= base.priority.p1_from else "P2" if points >= base.priority.p2_from else "P3"


def _bands(base: KnowledgeBase, applicable: Mapping[str, Action]) -> dict[str, tuple[Band, str]]:
    """Effective bands with the obligation each was inherited from (empty: its own).

    The earliest among the action itself and everything applicable that needs it; what a P0 needs becomes P1.
    """
    found: dict[str, tuple[Band, str]] = {name: (own_band(base, action), "") for name, action in applicable.items()}
    changed = True
    while changed:
        changed = False
        for name, action in applicable.items():
            band = found[name][0]
            passed: Band = "P1" if band == "P0" else band
            for need in action.needs:
                if need in found and BANDS.index(passed) < BANDS.index(found[need][0]):
                    found[need] = (passed, name)
                    changed = True
    return found


def _ordered(
    base: KnowledgeBase,
    conclusions: Conclusions,
    applicable: Mapping[str, Action],
    subjects: Mapping[str, tuple[str, ...]],
    adjustments: tuple[Adjustment, ...],
) -> list[Line]:
    """Lines by band; inside a band topologically by needs, then score, effort, id."""
    bands = _bands(base, applicable)
    dependents = {name: sum(1 for other in applicable.values() if name in other.needs) for name in applicable}
    applied = {
        name: tuple(item for item in adjustments if action.area in item.areas) for name, action in applicable.items()
    }
    points = {
        name: score(base, action)
        + sum(item.points for item in applied[name])
        + base.priority.dependent * min(3, dependents[name])
        for name, action in applicable.items()
    }
    lines: list[Line] = []
    surely = frozenset(conclusions.certain)
    for band in BANDS:
        waiting = {name for name, (own, _) in bands.items() if own == band}
        while waiting:
            ready = [name for name in waiting if not any(need in waiting for need in applicable[name].needs)]
            name = min(ready or waiting, key=lambda name: (-points[name], applicable[name].rate.effort, name))
            waiting.remove(name)
            dues = [Due(id=name, subject=subject) for subject in subjects[name]]
            certain = any(due in surely for due in dues)
            lines.append(
                Line(
                    action=applicable[name],
                    about=tuple(subject for subject in subjects[name] if subject != SHOP),
                    maybe=not certain,
                    band=band,
                    rank=len(lines) + 1,
                    score=points[name],
                    inherited_from=bands[name][1],
                    adjustments=applied[name],
                    rules=tuple(dict.fromkeys(rule for due in dues for rule in conclusions.rules_for(due, certain))),
                    hangs_on=(),
                    ask_expert=any(due in conclusions.experts for due in dues)
                    or Due(id=name, subject=SHOP) in conclusions.experts,
                )
            )
    return lines


def _with_hanging(line: Line, conclusions: Conclusions) -> Line:
    keys: set[Key] = set()
    for subject in line.about or (SHOP,):
        keys |= conclusions.hangs_on(Due(id=line.id, subject=subject))
    return dataclasses.replace(line, maybe=True, hangs_on=tuple(sorted(keys)))


def _adjustments(base: KnowledgeBase, conclusions: Conclusions) -> tuple[Adjustment, ...]:
    return tuple(
        item for item in base.priority.adjustments if all(certainly(conclusions, condition) for condition in item.when)
    )


def certainly(conclusions: Conclusions, condition: Condition) -> bool:
    """Whether a condition without variables certainly holds."""
    inference = conclusions.inference
    name = condition.attribute + "!"
    return any(
        fact.attribute == name and fact.subject == condition.subject and condition.admits(fact.value)
        for source in (inference.given, inference.derived)
        for fact in source
    )


def _unanswered(base: KnowledgeBase, conclusions: Conclusions) -> tuple[Key, ...]:
    """Open and unknown answers that could change the plan, in the order of the questions."""
    names = [name for question in base.questions for name in question.attributes()]
    order = {name: number for number, name in enumerate(names)}
    abroad = {fact.subject for fact in conclusions.inference.derived if fact.attribute == "vendor.outside_eea!"}
    asked = {name: question for question in base.questions for name in question.attributes()}
    keys = {
        (name, subject)
        for name, subject in conclusions.pivotal
        if name in order and (name != _ABROAD or subject in abroad) and _can_be_put(asked[name], subject, conclusions)
    }
    return tuple(sorted(keys, key=lambda key: (order[key[0]], key[1])))


def _can_be_put(question: Question, subject: str, conclusions: Conclusions) -> bool:
    """Whether what a question presupposes holds for certain."""
    return not question.surely or any(
        all(conclusions.surely(condition, subject) for condition in group) for group in question.surely
    )


def _upcoming(base: KnowledgeBase, applicable: set[str], day: str) -> tuple[Upcoming, ...]:
    """Dated changes within a year that touch this plan or concern everyone."""
    today = datetime.date.fromisoformat(day)
    found = []
    for watch in base.watch:
        if watch.date and _soon(watch, today) and (not watch.affects or applicable & set(watch.affects)):
            found.append(
                Upcoming(
                    day=watch.date,
                    what=watch.what,
                    act=watch.act,
                    affects=watch.affects,
                    confidence=watch.confidence,
                )
            )
    return tuple(sorted(found, key=lambda item: (item.day, item.what.en)))


def _soon(watch: Watch, today: datetime.date) -> bool:
    return 0 < (datetime.date.fromisoformat(watch.date) - today).days <= UPCOMING_DAYS


def _assumptions(base: KnowledgeBase, answers: Mapping[tuple[str, str], Answer]) -> tuple[Assumption, ...]:
    """What was assumed of the vendors and people that are still there."""
    named = {subject for kind in ("vendor", "person") for subject in subjects(answers, kind)}
    found = []
    for answer in answers.values():
        if answer.how == "assumed" and (not answer.of or answer.of in named):
            provider = base.providers.get(answer.of)
            as_of = provider.as_of if provider else ""
            found.append(Assumption(ask=answer.ask, of=answer.of, value=answer.value, as_of=as_of))
    return tuple(found)
