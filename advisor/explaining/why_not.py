"""Why an obligation does not (certainly) apply: the rules nearest to it, and answers with which it would.

Each rule that concludes the obligation is read backwards: which of its conditions hold already, and which other answers
would make the rest hold, through derived facts down to questions (abduction over definite clauses). What a rule negates
is then prevented in the same way. Sets of answers are tried on the engine from the smallest on; only those that do
conclude the obligation are suggested.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor import vocabulary
from advisor.case import Case
from advisor.conclusions import Due
from advisor.consultation import Consultation
from advisor.engine.inference import binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE, Clause
from advisor.explaining.choices import Changes, Choices
from advisor.explaining.origins import KNOWN_OF_COUNTRIES, KNOWN_OF_PURPOSES, Origins
from advisor.explaining.relevance import Slice, unified
from advisor.model import OBLIGATION, Answer, Condition, Fact, Rule, Value
from advisor.situation import STAND_IN, Key

RULES = 3
"""How many of the nearest rules are told."""

CHANGES = 7
"""The most answers that would have to be different in a suggestion."""

TRIES = 40
"""How many sets of answers are tried for one rule and size."""

PREVENTIONS = 3
"""How many ways to keep something from being concluded are tried."""

STEPS = 20_000
"""How many partial ways to meet a rule are looked at for one size."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A rule near to concluding the obligation, and answers with which it would: those that would be different."""

    rule: str
    subject: str
    bound: Mapping[str, Value]
    checks: tuple[Check, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why an obligation does not certainly apply; `hangs_on` if it may; `out_of_force` are rules of other days."""

    obligation: str
    subject: str
    applies: bool
    hangs_on: tuple[Key, ...]
    nearest: tuple[Nearest, ...]
    out_of_force: tuple[Rule, ...]


def why_not(consultation: Consultation, case: Case, obligation: str, subject: str = "") -> WhyNot:
    """The nearest rules for an obligation and what would have to be different for it to apply."""
    conclusions = consultation.conclusions(case)
    applies = any(due.id == obligation and subject in ("", due.subject) for due in conclusions.certain)
    maybe = [due for due in conclusions.maybe if due.id == obligation and subject in ("", due.subject)]
    nearest = () if applies else _Search(consultation, case, obligation, subject).nearest()
    return WhyNot(
        obligation=obligation,
        subject=subject,
        applies=applies,
        hangs_on=tuple(sorted({key for due in maybe for key in conclusions.hangs_on(due)})),
        nearest=nearest,
        out_of_force=tuple(
            rule
            for rule in consultation.base.rules
            if not rule.valid.covers(consultation.as_of)
            and any(head.attribute == OBLIGATION and head.value == obligation for head in rule.then)
        ),
    )


# --- what would have to be different ---


@dataclass(frozen=True, slots=True)
class _Goal:
    """Conditions met in one way: under which binding, with which changes, how each stands now, what must not be."""

    bound: Mapping[str, Value]
    changes: Changes
    checks: tuple[Check, ...] = ()
    avoided: tuple[Condition, ...] = ()


class _Search:
    def __init__(self, consultation: Consultation, case: Case, obligation: str, subject: str) -> None:
        self.consultation = consultation
        self.case = case
        self.obligation = obligation
        self.subject = subject
        self.part = Slice(consultation, obligation)
        self.now = self.part.conclude(case.answers)
        self.origins = Origins(consultation.base, case, self.now)
        self.choices = Choices(consultation, case, self.origins)
        self._facts: dict[str, list[Fact]] = {}
        for source in (self.now.inference.given, self.now.inference.derived):
            for fact in sorted(source, key=str):
                self._facts.setdefault(fact.attribute, []).append(fact)
        self._concluding: dict[str, list[Clause]] = {}
        for clause in self.part.program.clauses:
            for attribute in dict.fromkeys(head.attribute for head in clause.heads):
                self._concluding.setdefault(attribute, []).append(clause)
        self._steps = 0

    def nearest(self) -> tuple[Nearest, ...]:
        """The rules that take the fewest other answers, each with the fewest that were seen to work."""
        found: dict[str, Nearest] = {}
        for size in range(CHANGES + 1):
            self._steps = 0
            for clause in self._concluding.get(OBLIGATION + CERTAIN, ()):
                if clause.rule not in found and (nearest := self._nearest(clause, size)) is not None:
                    found[clause.rule] = nearest
            if len(found) >= RULES or (found and size > min(len(item.answers) for item in found.values()) + 1):
                break
        return tuple(sorted(found.values(), key=lambda item: len(item.answers))[:RULES])

    def _nearest(self, clause: Clause, size: int) -> Nearest | None:
        """The rule with the fewest other answers that were seen to work, of those that take `size` to meet it."""
        best: Nearest | None = None
        for goal, changes in itertools.islice(self._candidates(clause, size), TRIES):
            if best is not None and len(changes) > len(best.answers):
                continue
            due = self._proved(changes, clause)
            if due is None:
                continue
            needed = self._needed(changes, clause)
            if best is None or len(needed) < len(best.answers):
                best = Nearest(
                    rule=clause.rule,
                    subject=due.subject,
                    bound=goal.bound,
                    checks=goal.checks,
                    answers=self.choices.answers(needed),
                )
            if len(best.answers) <= size:
                break
        return best

    def _candidates(self, clause: Clause, size: int) -> Iterator[tuple[_Goal, Changes]]:
        """Changes with which a rule might conclude it: those that meet it, with those that keep off what it negates."""
        wanted = Condition(OBLIGATION, self.subject or "$it", "is", (self.obligation,))
        for bound in unified(clause, wanted):
            for goal in self._met(clause, bound, {}, size, (clause.rule,)):
                if len(goal.changes) == size:  # smaller ones were tried before
                    for changes in itertools.islice(self._prevented(goal.avoided, goal.changes), PREVENTIONS):
                        yield goal, changes

    def _proved(self, changes: Changes, clause: Clause) -> Due | None:
        """The obligation as it would be concluded by this rule; None if it would not."""
        answers = {**self.case.answers, **{answer.key: answer for answer in self.choices.answers(changes)}}
        conclusions = self.part.conclude(answers)
        for due in conclusions.certain:
            meant = due.id == self.obligation and self.subject in ("", due.subject)
            if meant and clause.rule in conclusions.rules_for(due):
                return due
        return None

    def _needed(self, changes: Changes, clause: Clause) -> Changes:
        """Those of the changes without which the rule does not conclude it."""
        for key in list(changes):
            fewer = {other: values for other, values in changes.items() if other != key}
            if self._proved(fewer, clause) is not None:
                changes = fewer
        return changes

    # --- meeting conditions ---

    def _met(
        self, clause: Clause, bound: Mapping[str, Value], changes: Changes, budget: int, stack: tuple[str, ...]
    ) -> Iterator[_Goal]:
        """The ways to meet a clause with at most `budget` changes in all."""
        conditions = tuple(_plain(condition) for condition in clause.positive)
        negative = tuple(_plain(condition) for condition in clause.negative)
        for goal in self._all(conditions, _Goal(bound, changes), budget, stack):
            avoided = tuple(ground(condition, goal.bound) for condition in negative)
            checks = tuple(self._avoiding(condition) for condition in avoided)
            yield _Goal(goal.bound, goal.changes, (*goal.checks, *checks), (*goal.avoided, *avoided))

    def _all(
        self, conditions: Sequence[Condition], goal: _Goal, budget: int, stack: tuple[str, ...]
    ) -> Iterator[_Goal]:
        if not conditions:
            yield goal
            return
        self._steps += 1
        if self._steps > STEPS:
            return
        for extended in self._one(ground(conditions[0], goal.bound), conditions[0], goal, budget, stack):
            yield from self._all(conditions[1:], extended, budget, stack)

    def _one(
        self, asked: Condition, condition: Condition, goal: _Goal, budget: int, stack: tuple[str, ...]
    ) -> Iterator[_Goal]:
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
            if _meets(asked, fact):
                seen.add(fact)
                plain = fact._replace(attribute=name)
                yield _extended(goal, condition, plain, Check(condition=asked, status="holds", fact=plain))
        if not budget or len(stack) > DEPTH:
            return
        for clause in self._concluding.get(name + CERTAIN, ()):
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
                        yield _Goal(outer.bound, inner.changes, outer.checks, (*goal.avoided, *inner.avoided))

    def _as_it_is(self, asked: Condition, condition: Condition, goal: _Goal) -> Iterator[_Goal]:
        """Given facts that meet a condition, answers that are to be changed as they would be."""
        for subject in self.choices.subjects(asked, goal.changes):
            key = (asked.attribute, subject)
            values = goal.changes.get(key, self.choices.certain(key))
            for value in values:
                fact = Fact(asked.attribute, subject, value)
                if _meets(asked, fact):
                    status: Status = "holds" if key not in goal.changes else self._standing(key)
                    held = fact if status == "holds" else None
                    check = Check(condition=_about(asked, fact), status=status, fact=held, wanted=value)
                    yield _extended(goal, condition, fact, check)

    def _answered(
        self, asked: Condition, condition: Condition, goal: _Goal, budget: int, stack: tuple[str, ...]
    ) -> Iterator[_Goal]:
        """Another answer that meets a condition; and what it takes for its question to arise."""
        for subject, naming in self.choices.subjects_or_new(asked, goal.changes):
            key = (asked.attribute, subject)
            if key in goal.changes and not self.choices.many(asked.attribute):
                continue
            for value in self.choices.values(asked):
                fact = Fact(asked.attribute, subject, value)
                before = goal.changes.get(key, self.choices.certain(key))
                if value in before or not _meets(asked, fact):
                    continue
                after = (*before, value) if self.choices.many(asked.attribute) else (value,)
                changes = {**goal.changes, **naming, key: after}
                if len(changes) > budget:
                    continue
                check = Check(condition=_about(asked, fact), status=self._standing(key), wanted=value)
                extended = _extended(goal, condition, fact, check)
                reached = _Goal(extended.bound, changes, extended.checks, goal.avoided)
                yield from self._arising(key, reached, budget, stack)

    def _arising(self, key: Key, goal: _Goal, budget: int, stack: tuple[str, ...]) -> Iterator[_Goal]:
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
                yield _Goal(goal.bound, reached.changes, goal.checks, reached.avoided)

    def _standing(self, key: Key) -> Status:
        return "open" if self.origins.is_open(*key) else "fails"

    # --- preventing what is negated ---

    def _avoiding(self, condition: Condition) -> Check:
        """How a negated condition stands: it holds if nothing can meet it."""
        possible = self._facts.get(condition.attribute + POSSIBLE, ())
        met = next((fact for fact in possible if _meets(condition, fact)), None)
        if met is None:
            return Check(condition=condition, negated=True, status="holds")
        return Check(
            condition=condition, negated=True, status="fails", fact=met._replace(attribute=condition.attribute)
        )

    def _prevented(self, avoided: Iterable[Condition], changes: Changes) -> Iterator[Changes]:
        """Changes after which, as far as can be seen, nothing meets the conditions."""
        facts = [
            fact
            for condition in avoided
            for fact in self._facts.get(condition.attribute + POSSIBLE, ())
            if _meets(condition, fact)
        ]
        yield from self._broken(tuple(facts), changes, frozenset())

    def _broken(self, facts: tuple[Fact, ...], changes: Changes, done: frozenset[Fact]) -> Iterator[Changes]:
        """Changes after which none of these possible facts is left."""
        if not facts:
            yield changes
            return
        fact, rest = facts[0], facts[1:]
        if fact in done:
            yield from self._broken(rest, changes, done)
            return
        name = fact.attribute[:-1]
        if self.origins.question(name) is not None:
            for other in self.choices.without(Fact(name, fact.subject, fact.value), changes):
                yield from self._broken(rest, other, done | {fact})
        elif fact in self.now.inference.derived:
            ways = self.now.derivations(fact)
            yield from self._ways_broken([way.premises for way in ways], rest, changes, done | {fact})

    def _ways_broken(
        self, ways: Sequence[tuple[Fact, ...]], rest: tuple[Fact, ...], changes: Changes, done: frozenset[Fact]
    ) -> Iterator[Changes]:
        """Changes that take one premise from each of the ways to a fact."""
        if not ways:
            yield from self._broken(rest, changes, done)
            return
        for premise in ways[0]:
            if premise in done:
                yield from self._ways_broken(ways[1:], rest, changes, done)
                return
        for premise in sorted(ways[0], key=self._reluctance):
            for other in itertools.islice(self._broken((premise,), changes, done), PREVENTIONS):
                yield from self._ways_broken(ways[1:], rest, other, done | {premise})

    def _reluctance(self, marked: Fact) -> int:
        """What is changed rather: an answer, then a list of them, then what follows; whom one works with last."""
        name = marked.attribute[:-1]
        if name in vocabulary.SUBJECT_LISTS.values():
            return 4 if marked.value not in STAND_IN.values() else -1  # nobody named: there may be none
        if self.origins.question(name) is None:
            return 2
        return 1 if self.choices.many(name) else 0


# --- conditions and clauses ---


def _of(condition: Condition, subject: str) -> Condition:
    """The condition about this subject."""
    about = subject if condition.subject.startswith("$") else condition.subject
    return Condition(condition.attribute, about, condition.operator, condition.operands)


def _plain(condition: Condition) -> Condition:
    return Condition(condition.attribute[:-1], condition.subject, condition.operator, condition.operands)


def _meets(condition: Condition, fact: Fact) -> bool:
    """Whether a fact meets a condition, reading marks aside."""
    about = condition.subject.startswith("$") or condition.subject == fact.subject
    return about and condition.admits(fact.value)


def _about(asked: Condition, fact: Fact) -> Condition:
    """The condition with its subject filled in."""
    return Condition(asked.attribute, fact.subject, asked.operator, asked.operands)


def _extended(goal: _Goal, condition: Condition, fact: Fact, check: Check) -> _Goal:
    bound = {**goal.bound, **binding((condition,), (fact,))}
    return _Goal(bound, goal.changes, (*goal.checks, check), goal.avoided)


def _concluded(clause: Clause, bound: Mapping[str, Value], asked: Condition) -> Iterator[Fact]:
    """The facts of a clause under a binding that meet what was asked for."""
    for head in clause.heads:
        if head.attribute[:-1] != asked.attribute:
            continue
        subject = str(bound.get(head.subject, head.subject))
        value = bound.get(head.value, head.value) if isinstance(head.value, str) else head.value
        fact = Fact(asked.attribute, subject, value)
        if _meets(asked, fact):
            yield fact
