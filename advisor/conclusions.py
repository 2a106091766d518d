"""Reads the justification graph: what is certain, what may be, and on which answers that hangs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from advisor.engine.inference import Derivation, Inference, binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE, Clause, Program
from advisor.model import ASK_EXPERT, OBLIGATION, UNKNOWN, Condition, Fact, Rule, Value
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

    def surely(self, condition: Condition, subject: str) -> bool:
        """Whether a condition about a subject holds for certain, whatever the open answers will be."""
        about = subject if condition.subject.startswith("$") else condition.subject
        if condition.operator in ("is", "in"):
            facts = (Fact(condition.attribute + CERTAIN, about, value) for value in condition.operands)
            return any(map(self.inference.holds, facts))
        return any(
            fact.attribute == condition.attribute + CERTAIN and fact.subject == about and condition.admits(fact.value)
            for fact in (*self.situation.facts, *self.inference.derived)
        )

    def settled(self, attribute: str, subject: str) -> frozenset[Value] | None:
        """The values that rules surely give an attribute; None while they may give it others as well."""
        derived = [fact for fact in self.inference.derived if fact.subject == subject]
        possible = frozenset(fact.value for fact in derived if fact.attribute == attribute + POSSIBLE)
        certain = frozenset(fact.value for fact in derived if fact.attribute == attribute + CERTAIN)
        return certain if possible <= certain else None

    def derivations(self, fact: Fact) -> tuple[Derivation, ...]:
        """All derivations in a stable order: by the rule's place in the program, then by premises."""
        return tuple(sorted(self.inference.derived.get(fact, ()), key=lambda way: (way.clause, str(way.premises))))

    def clause(self, derivation: Derivation) -> Clause:
        return self.program.clauses[derivation.clause]

    def rules_for(self, due: Due, certain: bool = True) -> tuple[str, ...]:
        """Ids of the rules that conclude an obligation, in program order."""
        fact = Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id)
        return tuple(dict.fromkeys(self.clause(way).rule for way in self.derivations(fact)))


_MOST_KEPT = 20_000
"""Facts that are remembered; a case has five hundred possible ones."""


class _Node:
    """A possible fact, with what is looked up for it again and again, and what it rests on."""

    __slots__ = ("as_certain", "asked", "denied", "fact", "key", "negated", "premises", "seen", "ways")

    def __init__(self, fact: Fact) -> None:
        name, subject = fact.attribute[:-1], fact.subject
        self.fact = fact
        self.as_certain = Fact(name + CERTAIN, subject, fact.value)
        self.key = (name, subject)
        # A conclusion that would only follow from answering "I don't know" is no reason to ask.
        self.asked = _asked_as(name, subject) if fact.value != UNKNOWN else None
        self.ways: frozenset[Derivation] | None = None
        self.premises: tuple[_Node, ...] = ()
        self.denied: tuple[_Node, ...] = ()
        """Facts that the derivations deny."""
        self.negated: tuple[Condition, ...] = ()
        """Conditions that the derivations deny and several facts may meet, their variables bound."""
        self.seen = 0
        """The walk that came by last."""


class Reader:
    """Reads conclusions out of the inferences of one program.

    What it read of a fact is kept for as long as an engine hands out the same derivations again: from one answer to the
    next most facts rest on what they rested on before.
    """

    def __init__(self, program: Program, rules: Mapping[str, Rule]) -> None:
        self.program = program
        self.rules = rules
        self._nodes: dict[Fact, _Node] = {}
        self._walks = 0
        self._dues: dict[tuple[str, str], Due] = {}
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
        if len(self._nodes) > _MOST_KEPT:
            self._nodes.clear()
        self._walks += 1
        walk = self._walks
        stack = [self._node(fact) for fact in start]
        while stack:
            node = stack.pop()
            if node.seen == walk:
                continue
            node.seen = walk
            if node.as_certain in derived or node.as_certain in given:
                continue
            if node.asked is not None and node.key in uncertain:
                leaves.add(node.asked)
            ways = derived.get(node.fact)
            if ways is None:
                continue
            if node.ways is not ways:
                self._rest(node, ways)
            stack += node.premises
            stack += [other for other in node.denied if other.fact in given or other.fact in derived]
            for condition in node.negated:
                stack += map(self._node, against.meeting(condition))
        return frozenset(leaves)

    def _node(self, fact: Fact) -> _Node:
        node = self._nodes.get(fact)
        if node is None:
            node = self._nodes[fact] = _Node(fact)
        return node

    def _rest(self, node: _Node, ways: frozenset[Derivation]) -> None:
        """Notes what a fact rests on."""
        premises: dict[_Node, None] = {}
        negated: list[Condition] = []
        for way in ways:
            premises.update((self._node(premise), None) for premise in way.premises)
            clause = self.program.clauses[way.clause]
            if clause.negative:
                bound = binding(clause.positive, way.premises)
                negated.extend(ground(condition, bound) for condition in clause.negative)
        node.ways, node.premises = ways, tuple(premises)
        node.denied = tuple(
            self._node(Fact(condition.attribute[:-1] + POSSIBLE, condition.subject, condition.operands[0]))
            for condition in negated
            if condition.operator == "is"
        )
        node.negated = tuple(condition for condition in negated if condition.operator != "is")


class _Index:
    """The possible facts of some attributes, to be found by attribute and subject; made when first asked."""

    def __init__(self, inference: Inference, attributes: frozenset[str]) -> None:
        self._inference = inference
        self._attributes = attributes
        self._facts: dict[tuple[str, str], list[Fact]] | None = None

    def meeting(self, condition: Condition) -> Iterator[Fact]:
        """The possible facts that stand against a negated condition without variables."""
        name = condition.attribute[:-1] + POSSIBLE
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
