"""The ways to meet a rule with other answers: each condition as things are, else with another answer, else through the
rules that conclude it, down to questions (abduction over definite clauses). What has to be different grows along a way,
never beyond a budget. What a rule negates is only noted down; `preventing` keeps it off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.conclusions import Conclusions
from advisor.engine.inference import binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE, Clause
from advisor.explaining.choices import Changes, Choices
from advisor.explaining.origins import KNOWN_OF_COUNTRIES, KNOWN_OF_PURPOSES, Origins
from advisor.explaining.relevance import unified
from advisor.model import Condition, Fact, Value
from advisor.situation import Key

STEPS = 20_000
"""How many partial ways to meet a rule are looked at for one budget."""

DEPTH = 8
"""How many rules a derived fact may be away."""

Status = Literal["holds", "fails", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition of a rule as it stands. What fails and is derived has the checks of the nearest rule for it."""

    condition: Condition
    negated: bool = False
    status: Status
    fact: Fact | None = None
    """What meets the condition now, or stands against it where it is negated."""
    wanted: Value | None = None
    """The value with which an answer would meet it."""
    rule: str = ""
    bound: Mapping[str, Value] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """Conditions met in one way: under which binding, with which changes, how each stands now, what must not be."""

    bound: Mapping[str, Value]
    changes: Changes
    checks: tuple[Check, ...] = ()
    avoided: tuple[Condition, ...] = ()


class Meeting:
    """The ways to meet rules in one case."""

    def __init__(self, conclusions: Conclusions, origins: Origins, choices: Choices) -> None:
        self.origins = origins
        self.choices = choices
        self._steps = 0
        self._open_only = False
        self._facts: dict[str, list[Fact]] = {}
        for source in (conclusions.inference.given, conclusions.inference.derived):
            for fact in sorted(source, key=str):
                self._facts.setdefault(fact.attribute, []).append(fact)
        self._concluding: dict[str, list[Clause]] = {}
        for clause in conclusions.program.clauses:
            for attribute in dict.fromkeys(head.attribute for head in clause.heads):
                self._concluding.setdefault(attribute, []).append(clause)

    def concluding(self, attribute: str) -> Sequence[Clause]:
        """The clauses that conclude a (marked) attribute."""
        return self._concluding.get(attribute, ())

    def possible(self, condition: Condition) -> list[Fact]:
        """The facts, in the possible reading, that meet a condition now."""
        return [fact for fact in self._facts.get(condition.attribute + POSSIBLE, ()) if meets(condition, fact)]

    def ways(self, clause: Clause, bound: Mapping[str, Value], budget: int, open_only: bool) -> Iterator[Goal]:
        """The ways to meet a clause with at most so many changes, only of what has no answer yet or of anything."""
        self._steps, self._open_only = 0, open_only
        yield from self._met(clause, bound, {}, budget, (clause.rule,))

    def _met(
        self, clause: Clause, bound: Mapping[str, Value], changes: Changes, budget: int, stack: tuple[str, ...]
    ) -> Iterator[Goal]:
        """The ways to meet a clause with at most `budget` changes in all."""
        conditions = tuple(_plain(condition) for condition in clause.positive)
        negative = tuple(_plain(condition) for condition in clause.negative)
        for goal in self._all(conditions, Goal(bound, changes), budget, stack):
            avoided = tuple(ground(condition, goal.bound) for condition in negative)
            checks = tuple(self._avoiding(condition) for condition in avoided)
            yield Goal(goal.bound, goal.changes, (*goal.checks, *checks), (*goal.avoided, *avoided))

    def _all(self, conditions: Sequence[Condition], goal: Goal, budget: int, stack: tuple[str, ...]) -> Iterator[Goal]:
        if not conditions:
            yield goal
            return
        self._steps += 1
        if self._steps > STEPS:
            return
        for extended in self._one(ground(conditions[0], goal.bound), conditions[0], goal, budget, stack):
            yield from self._all(conditions[1:], extended, budget, stack)

    def _one(
        self, asked: Condition, condition: Condition, goal: Goal, budget: int, stack: tuple[str, ...]
    ) -> Iterator[Goal]:
        """The ways to meet one condition: as things are, else with another answer, else through another rule."""
        name = asked.attribute
        if name in KNOWN_OF_COUNTRIES or name in KNOWN_OF_PURPOSES:
            for fact in self.choices.known(asked):
                yield _extended(goal, condition, fact, Check(condition=asked, status="holds", fact=fact))
            return
        if self.origins.question(name) is not None:
            yield from self._as_it_is(asked, condition, goal)
            yield from self._answered(asked, condition, goal, budget, stack)
            return
        seen = set()
        for fact in self._facts.get(name + CERTAIN, ()):
            if meets(asked, fact):
                seen.add(fact)
                plain = fact._replace(attribute=name)
                yield _extended(goal, condition, plain, Check(condition=asked, status="holds", fact=plain))
        if not budget or len(stack) > DEPTH:
            return
        for clause in self.concluding(name + CERTAIN):
            if clause.rule in stack:
                continue
            for bound in unified(clause, asked):
                for inner in self._met(clause, bound, goal.changes, budget, (*stack, clause.rule)):
                    for fact in _concluded(clause, inner.bound, asked):
                        if fact._replace(attribute=name + CERTAIN) in seen:
                            continue
                        check = Check(
                            condition=_about(asked, fact),
                            negated=False,
                            status="fails",
                            rule=clause.rule,
                            bound=inner.bound,
                            checks=inner.checks,
                        )
                        outer = _extended(goal, condition, fact, check)
                        yield Goal(outer.bound, inner.changes, outer.checks, (*goal.avoided, *inner.avoided))

    def _as_it_is(self, asked: Condition, condition: Condition, goal: Goal) -> Iterator[Goal]:
        """Given facts that meet a condition, answers that are to be changed as they would be."""
        for subject in self.choices.subjects(asked, goal.changes):
            key = (asked.attribute, subject)
            values = goal.changes.get(key, self.choices.certain(key))
            for value in values:
                fact = Fact(asked.attribute, subject, value)
                if meets(asked, fact):
                    status: Status = "holds" if key not in goal.changes else self._standing(key)
                    held = fact if status == "holds" else None
                    check = Check(condition=_about(asked, fact), status=status, fact=held, wanted=value)
                    yield _extended(goal, condition, fact, check)

    def _answered(
        self, asked: Condition, condition: Condition, goal: Goal, budget: int, stack: tuple[str, ...]
    ) -> Iterator[Goal]:
        """Another answer that meets a condition; and what it takes for its question to arise."""
        for subject, naming in self.choices.subjects_or_new(asked, goal.changes):
            key = (asked.attribute, subject)
            if key in goal.changes and not self.choices.many(asked.attribute):
                continue
            if self._open_only and (naming or (self.origins.arises(*key) and not self.origins.is_open(*key))):
                continue
            for value in self.choices.values(asked):
                fact = Fact(asked.attribute, subject, value)
                before = goal.changes.get(key, self.choices.certain(key))
                if value in before or not meets(asked, fact):
                    continue
                after = (*before, value) if self.choices.many(asked.attribute) else (value,)
                changes = {**goal.changes, **naming, key: after}
                if len(changes) > budget:
                    continue
                check = Check(condition=_about(asked, fact), status=self._standing(key), wanted=value)
                extended = _extended(goal, condition, fact, check)
                reached = Goal(extended.bound, changes, extended.checks, goal.avoided)
                yield from self._arising(key, reached, budget, stack)

    def _arising(self, key: Key, goal: Goal, budget: int, stack: tuple[str, ...]) -> Iterator[Goal]:
        """What must be answered so that a question arises at all; the checks stay those of the rule."""
        name, subject = key
        question = self.origins.question(name)
        assert question is not None
        if not question.when or self.origins.arises(name, subject) or "when:" + name in stack:
            yield goal
            return
        for group in question.when:
            conditions = tuple(_of(condition, subject) if question.of else condition for condition in group)
            if all(self.choices.may_hold(condition, goal.changes) for condition in conditions):
                yield goal
                return
            for reached in self._all(conditions, goal, budget, (*stack, "when:" + name)):
                yield Goal(goal.bound, reached.changes, goal.checks, reached.avoided)

    def _standing(self, key: Key) -> Status:
        return "open" if self.origins.is_open(*key) else "fails"

    def _avoiding(self, condition: Condition) -> Check:
        """How a negated condition stands: it holds if nothing can meet it."""
        met = self.possible(condition)
        if not met:
            return Check(condition=condition, negated=True, status="holds")
        fact = met[0]._replace(attribute=condition.attribute)
        return Check(condition=condition, negated=True, status="fails", fact=fact)


def _of(condition: Condition, subject: str) -> Condition:
    """The condition about this subject."""
    about = subject if condition.subject.startswith("$") else condition.subject
    return Condition(condition.attribute, about, condition.operator, condition.operands)


def _plain(condition: Condition) -> Condition:
    return Condition(condition.attribute[:-1], condition.subject, condition.operator, condition.operands)


def meets(condition: Condition, fact: Fact) -> bool:
    """Whether a fact meets a condition, reading marks aside."""
    about = condition.subject.startswith("$") or condition.subject == fact.subject
    return about and condition.admits(fact.value)


def _about(asked: Condition, fact: Fact) -> Condition:
    """The condition with its subject filled in."""
    return Condition(asked.attribute, fact.subject, asked.operator, asked.operands)


def _extended(goal: Goal, condition: Condition, fact: Fact, check: Check) -> Goal:
    bound = {**goal.bound, **binding((condition,), (fact,))}
    return Goal(bound, goal.changes, (*goal.checks, check), goal.avoided)


def _concluded(clause: Clause, bound: Mapping[str, Value], asked: Condition) -> Iterator[Fact]:
    """The facts of a clause under a binding that meet what was asked for."""
    for head in clause.heads:
        if head.attribute[:-1] != asked.attribute:
            continue
        subject = str(bound.get(head.subject, head.subject))
        value = bound.get(head.value, head.value) if isinstance(head.value, str) else head.value
        fact = Fact(asked.attribute, subject, value)
        if meets(asked, fact):
            yield fact
