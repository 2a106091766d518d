"""Whether a condition of a template holds for a case: yes, perhaps, or no.

An answer nobody gave is never taken for a no: what hangs on it perhaps holds, and the document says so. A condition
`attribute: unknown` holds while the answer is missing, be it that nobody was asked or that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from advisor.conclusions import Conclusions
from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.model import SHOP, UNKNOWN, Condition, Value
from advisor.situation import STAND_IN, Key


class Holds(IntEnum):
    """In the order of certainty, so that the best of several alternatives is their maximum."""

    NO = 0
    PERHAPS = 1
    YES = 2


Alternatives = tuple[tuple[Condition, ...], ...]


class Standing:
    """The facts of one case, by attribute and reading."""

    def __init__(self, conclusions: Conclusions, given: Iterable[str]) -> None:
        """`given` are the attributes that answers set; the others are derived by rules."""
        self._given = frozenset(given)
        self._open: dict[str, set[str]] = {}
        for attribute, subject in (*conclusions.situation.open, *conclusions.situation.unknown):
            self._open.setdefault(attribute, set()).add(subject)
        self._certain: dict[str, list[tuple[str, Value]]] = {}
        self._possible: dict[str, list[tuple[str, Value]]] = {}
        for fact in (*conclusions.inference.given, *conclusions.inference.derived):
            index = self._certain if fact.attribute.endswith(CERTAIN) else self._possible
            if fact.attribute.endswith((CERTAIN, POSSIBLE)):
                index.setdefault(fact.attribute[:-1], []).append((fact.subject, fact.value))

    def values(self, attribute: str, subject: str = SHOP) -> tuple[str, ...]:
        """What is certain about a subject, "don't know" aside, in a stable order."""
        found = {str(value) for about, value in self._certain.get(attribute, ()) if about == subject}
        return tuple(sorted(found - {UNKNOWN}))

    def value(self, attribute: str, subject: str = SHOP) -> str:
        """The one certain value, or `unknown`."""
        return next(iter(self.values(attribute, subject)), UNKNOWN)

    def unsettled(self, attribute: str, subject: str = SHOP) -> bool:
        """Whether the attribute is open or answered with "don't know"."""
        return subject in self._open.get(attribute, ())

    def of(self, alternatives: Alternatives) -> Holds:
        """Whether one of the alternatives holds; no alternatives hold always."""
        return max((self._group(group) for group in alternatives), default=Holds.YES)

    def hangs_on(self, alternatives: Alternatives) -> tuple[Key, ...]:
        """The unanswered attributes named in the conditions."""
        found = {
            (condition.attribute, subject)
            for group in alternatives
            for condition in group
            for subject in self._open.get(condition.attribute, ())
            if _about(condition, subject) and subject not in STAND_IN.values()
        }
        return tuple(sorted(found))

    def _group(self, group: Iterable[Condition]) -> Holds:
        return min((self._condition(condition) for condition in group), default=Holds.YES)

    def _condition(self, condition: Condition) -> Holds:
        name = condition.attribute
        if condition.operator == "is" and condition.operands[0] == UNKNOWN:
            return Holds.YES if any(_about(condition, subject) for subject in self._open.get(name, ())) else Holds.NO
        if _met(condition, self._certain.get(name, ())):
            return Holds.YES
        if name in self._given:
            # Not the possible facts: there one value stands for all that no rule can tell apart, and templates can.
            perhaps = any(_about(condition, subject) for subject in self._open.get(name, ()))
        else:
            perhaps = _met(condition, self._possible.get(name, ()))
        return Holds.PERHAPS if perhaps else Holds.NO


def _met(condition: Condition, facts: Iterable[tuple[str, Value]]) -> bool:
    return any(_about(condition, subject) and condition.admits(value) for subject, value in facts)


def _about(condition: Condition, subject: str) -> bool:
    return condition.subject.startswith("$") or condition.subject == subject
