"""Reads the justification graph: what is certain, what may be, and on which answers that hangs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from advisor.engine.inference import Derivation, Inference, binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE, Clause, Program
from advisor.model import ASK_EXPERT, OBLIGATION, UNKNOWN, Condition, Fact, Rule
from advisor.situation import STAND_IN, Key, Situation
from advisor.vocabulary import SUBJECT_LISTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An obligation with the subject it concerns."""

    id: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """The conclusions of one case. Pure data over the graph; questions about single conclusions are methods."""

    program: Program
    situation: Situation
    inference: Inference
    rules: Mapping[str, Rule]
    certain: tuple[Due, ...]
    maybe: tuple[Due, ...]
    experts: frozenset[Due]
    pivotal: frozenset[Key]
    """Open and unknown attributes on which some obligation hangs that is possible and not certain."""
    reader: Reader = field(repr=False, compare=False)

    def hangs_on(self, due: Due) -> frozenset[Key]:
        """The open and unknown attributes that decide whether this obligation applies. Empty if it is certain."""
        return self.reader.leaves(self.situation, self.inference, [Fact(OBLIGATION + POSSIBLE, due.subject, due.id)])

    def derivations(self, fact: Fact) -> tuple[Derivation, ...]:
        """All derivations in a stable order: by the rule's place in the program, then by premises."""
        return tuple(sorted(self.inference.derived.get(fact, ()), key=lambda way: (way.clause, str(way.premises))))

    def clause(self, derivation: Derivation) -> Clause:
        return self.program.clauses[derivation.clause]

    def rules_for(self, due: Due, certain: bool = True) -> tuple[str, ...]:
        """Ids of the rules that conclude an obligation, in program order."""
        fact = Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id)
        return tuple(dict.fromkeys(self.clause(way).rule for way in self.derivations(fact)))


class _Below(NamedTuple):
    """What a fact rests on: the premises of its derivations, and the negated conditions with their variables bound."""

    ways: frozenset[Derivation]
    premises: tuple[Fact, ...]
    negated: tuple[Condition, ...]


class Reader:
    """Reads conclusions out of the inferences of one program.

    What it read of a fact is kept for as long as an engine hands out the same derivations again: from one answer to the
    next most facts rest on what they rested on before.
    """

    def __init__(self, program: Program, rules: Mapping[str, Rule]) -> None:
        self.program = program
        self.rules = rules
        self._below: dict[Fact, _Below] = {}
        self._dues: dict[tuple[str, str], Due] = {}
        self._names: dict[str, tuple[str, str]] = {}
        """For an attribute of the possible reading: its name, and that of the certain reading."""
        self._against = frozenset(
            condition.attribute[:-1] + POSSIBLE
            for clause in program.clauses
            for condition in clause.negative
            if condition.operator not in ("is", "variable")
        )
        """Attributes of which not one value is denied but several."""

    def read(self, situation: Situation, inference: Inference) -> Conclusions:
        found: dict[str, set[tuple[str, str]]] = {
            name: set() for name in (OBLIGATION + CERTAIN, OBLIGATION + POSSIBLE, ASK_EXPERT + CERTAIN)
        }
        for attribute, subject, value in inference.derived:
            if attribute in found:
                found[attribute].add((str(value), subject))
        certain, possible, experts = found.values()
        maybe = tuple(map(self._due, sorted(possible - certain)))
        return Conclusions(
            program=self.program,
            situation=situation,
            inference=inference,
            rules=self.rules,
            certain=tuple(map(self._due, sorted(certain))),
            maybe=maybe,
            experts=frozenset(map(self._due, experts)),
            pivotal=self.leaves(
                situation, inference, [Fact(OBLIGATION + POSSIBLE, due.subject, due.id) for due in maybe]
            ),
            reader=self,
        )

    def _due(self, key: tuple[str, str]) -> Due:
        due = self._dues.get(key)
        if due is None:
            due = self._dues[key] = Due(id=key[0], subject=key[1])
        return due

    def leaves(self, situation: Situation, inference: Inference, start: Iterable[Fact]) -> frozenset[Key]:
        """Open and unknown attributes below some possible facts, along everything that is not certain already."""
        given, derived = inference
        uncertain = situation.open | situation.unknown
        against = _Index(inference, self._against)
        leaves: set[Key] = set()
        seen = set(start)
        stack = list(seen)
        while stack:
            fact = stack.pop()
            attribute, subject, value = fact
            name, certain = self._name(attribute)
            as_certain = (certain, subject, value)
            if as_certain in derived or as_certain in given:
                continue
            # A conclusion that would only follow from answering "I don't know" is no reason to ask.
            if value != UNKNOWN and (name, subject) in uncertain:
                leaves.add(_asked_as(name, subject))
            ways = derived.get(fact)
            if ways is None:
                continue
            below = self._below.get(fact)
            if below is None or below.ways is not ways:
                below = self._below[fact] = self._rests_on(ways)
            for premise in below.premises:
                if premise not in seen:
                    seen.add(premise)
                    stack.append(premise)
            for condition in below.negated:
                for other in against.meeting(condition):
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
        return frozenset(leaves)

    def _name(self, attribute: str) -> tuple[str, str]:
        found = self._names.get(attribute)
        if found is None:
            found = self._names[attribute] = (attribute[:-1], attribute[:-1] + CERTAIN)
        return found

    def _rests_on(self, ways: frozenset[Derivation]) -> _Below:
        premises: dict[Fact, None] = {}
        negated: list[Condition] = []
        for way in ways:
            premises.update(dict.fromkeys(way.premises))
            clause = self.program.clauses[way.clause]
            if clause.negative:
                bound = binding(clause.positive, way.premises)
                negated.extend(ground(condition, bound) for condition in clause.negative)
        return _Below(ways, tuple(premises), tuple(negated))


class _Index:
    """The possible facts of some attributes, to be found by attribute and subject; made when first asked."""

    def __init__(self, inference: Inference, attributes: frozenset[str]) -> None:
        self._inference = inference
        self._attributes = attributes
        self._facts: dict[tuple[str, str], list[Fact]] | None = None

    def meeting(self, condition: Condition) -> Iterator[Fact]:
        """The possible facts that stand against a negated condition without variables."""
        name = condition.attribute[:-1] + POSSIBLE
        if condition.operator == "is":
            fact = Fact(name, condition.subject, condition.operands[0])
            if self._inference.holds(fact):
                yield fact
            return
        if self._facts is None:
            self._facts = {}
            for fact in (*self._inference.given, *self._inference.derived):
                if fact.attribute in self._attributes:
                    self._facts.setdefault((fact.attribute, fact.subject), []).append(fact)
        for fact in self._facts.get((name, condition.subject), ()):
            if condition.admits(fact.value):
                yield fact


def _asked_as(name: str, subject: str) -> Key:
    """What hangs on vendors nobody has named hangs on the question who they are."""
    for kind, stand_in in STAND_IN.items():
        if subject == stand_in:
            return SUBJECT_LISTS[kind], "shop"
    return name, subject
