"""Two plans side by side: of two cases, of two days, or under two knowledge bases. What differs, and what is behind it.

Each difference is attributed by trying: the plan is also made with the facts, the day or the knowledge base alone taken
from the other side. What appears with one of them alone, or vanishes without it, is due to it. The details come from
the explanations: which answers at their leaves differ, which rules or decisions are law on one of the days only, what
the two editions of the knowledge base say differently. Wording is compared where the plans agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.explaining.attributing import Cause, Causes
from advisor.explaining.differences import Row, RowKind, differences
from advisor.explaining.sides import FACTORS, Consultations, Factor, Side, differ, taken
from advisor.planning import Plan


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

    @property
    def touched(self) -> bool:
        """Whether anything differs."""
        return bool(self.rows or self.reworded)


def compare(left: Side, right: Side, consultations: Consultations) -> Comparison:
    """What differs between two sides and why."""
    return _Comparing(left, right, consultations).comparison()


class _Comparing:
    def __init__(self, left: Side, right: Side, consultations: Consultations) -> None:
        self.left = left
        self.right = right
        self.consultations = consultations
        self.factors = tuple(factor for factor in FACTORS if differ(left, right, factor))
        self.editions = consultations.editions(left, right)

    def comparison(self) -> Comparison:
        before, after = self._plan(self.left), self._plan(self.right)
        rows = differences(before, after)
        due_to = self._due_to(before, after, {row.key for row in rows})
        causes = Causes(self.left, self.right, self.consultations)
        attributed = []
        for row in rows:
            factors = due_to.get(row.key) or self.factors
            attributed.append(Attributed(row=row, causes=tuple(causes.of(row, factor) for factor in factors)))
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
            alone = differences(before, self._plan(taken(self.left, self.right, factor)))
            without = differences(before, self._plan(taken(self.right, self.left, factor)))
            makes = {row.key for row in alone}
            keeps = {row.key for row in without}
            for key in wanted:
                if key in makes or key not in keeps:
                    found[key] = (*found.get(key, ()), factor)
        return found

    # --- wording ---

    def _reworded(self, before: Plan, after: Plan) -> Iterator[Reworded]:
        """Lines that both plans have and that are said differently."""
        if "rules" not in self.factors:
            return
        lines = {line.id for line in before.lines}
        for line in after.lines:
            texts = self.editions.texts.get(line.id, ())
            rules = tuple(rule for rule in line.rules if self.editions.rules.get(rule) == "reworded")
            if line.id in lines and (texts or rules):
                yield Reworded(id=line.id, texts=texts, rules=rules)
