"""Reads the justification graph: what is certain, what may be, and on which answers that hangs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
    _index: dict[tuple[str, str], list[Fact]] = field(default_factory=dict, repr=False, compare=False)

    def hangs_on(self, due: Due) -> frozenset[Key]:
        """The open and unknown attributes that decide whether this obligation applies. Empty if it is certain."""
        return _leaves(self, [Fact(OBLIGATION + POSSIBLE, due.subject, due.id)])

    def derivations(self, fact: Fact) -> tuple[Derivation, ...]:
        """All derivations in a stable order: by the rule's place in the program, then by premises."""
        return tuple(sorted(self.inference.derived.get(fact, ()), key=lambda way: (way.clause, str(way.premises))))

    def clause(self, derivation: Derivation) -> Clause:
        return self.program.clauses[derivation.clause]

    def rules_for(self, due: Due, certain: bool = True) -> tuple[str, ...]:
        """Ids of the rules that conclude an obligation, in program order."""
        fact = Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id)
        return tuple(dict.fromkeys(self.clause(way).rule for way in self.derivations(fact)))


def conclude(program: Program, situation: Situation, inference: Inference, rules: Mapping[str, Rule]) -> Conclusions:
    """Reads the conclusions out of an inference."""
    certain: dict[Due, None] = {}
    possible: dict[Due, None] = {}
    experts: set[Due] = set()
    index: dict[tuple[str, str], list[Fact]] = {}
    for fact in (*inference.given, *inference.derived):
        if fact.attribute.endswith(POSSIBLE):
            index.setdefault((fact.attribute, fact.subject), []).append(fact)
    for fact in inference.derived:
        if fact.attribute == OBLIGATION + CERTAIN:
            certain[Due(id=str(fact.value), subject=fact.subject)] = None
        elif fact.attribute == OBLIGATION + POSSIBLE:
            possible[Due(id=str(fact.value), subject=fact.subject)] = None
        elif fact.attribute == ASK_EXPERT + CERTAIN:
            experts.add(Due(id=str(fact.value), subject=fact.subject))
    maybe = tuple(sorted((due for due in possible if due not in certain), key=lambda due: (due.id, due.subject)))
    found = Conclusions(
        program=program,
        situation=situation,
        inference=inference,
        rules=rules,
        certain=tuple(sorted(certain, key=lambda due: (due.id, due.subject))),
        maybe=maybe,
        experts=frozenset(experts),
        pivotal=frozenset(),
        _index=index,
    )
    pivotal = _leaves(found, [Fact(OBLIGATION + POSSIBLE, due.subject, due.id) for due in maybe])
    return Conclusions(
        program=program,
        situation=situation,
        inference=inference,
        rules=rules,
        certain=found.certain,
        maybe=maybe,
        experts=found.experts,
        pivotal=pivotal,
        _index=index,
    )


def _leaves(conclusions: Conclusions, start: Iterable[Fact]) -> frozenset[Key]:
    """Open and unknown attributes below some possible facts, along everything that is not certain already."""
    inference = conclusions.inference
    situation = conclusions.situation
    clauses = conclusions.program.clauses
    uncertain = situation.open | situation.unknown
    leaves: set[Key] = set()
    seen: set[Fact] = set()
    stack = list(start)
    while stack:
        fact = stack.pop()
        if fact in seen:
            continue
        seen.add(fact)
        name = fact.attribute[:-1]
        if inference.holds(fact._replace(attribute=name + CERTAIN)):
            continue
        # A conclusion that would only follow from answering "I don't know" is no reason to ask.
        if (name, fact.subject) in uncertain and fact.value != UNKNOWN:
            leaves.add(_asked_as(name, fact.subject))
        for way in inference.derived.get(fact, ()):
            stack.extend(way.premises)
            clause = clauses[way.clause]
            if clause.negative:
                bound = binding(clause.positive, way.premises)
                for condition in clause.negative:
                    stack.extend(_meeting(conclusions, ground(condition, bound)))
    return frozenset(leaves)


def _asked_as(name: str, subject: str) -> Key:
    """What hangs on vendors nobody has named hangs on the question who they are."""
    for kind, stand_in in STAND_IN.items():
        if subject == stand_in:
            return SUBJECT_LISTS[kind], "shop"
    return name, subject


def _meeting(conclusions: Conclusions, condition: Condition) -> list[Fact]:
    """Possible facts that stand against a negated condition."""
    name = condition.attribute[:-1] + POSSIBLE
    facts = conclusions._index.get((name, condition.subject), ())
    return [fact for fact in facts if condition.admits(fact.value)]
