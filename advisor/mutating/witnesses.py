"""Recorded cases that would notice a changed rule, and how they notice: by another plan, or by whether a rule speaks.

A *witness* is a case on a day. What it sees of a plan are the obligations and the rules behind each, as transcripts
keep them; an entry of a table of triggers sees whether its rule certainly speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.engine.inference import Inference
from advisor.engine.program import CERTAIN, Program
from advisor.model import OBLIGATION, Fact


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Witness:
    """A case as the facts it starts from. `rule` and `speaks` are those of an entry of a table of triggers."""

    name: str
    day: str
    facts: tuple[Fact, ...]
    rule: str = ""
    speaks: bool = False


Seen = Mapping[str, frozenset[str]]
"""The rules behind each certain obligation."""


def seen(inference: Inference, program: Program, obligations: Iterable[str]) -> Seen:
    """What a plan shows of some obligations."""
    wanted = set(obligations)
    found: dict[str, set[str]] = {}
    for fact, ways in inference.derived.items():
        if fact.attribute == OBLIGATION + CERTAIN and fact.value in wanted:
            found.setdefault(str(fact.value), set()).update(program.clauses[way.clause].rule for way in ways)
    return {name: frozenset(rules) for name, rules in found.items()}


def speaks(inference: Inference, program: Program, rule: str) -> bool:
    """Whether something certain follows from a rule."""
    return any(
        program.clauses[way.clause].rule == rule and program.clauses[way.clause].certain
        for ways in inference.derived.values()
        for way in ways
    )
