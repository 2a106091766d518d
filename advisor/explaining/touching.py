"""Which decisions touch a proof: could change a fact it rests on, or anything on which it rests that a thing is absent.

As long as an obligation is still concluded one of its proofs stands, and whatever removes it must touch that proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation
from advisor.engine.inference import Derivation, binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE, Program
from advisor.explaining.decisions import Decision
from advisor.explaining.relevance import arising, local, reads
from advisor.model import OBLIGATION, SHOP, Condition, Fact, Value
from advisor.vocabulary import SUBJECT_LISTS

Numbers = frozenset[int]
"""Decisions by their place in the list of all of them."""

NONE: Numbers = frozenset()


class Touch:
    """What the decisions of one case can touch at all."""

    def __init__(self, consultation: Consultation, program: Program, decisions: Sequence[Decision]) -> None:
        self.decisions = decisions
        self._reads = reads(program)
        self._local = local(program)
        self._arising = arising(consultation.base)
        self._by_attribute: dict[str, Numbers] = {}
        self._by_fact: dict[Fact, Numbers] = {}

    def fact(self, fact: Fact) -> Numbers:
        """The decisions that could change a given fact (unmarked)."""
        found = self._by_fact.get(fact)
        if found is None:
            depends = self._arising.get(fact.attribute, frozenset())
            found = self._by_fact[fact] = frozenset(
                number
                for number, decision in enumerate(self.decisions)
                if _changes(decision, fact) or decision.attributes & depends
            )
        return found

    def condition(self, marked: Condition) -> Numbers:
        """The decisions that could change anything on which it depends whether a condition is met."""
        name, subject = marked.attribute[:-1], marked.subject
        found = self._attribute(name)
        if subject == SHOP or not self._local.get(name, True):
            return found
        return frozenset(number for number in found if _concerns(self.decisions[number], subject))

    def _attribute(self, name: str) -> Numbers:
        found = self._by_attribute.get(name)
        if found is None:
            given = set(self._reads.get(name, {name}))
            given |= {other for item in given for other in self._arising.get(item, frozenset())}
            found = frozenset(number for number, decision in enumerate(self.decisions) if decision.attributes & given)
            self._by_attribute[name] = found
        return found


def _changes(decision: Decision, fact: Fact) -> bool:
    item = decision.item
    if decision.leaves_out and fact.attribute == item.attribute:
        return fact.value == decision.value
    if decision.leaves_out and fact.attribute in decision.attributes:
        return fact.subject == decision.value
    if fact.attribute == item.attribute:
        return fact.subject == decision.subject and fact.value != decision.value
    return fact.attribute in item.also and fact.subject == decision.subject


def _concerns(decision: Decision, subject: str) -> bool:
    """Whether a decision is about a subject or about the shop as a whole, not about another subject."""
    if decision.leaves_out and decision.item.attribute in SUBJECT_LISTS.values():
        return decision.value == subject
    return decision.subject in (SHOP, subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A rule that speaks whatever is decided, and what its variables stand for."""

    rule: str
    bound: Mapping[str, Value]


class Proofs:
    """The proofs that stand in one state of the answers: of obligations that are certain, or (False) only possible."""

    def __init__(self, touch: Touch, conclusions: Conclusions, standing: Iterable[tuple[Due, bool]]) -> None:
        self.touch = touch
        self.conclusions = conclusions
        self.standing = tuple(standing)
        self._known: dict[Fact, Numbers] = {}
        self._used: Numbers = NONE

    def conflict(self) -> Numbers:
        """The decisions that touch the proof which fewest of them touch: one of them is in every set that works."""
        return self._smallest(NONE) or NONE

    def least(self) -> int:
        """A number of decisions that is needed at least: of proofs that no decision touches two of. 0: it cannot be."""
        count, used = 0, NONE
        while True:
            found = self._smallest(used)
            if found is None or found & used:
                return count
            if not found:
                return 0
            count, used = count + 1, used | found

    def _smallest(self, used: Numbers) -> Numbers | None:
        """The decisions of the proof that the fewest touch, of those that none of `used` touches if there is one."""
        self._known, self._used = {}, used
        smallest: Numbers | None = None
        for due, certain in self.standing:
            found = self._proof(_concluded(due, certain), frozenset())
            if found is not None and (smallest is None or self._cost(found) < self._cost(smallest)):
                smallest = found
        return smallest

    def untouched(self) -> Fixed | None:
        """The rule behind a proof that no decision touches, if there is one."""
        self._known, self._used = {}, NONE
        for due, certain in self.standing:
            for way in self.conclusions.derivations(_concluded(due, certain)):
                if self._step(way, frozenset()) == NONE:
                    clause = self.conclusions.clause(way)
                    return Fixed(rule=clause.rule, bound=binding(clause.positive, way.premises))
        return None

    def _cost(self, found: Iterable[int]) -> tuple[int, int]:
        numbers = frozenset(found)
        return len(numbers & self._used), len(numbers)

    def _proof(self, fact: Fact, path: frozenset[Fact]) -> Numbers | None:
        """The fewest decisions that touch one whole proof of a fact; None if there is no proof off the path."""
        if fact in self._known:
            return self._known[fact]
        found: Numbers | None = None
        if fact in self.conclusions.inference.given:
            found = self.touch.fact(fact._replace(attribute=fact.attribute[:-1]))
        else:
            for way in self.conclusions.derivations(fact):
                touched = self._step(way, path | {fact})
                if touched is not None and (found is None or self._cost(touched) < self._cost(found)):
                    found = touched
        if found is not None:
            self._known[fact] = found
        return found

    def _step(self, way: Derivation, path: frozenset[Fact]) -> Numbers | None:
        """The decisions that touch a proof by one rule; None if it leads back to the path."""
        touched: set[int] = set()
        for premise in way.premises:
            below = None if premise in path else self._proof(premise, path)
            if below is None:
                return None
            touched |= below
        clause = self.conclusions.clause(way)
        bound = binding(clause.positive, way.premises) if clause.negative else {}
        for condition in clause.negative:
            touched |= self.touch.condition(ground(condition, bound))
        return frozenset(touched)


def _concluded(due: Due, certain: bool) -> Fact:
    return Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id)
