"""What an engine returns: facts with their derivations, the justification graph. And the contract engines keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from advisor.engine.program import Program
from advisor.model import Condition, Fact, Value


class Derivation(NamedTuple):
    """One way in which a fact follows: the clause (its place in the program) and the facts its conditions met."""

    clause: int
    premises: tuple[Fact, ...]


class Inference(NamedTuple):
    """Facts of both readings. A given fact has no derivation unless a rule concludes it as well."""

    given: frozenset[Fact]
    derived: Mapping[Fact, frozenset[Derivation]]

    def holds(self, fact: Fact) -> bool:
        return fact in self.given or fact in self.derived


class Engine(Protocol):
    """Draws every conclusion of a program from given facts. The result does not depend on the order of either."""

    name: str

    def infer(self, given: Iterable[Fact]) -> Inference: ...


class MakeEngine(Protocol):
    def __call__(self, program: Program) -> Engine: ...


def binding(positive: Iterable[Condition], premises: Iterable[Fact]) -> dict[str, Value]:
    """What the variables of a clause stand for in a derivation."""
    bound: dict[str, Value] = {}
    for condition, fact in zip(positive, premises, strict=True):
        if condition.subject.startswith("$"):
            bound[condition.subject] = fact.subject
        if condition.operator == "variable":
            bound[str(condition.operands[0])] = fact.value
    return bound


def ground(condition: Condition, bound: Mapping[str, Value]) -> Condition:
    """The condition with its variables replaced by what they stand for."""
    subject = str(bound.get(condition.subject, condition.subject))
    if condition.operator == "variable" and condition.operands[0] in bound:
        return Condition(condition.attribute, subject, "is", (bound[str(condition.operands[0])],))
    return Condition(condition.attribute, subject, condition.operator, condition.operands)
