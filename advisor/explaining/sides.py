"""The two sides of a comparison: a case under the law of a day and an edition of the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.program import Program
from advisor.explaining.editions import Editions, editions
from advisor.model import KnowledgeBase

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
    """Consultations by knowledge base and day, and what differs between knowledge bases, each made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Consultation] = {}
        self._editions: dict[tuple[str, str], Editions] = {}

    def of(self, side: Side) -> Consultation:
        key = (side.base.digest, side.day)
        if key not in self._made:
            today = side.program.on(side.day)
            self._made[key] = Consultation(side.base, today, IncrementalEngine(today), side.day)
        return self._made[key]

    def editions(self, left: Side, right: Side) -> Editions:
        """What differs between the knowledge bases of two sides."""
        key = (left.base.digest, right.base.digest)
        if key not in self._editions:
            self._editions[key] = editions(left.base, right.base)
        return self._editions[key]


def differ(left: Side, right: Side, factor: Factor) -> bool:
    """Whether two sides differ in a factor."""
    if factor == "facts":
        return {key: answer.value for key, answer in left.case.answers.items()} != {
            key: answer.value for key, answer in right.case.answers.items()
        }
    if factor == "law":
        return left.day != right.day
    return left.base.digest != right.base.digest


def taken(side: Side, other: Side, factor: Factor) -> Side:
    """A side with one factor taken from the other."""
    if factor == "facts":
        return replace(side, case=other.case)
    if factor == "law":
        return replace(side, day=other.day)
    return replace(side, base=other.base, program=other.program)
