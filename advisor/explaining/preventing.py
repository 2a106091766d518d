"""Changes of answers that keep off what a rule negates, as far as can be seen: each way to it loses a premise."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from advisor import vocabulary
from advisor.conclusions import Conclusions
from advisor.explaining.choices import Changes, Choices
from advisor.explaining.meeting import Meeting
from advisor.explaining.origins import Origins
from advisor.model import Condition, Fact
from advisor.situation import STAND_IN

PREVENTIONS = 3
"""How many ways to keep something from being concluded are tried."""


class Prevention:
    """How to keep things off in one case."""

    def __init__(self, conclusions: Conclusions, origins: Origins, choices: Choices, meeting: Meeting) -> None:
        self.conclusions = conclusions
        self.origins = origins
        self.choices = choices
        self.meeting = meeting

    def ways(self, avoided: Iterable[Condition], changes: Changes) -> Iterator[Changes]:
        """Changes after which, as far as can be seen, nothing meets the conditions."""
        facts = tuple(fact for condition in avoided for fact in self.meeting.possible(condition))
        yield from itertools.islice(self._broken(facts, changes, frozenset()), PREVENTIONS)

    def _broken(self, facts: tuple[Fact, ...], changes: Changes, done: frozenset[Fact]) -> Iterator[Changes]:
        """Changes after which none of these possible facts is left."""
        if not facts:
            yield changes
            return
        fact, rest = facts[0], facts[1:]
        if fact in done:
            yield from self._broken(rest, changes, done)
            return
        name = fact.attribute[:-1]
        if self.origins.question(name) is not None:
            for other in self.choices.without(Fact(name, fact.subject, fact.value), changes):
                yield from self._broken(rest, other, done | {fact})
        elif fact in self.conclusions.inference.derived:
            ways = self.conclusions.derivations(fact)
            yield from self._ways_broken([way.premises for way in ways], rest, changes, done | {fact})

    def _ways_broken(
        self, ways: Sequence[tuple[Fact, ...]], rest: tuple[Fact, ...], changes: Changes, done: frozenset[Fact]
    ) -> Iterator[Changes]:
        """Changes that take one premise from each of the ways to a fact."""
        if not ways:
            yield from self._broken(rest, changes, done)
            return
        for premise in ways[0]:
            if premise in done:
                yield from self._ways_broken(ways[1:], rest, changes, done)
                return
        for premise in sorted(ways[0], key=self._reluctance):
            for other in itertools.islice(self._broken((premise,), changes, done), PREVENTIONS):
                yield from self._ways_broken(ways[1:], rest, other, done | {premise})

    def _reluctance(self, marked: Fact) -> int:
        """What is changed rather: an answer, then a list of them, then what follows; whom one works with last."""
        name = marked.attribute[:-1]
        if name in vocabulary.SUBJECT_LISTS.values():
            return 4 if marked.value not in STAND_IN.values() else -1  # nobody named: there may be none
        if self.origins.question(name) is None:
            return 2
        return 1 if self.choices.many(name) else 0
