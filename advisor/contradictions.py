"""Answers of a case that do not go together, as the knowledge base lists them.

Only what was answered, or is assumed and not taken back, contradicts: what is open or unknown may still fit. Nothing
follows from a contradiction; it is asked about, and either answer may stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.engine.inference import binding, ground
from advisor.engine.program import CERTAIN
from advisor.model import Condition, Contradiction, Fact, KnowledgeBase, Value
from advisor.situation import Key, Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One contradiction in a case: what the variables stand for, and the attributes concerned, in the order named."""

    item: Contradiction
    bound: Mapping[str, Value]
    keys: tuple[Key, ...]

    @property
    def name(self) -> tuple[str, tuple[Key, ...]]:
        """By which it is known again after another answer."""
        return self.item.id, self.keys


def clashes(base: KnowledgeBase, situation: Situation) -> tuple[Clash, ...]:
    """All contradictions of a case, each once."""
    wanted = {
        condition.attribute + CERTAIN: condition.attribute
        for item in base.contradictions
        for body in item.bodies
        for condition in (*body.positive, *body.negative)
    }
    facts: dict[str, list[Fact]] = {name: [] for name in wanted.values()}
    for fact in situation.facts:
        if (name := wanted.get(fact.attribute)) is not None:
            facts[name].append(fact._replace(attribute=name))
    found = {clash.name: clash for item in base.contradictions for clash in _of(item, facts, situation)}
    return tuple(found.values())


def _of(item: Contradiction, facts: Mapping[str, list[Fact]], situation: Situation) -> Iterator[Clash]:
    for body in item.bodies:
        for premises in _meeting(body.positive, facts, ()):
            bound = binding(body.positive, premises)
            negative = [ground(condition, bound) for condition in body.negative]
            if all(_is_ruled_out(condition, facts, situation) for condition in negative):
                keys = [(fact.attribute, fact.subject) for fact in premises]
                keys += [(condition.attribute, condition.subject) for condition in negative]
                yield Clash(item=item, bound=bound, keys=tuple(dict.fromkeys(keys)))


def _meeting(
    conditions: tuple[Condition, ...], facts: Mapping[str, list[Fact]], before: tuple[Fact, ...]
) -> Iterator[tuple[Fact, ...]]:
    """The facts that meet the conditions together, in their order."""
    if len(before) == len(conditions):
        yield before
        return
    asked = ground(conditions[len(before)], binding(conditions[: len(before)], before))
    for fact in facts[asked.attribute]:
        if (asked.subject.startswith("$") or fact.subject == asked.subject) and asked.admits(fact.value):
            yield from _meeting(conditions, facts, (*before, fact))


def _is_ruled_out(condition: Condition, facts: Mapping[str, list[Fact]], situation: Situation) -> bool:
    """Whether an answer leaves no room for the condition: of what is open or unknown nothing is ruled out."""
    key = (condition.attribute, condition.subject)
    if key in situation.open or key in situation.unknown:
        return False
    return not any(
        fact.subject == condition.subject and condition.admits(fact.value) for fact in facts[condition.attribute]
    )
