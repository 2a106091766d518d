"""What a founder could decide otherwise so that an obligation goes away: the smallest sets of decisions.

Each step branches only over decisions that touch a proof which still stands (`touching`; R. Reiter, "A theory of
diagnosis from first principles", 1987). Sets are deepened one size after the other, from the number of proofs that have
no decision in common (R. Korf, "Depth-first iterative-deepening", 1985), so that the first that work are the smallest.
Every set is tried on the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation
from advisor.engine.incremental import IncrementalEngine
from advisor.explaining.decisions import Decision, Trial, applied, decisions
from advisor.explaining.differences import Row, differences
from advisor.explaining.how import Graph
from advisor.explaining.nodes import leaves
from advisor.explaining.relevance import Slice
from advisor.explaining.touching import Fixed, Proofs, Touch
from advisor.model import UNKNOWN
from advisor.situation import Key

MOST = 20
"""The largest set of decisions that is looked for: what takes more is no advice."""

TRIES = 250
"""How many sets are tried at most."""

ENOUGH = 12
"""How many sets of the smallest size are enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A smallest set of decisions, with what it does to the plan and what it leaves to answers not given yet."""

    decisions: tuple[Decision, ...]
    after: Case
    rows: tuple[Row, ...]
    hangs_on: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """The smallest ways to remove an obligation. Without any, `fixed` is a rule that no decision touches."""

    obligation: str
    subject: str
    ways: tuple[Way, ...]
    fixed: Fixed | None = None
    unknown: tuple[Key, ...] = ()
    """Without any: what it rests on and nobody knows yet."""
    exhausted: bool = True
    """Whether every set was looked at that could be as small; False if there were too many."""


def remove(consultation: Consultation, case: Case, obligation: str, subject: str = "") -> Removal:
    """The smallest sets of decisions after which the obligation no longer certainly applies.

    It may then still hang on answers that nobody had given before; on nothing that a decision has left open.
    """
    search = _Search(consultation, case, obligation, subject)
    sets, fixed, exhausted = search.smallest()
    whole = _unchecked(consultation)
    ways = _ways(whole, case, search, sets) if sets else ()
    unknown = _unknown(whole, case, search) if not ways and fixed is None else ()
    return Removal(obligation=obligation, subject=subject, ways=ways, fixed=fixed, unknown=unknown, exhausted=exhausted)


def _ways(
    consultation: Consultation, case: Case, search: _Search, sets: Iterable[tuple[Decision, ...]]
) -> tuple[Way, ...]:
    """What each set does to the whole plan, those first that bring the least; checked once more on all rules."""
    before = consultation.plan(case)
    ways = []
    for chosen in sets:
        after = applied(consultation, case, chosen)
        conclusions = consultation.conclusions(after)
        if not search.stands(conclusions):
            rows = differences(before, consultation.plan(after))
            ways.append(Way(decisions=chosen, after=after, rows=rows, hangs_on=search.hangs_on(conclusions)))
    return tuple(sorted(ways, key=lambda way: (_brought(way.rows), [decision.key for decision in way.decisions])))


def _unknown(consultation: Consultation, case: Case, search: _Search) -> tuple[Key, ...]:
    """What an obligation rests on and was answered with "I don't know"."""
    conclusions = consultation.conclusions(case)
    graph = Graph(consultation.base, case, conclusions)
    found: dict[Key, None] = {}
    for due, certain in search.standing(conclusions):
        node = graph.of(due, certain)
        for leaf in leaves(node) if node is not None else ():
            if leaf.kind == "given" and leaf.fact is not None and leaf.fact.value == UNKNOWN:
                found[leaf.fact.attribute, leaf.fact.subject] = None
    return tuple(found)


def _unchecked(consultation: Consultation) -> Consultation:
    """The same consultation on the incremental engine alone, which is many times faster than two engines."""
    if isinstance(consultation.engine, IncrementalEngine):
        return consultation
    engine = IncrementalEngine(consultation.program)
    return Consultation(consultation.base, consultation.program, engine, consultation.as_of)


def _brought(rows: Iterable[Row]) -> int:
    """How much more there would be to do."""
    return sum({"added": 1, "removed": -1}.get(row.kind, 0) for row in rows)


# --- searching ---


class _Search:
    """The search for one obligation of one case."""

    def __init__(self, consultation: Consultation, case: Case, obligation: str, subject: str) -> None:
        self.consultation = consultation
        self.case = case
        self.obligation = obligation
        self.subject = subject
        self.part = Slice(consultation, obligation)
        self.decisions = decisions(consultation, case)
        before = consultation.situations.of(case.answers)
        self.uncertain = before.open | before.unknown
        self._tries = 0
        self._touch = Touch(consultation, self.part.program, self.decisions)

    def smallest(self) -> tuple[tuple[tuple[Decision, ...], ...], Fixed | None, bool]:
        """The smallest sets; else the rule that no decision touches; and whether everything was looked at."""
        start = self._try(())
        assert start is not None
        proofs = self._proofs(start)
        least = proofs.least()
        if not least:
            return (), proofs.untouched(), True
        for size in range(least, MOST + 1):
            found: list[tuple[int, ...]] = []
            deeper = self._deepen((), start, size, found, set())
            if found or self._tries >= TRIES:
                complete = self._tries < TRIES and len(found) < ENOUGH
                return self._chosen(found), None, complete
            if not deeper:
                return (), None, True
        return (), None, False

    def _deepen(
        self,
        chosen: tuple[int, ...],
        state: Conclusions,
        size: int,
        found: list[tuple[int, ...]],
        seen: set[tuple[int, ...]],
    ) -> bool:
        """Collects the sets of one size that contain the chosen decisions; returns whether larger ones might work."""
        if not self.stands(state):
            found.append(chosen)
            return True
        proofs = self._proofs(state)
        conflict = proofs.conflict()
        if len(chosen) + max(1, proofs.least()) > size:
            return bool(conflict)
        more = False
        for number in sorted(conflict):
            larger = tuple(sorted((*chosen, number)))
            if len(found) >= ENOUGH or self._tries >= TRIES:
                return True
            if number in chosen or larger in seen or not self._compatible(chosen, number):
                continue
            seen.add(larger)
            following = self._try(larger)
            if following is not None:
                more = self._deepen(larger, following, size, found, seen) or more
        return more

    def _proofs(self, state: Conclusions) -> Proofs:
        return Proofs(self._touch, state, self.standing(state))

    def _chosen(self, found: Iterable[tuple[int, ...]]) -> tuple[tuple[Decision, ...], ...]:
        return tuple(tuple(self.decisions[number] for number in chosen) for chosen in found)

    def _try(self, chosen: tuple[int, ...]) -> Conclusions | None:
        """What follows after some decisions; None if they cannot be taken together."""
        self._tries += 1
        answers = Trial(self.consultation, self.case.answers)
        for number in chosen:
            answers.apply(self.decisions[number])
        if not answers.possible:
            return None
        return self.part.conclude(answers.now)

    def stands(self, conclusions: Conclusions) -> bool:
        """Whether the obligation is still certain, or hangs on something that was not open before."""
        return any(True for _ in self.standing(conclusions))

    def standing(self, conclusions: Conclusions) -> Iterator[tuple[Due, bool]]:
        for due in conclusions.certain:
            if self._meant(due):
                yield due, True
        for due in conclusions.maybe:
            if self._meant(due) and not conclusions.hangs_on(due) <= self.uncertain:
                yield due, False

    def _meant(self, due: Due) -> bool:
        return due.id == self.obligation and self.subject in ("", due.subject)

    def hangs_on(self, conclusions: Conclusions) -> tuple[Key, ...]:
        """The missing answers on which the obligation would still hang."""
        return tuple(
            sorted({key for due in conclusions.maybe if self._meant(due) for key in conclusions.hangs_on(due)})
        )

    def _compatible(self, chosen: tuple[int, ...], number: int) -> bool:
        """Two choices of the same answer exclude each other; leaving several things out of a list does not."""
        new = self.decisions[number]
        for other in (self.decisions[item] for item in chosen):
            same = other.subject == new.subject and bool(other.attributes & new.attributes)
            if same and not (other.leaves_out and new.leaves_out):
                return False
        return True
