"""Two plans side by side: of two cases, of two days, or under two knowledge bases. What differs, and what is behind it.

Each difference is attributed by trying: the plan is also made with the facts, the day or the knowledge base alone taken
from the other side. What appears with one of them alone, or vanishes without it, is due to it. The details come from
the explanations: which answers at their leaves differ, which rules or decisions are law on one of the days only, which
rules one knowledge base alone has. Wording is compared where the plans agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.explaining.differences import Row, RowKind, differences
from advisor.explaining.how import Graph
from advisor.explaining.nodes import Node, below
from advisor.model import OBLIGATION, SHOP, Answer, Fact, KnowledgeBase, Rule
from advisor.planning import Plan

Factor = Literal["facts", "law", "rules"]
FACTORS: tuple[Factor, ...] = ("facts", "law", "rules")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: a case under the law of a day and a knowledge base."""

    case: Case
    base: KnowledgeBase
    program: Program
    day: str


class Consultations:
    """Consultations by knowledge base and day, each made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Consultation] = {}

    def of(self, side: Side) -> Consultation:
        key = (side.base.digest, side.day)
        if key not in self._made:
            today = side.program.on(side.day)
            self._made[key] = Consultation(side.base, today, ReferenceEngine(today), side.day)
        return self._made[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What is behind a difference: one factor, with the answers, rules and countries that show it.

    `answers` are pairs of before and after (None: not answered); `countries` are those whose status changed.
    """

    factor: Factor
    answers: tuple[tuple[Answer | None, Answer | None], ...] = ()
    rules: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A difference with its causes; several where they only make it together."""

    row: Row
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A line of both plans that is said differently: the texts of its action, the sentences of its rules."""

    id: str
    texts: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs. `factors` are those in which the two sides differ at all."""

    left: Side
    right: Side
    factors: tuple[Factor, ...]
    rows: tuple[Attributed, ...]
    reworded: tuple[Reworded, ...]


def compare(left: Side, right: Side, consultations: Consultations) -> Comparison:
    """What differs between two sides and why."""
    return _Comparing(left, right, consultations).comparison()


def touched(sides: Iterable[tuple[Side, Side]], consultations: Consultations) -> Iterator[Comparison]:
    """The comparisons in which something differs, for a whole shelf of cases."""
    for left, right in sides:
        found = compare(left, right, consultations)
        if found.rows or found.reworded:
            yield found


class _Comparing:
    def __init__(self, left: Side, right: Side, consultations: Consultations) -> None:
        self.left = left
        self.right = right
        self.consultations = consultations
        self.factors = tuple(factor for factor in FACTORS if _differ(left, right, factor))

    def comparison(self) -> Comparison:
        before, after = self._plan(self.left), self._plan(self.right)
        rows = differences(before, after)
        due_to = self._due_to(before, after, {row.key for row in rows})
        attributed = []
        for row in rows:
            factors = due_to.get(row.key) or self.factors
            attributed.append(Attributed(row=row, causes=tuple(self._cause(row, factor) for factor in factors)))
        return Comparison(
            left=self.left,
            right=self.right,
            factors=self.factors,
            rows=tuple(attributed),
            reworded=tuple(self._reworded(before, after)),
        )

    def _plan(self, side: Side) -> Plan:
        return self.consultations.of(side).plan(side.case)

    # --- attributing ---

    def _due_to(
        self, before: Plan, after: Plan, wanted: set[tuple[str, RowKind]]
    ) -> dict[tuple[str, RowKind], tuple[Factor, ...]]:
        """The factors that make each difference alone, or without which it is not there."""
        if len(self.factors) < 2:
            return dict.fromkeys(wanted, self.factors)
        found: dict[tuple[str, RowKind], tuple[Factor, ...]] = {}
        for factor in self.factors:
            alone = differences(before, self._plan(_taken(self.left, self.right, factor)))
            without = differences(before, self._plan(_taken(self.right, self.left, factor)))
            makes = {row.key for row in alone}
            keeps = {row.key for row in without}
            for key in wanted:
                if key in makes or key not in keeps:
                    found[key] = (*found.get(key, ()), factor)
        return found

    def _cause(self, row: Row, factor: Factor) -> Cause:
        """What shows a factor in the explanation of a difference."""
        nodes = list(self._nodes(row))
        if factor == "facts":
            pairs: dict[tuple[str, str], tuple[Answer | None, Answer | None]] = {}
            for answer in (answer for node, _, _ in nodes for answer in node.answers):
                before = self.left.case.answers.get(answer.key)
                after = self.right.case.answers.get(answer.key)
                if (before.value if before else None) != (after.value if after else None):
                    pairs[answer.key] = (before, after)
            return Cause(factor=factor, answers=tuple(pairs.values()))
        rules: dict[str, None] = {}
        countries: dict[str, None] = {}
        for node, here, there in nodes:
            if factor == "law" and node.kind == "date" and not _rule(here.base, node.rule).valid.covers(there.day):
                rules[node.rule] = None
            elif factor == "law" and node.kind == "country" and node.fact is not None:
                country = here.base.countries[node.fact.subject]
                if country.status(here.day) != country.status(there.day):
                    countries[country.iso] = None
            elif factor == "rules" and node.kind == "rule" and _changed(here.base, there.base, node.rule):
                rules[node.rule] = None
        return Cause(factor=factor, rules=tuple(rules), countries=tuple(countries))

    def _nodes(self, row: Row) -> Iterator[tuple[Node, Side, Side]]:
        """The explanation of what is new on the right or was there on the left only, with this side and the other."""
        for side, other, line, about, rules in (
            (self.right, self.left, row.after, row.about, row.rules),
            (self.left, self.right, row.before, row.gone_about, row.gone_rules),
        ):
            if line is None or row.kind in ("up", "down"):
                continue
            subjects: tuple[str, ...] = line.about or (SHOP,)
            if row.kind == "about":
                subjects = about
            elif row.kind == "reasons" and not rules:
                continue
            consultation = self.consultations.of(side)
            graph = Graph(side.base, side.case, consultation.conclusions(side.case))
            mark = "?" if line.maybe else "!"
            for subject in subjects:
                node = graph.holding(Fact(OBLIGATION + mark, subject, row.id))
                if node is None:
                    continue
                parts = [part for part in node.parts if row.kind != "reasons" or part.rule in rules]
                for item in below(parts):
                    yield item, side, other

    # --- wording ---

    def _reworded(self, before: Plan, after: Plan) -> Iterator[Reworded]:
        """Lines that both plans have and that are said differently."""
        if "rules" not in self.factors:
            return
        lines = {line.id: line for line in before.lines}
        for line in after.lines:
            old = lines.get(line.id)
            if old is None:
                continue
            texts = tuple(name for name in _TEXTS if getattr(old.action, name) != getattr(line.action, name))
            rules = tuple(
                rule
                for rule in line.rules
                if (known := _find(self.left.base, rule)) is not None
                and known.because != _rule(self.right.base, rule).because
            )
            if texts or rules:
                yield Reworded(id=line.id, texts=texts, rules=rules)


_TEXTS = ("title", "why", "steps", "evidence", "mistakes", "sources")


def _differ(left: Side, right: Side, factor: Factor) -> bool:
    if factor == "facts":
        return {key: answer.value for key, answer in left.case.answers.items()} != {
            key: answer.value for key, answer in right.case.answers.items()
        }
    if factor == "law":
        return left.day != right.day
    return left.base.digest != right.base.digest


def _taken(side: Side, other: Side, factor: Factor) -> Side:
    """A side with one factor taken from the other."""
    if factor == "facts":
        return replace(side, case=other.case)
    if factor == "law":
        return replace(side, day=other.day)
    return replace(side, base=other.base, program=other.program)


def _find(base: KnowledgeBase, name: str) -> Rule | None:
    return next((rule for rule in base.rules if rule.id == name), None)


def _rule(base: KnowledgeBase, name: str) -> Rule:
    found = _find(base, name)
    assert found is not None
    return found


def _changed(here: KnowledgeBase, there: KnowledgeBase, name: str) -> bool:
    """Whether the other knowledge base lacks a rule, or says something else in it."""
    own, other = _rule(here, name), _find(there, name)
    return other is None or (own.bodies, own.then, own.valid) != (other.bodies, other.then, other.valid)
