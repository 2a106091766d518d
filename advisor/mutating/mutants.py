"""A rule changed in one place: left out, a condition left out or turned round, a limit moved, a date dropped.

Only changes that are still rules: every variable of a conclusion or a negation stands in a positive condition, and what
is negated is settled before. Nothing here knows of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from advisor.engine.program import Clause, Program, compile_rules
from advisor.model import ASK_EXPERT, OBLIGATION, Body, Condition, Rule, Validity

Change = Callable[[Body], Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A rule with one change. `rule` is None where it is left out as a whole."""

    id: str
    what: str
    rule: Rule | None


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every change of a rule that is still a rule."""
    yield Mutant(id=rule.id, what="left out", rule=None)
    if rule.valid.start:
        yield _with(rule, f"also before {rule.valid.start}", valid=Validity(end=rule.valid.end))
    if rule.valid.end:
        yield _with(rule, f"also after {rule.valid.end}", valid=Validity(start=rule.valid.start))
    positive = dict.fromkeys(condition for body in rule.bodies for condition in body.positive)
    negative = dict.fromkeys(condition for body in rule.bodies for condition in body.negative)
    changes: list[tuple[str, Change]] = []
    for condition in positive:
        changes.append((f"without {condition}", _dropped(condition)))
        changes.append((f"not {condition}", _denied(condition)))
        changes += [(f"{condition} as {other}", _replaced(condition, other)) for other in _moved(condition)]
    for condition in negative:
        changes.append((f"without not {condition}", _dropped(condition)))
        changes.append((f"{condition} instead of not", _asserted(condition)))
    for what, change in changes:
        bodies = tuple(dict.fromkeys(map(change, rule.bodies)))
        if bodies != rule.bodies and all(_safe(rule, body) for body in bodies):
            yield _with(rule, what, bodies=bodies)


def clauses_of(mutant: Mutant, program: Program) -> tuple[Clause, ...] | None:
    """The clauses of a mutant in the place of its rule; None if what it negates would not be settled before."""
    if mutant.rule is None:
        return ()
    stratum = max((clause.stratum for clause in program.clauses if clause.rule == mutant.id), default=0)
    new = compile_rules((mutant.rule,))[0].clauses
    if any(not _settled(condition, program, stratum) for clause in new for condition in clause.negative):
        return None
    return tuple(msgspec.structs.replace(clause, stratum=stratum) for clause in new)


def _with(rule: Rule, what: str, **fields: object) -> Mutant:
    return Mutant(id=rule.id, what=what, rule=msgspec.structs.replace(rule, **fields))


# --- changes of a body ---


def _dropped(condition: Condition) -> Change:
    return lambda body: Body(_without(body.positive, condition), _without(body.negative, condition))


def _denied(condition: Condition) -> Change:
    def change(body: Body) -> Body:
        if condition not in body.positive:
            return body
        return Body(_without(body.positive, condition), (*body.negative, condition))

    return change


def _asserted(condition: Condition) -> Change:
    def change(body: Body) -> Body:
        if condition not in body.negative:
            return body
        return Body((*body.positive, condition), _without(body.negative, condition))

    return change


def _replaced(condition: Condition, other: Condition) -> Change:
    return lambda body: Body(tuple(other if item == condition else item for item in body.positive), body.negative)


def _without(conditions: tuple[Condition, ...], condition: Condition) -> tuple[Condition, ...]:
    return tuple(item for item in conditions if item != condition)


def _moved(condition: Condition) -> Iterator[Condition]:
    """A condition with one value less, or with its limit one further."""
    name, subject, operator, operands = condition.attribute, condition.subject, condition.operator, condition.operands
    if operator == "in" and len(operands) > 1:
        for operand in operands:
            yield Condition(name, subject, "in", tuple(item for item in operands if item != operand))
    elif operator in ("at-least", "below") and isinstance(operands[0], int):
        yield Condition(name, subject, operator, (operands[0] + 1,))


# --- what is still a rule ---


def _safe(rule: Rule, body: Body) -> bool:
    bound = {variable for condition in body.positive for variable in condition.variables()}
    needed = {variable for head in rule.then for variable in head.variables()}
    needed |= {variable for condition in body.negative for variable in condition.variables()}
    return needed <= bound


def _settled(marked: Condition, program: Program, stratum: int) -> bool:
    """Whether everything that could meet a condition is concluded before a stratum."""
    return not any(clause.stratum >= stratum and _concludes(clause, marked) for clause in program.clauses)


def _concludes(clause: Clause, marked: Condition) -> bool:
    for head in clause.heads:
        if head.attribute == marked.attribute:
            return marked.attribute[:-1] not in (OBLIGATION, ASK_EXPERT) or head.value in marked.operands
    return False
