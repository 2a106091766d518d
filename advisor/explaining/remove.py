"""What a founder could decide otherwise so that an obligation goes away: the smallest sets of decisions.

As long as the obligation is still concluded one of its proofs stands, and whatever removes it must touch that proof; so
each step branches only over decisions that do. Going through the sets by size, the first that work are the smallest
(R. Reiter, "A theory of diagnosis from first principles", 1987). Every set is tried on the engine; only the rules that
the obligation can depend on are evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation
from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.engine.reference import ReferenceEngine
from advisor.explaining.decisions import Decision, Trial, applied, decisions
from advisor.explaining.differences import Row, differences
from advisor.explaining.relevance import Slice, arising, reads
from advisor.model import OBLIGATION, Fact
from advisor.situation import Key

MOST = 12
"""The largest set of decisions that is looked for: what takes more is no advice."""

TRIES = 400
"""How many sets are tried at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A smallest set of decisions, with what it does to the plan and what it leaves to answers not given yet."""

    decisions: tuple[Decision, ...]
    after: Case
    rows: tuple[Row, ...]
    hangs_on: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """The smallest ways to remove an obligation. Without any, `fixed` is what nobody can decide, if that is known."""

    obligation: str
    subject: str
    ways: tuple[Way, ...]
    fixed: Due | None = None
    exhausted: bool = True
    """Whether every set was looked at that could be as small; False if there were too many."""


def remove(consultation: Consultation, case: Case, obligation: str, subject: str = "") -> Removal:
    """The smallest sets of decisions after which the obligation no longer certainly applies.

    It may then still hang on answers that nobody had given before; on nothing that a decision has left open.
    """
    search = _Search(consultation, case, obligation, subject)
    sets, fixed, exhausted = search.smallest()
    whole = _by_reference(consultation)
    before = whole.plan(case)
    ways = []
    for chosen in sets:
        after = applied(consultation, case, chosen)
        conclusions = whole.conclusions(after)
        if search.stands(conclusions):
            continue  # what the whole rule base says differently is no answer
        rows = differences(before, whole.plan(after))
        ways.append(Way(decisions=chosen, after=after, rows=rows, hangs_on=search.hangs_on(conclusions)))
    ways.sort(key=lambda way: (_brought(way.rows), [decision.key for decision in way.decisions]))
    return Removal(obligation=obligation, subject=subject, ways=tuple(ways), fixed=fixed, exhausted=exhausted)


def _by_reference(consultation: Consultation) -> Consultation:
    """The same consultation on the reference engine alone, which is several times faster than two engines."""
    if isinstance(consultation.engine, ReferenceEngine):
        return consultation
    engine = ReferenceEngine(consultation.program)
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
        self.fixed: Due | None = None
        self._reads = reads(self.part.program)
        self._arising = arising(consultation.base)
        self._by_attribute: dict[str, frozenset[int]] = {}

    def smallest(self) -> tuple[tuple[tuple[Decision, ...], ...], Due | None, bool]:
        """The smallest sets; else what cannot be decided; and whether everything was looked at."""
        frontier: list[tuple[int, ...]] = [()]
        seen: set[tuple[int, ...]] = {()}
        tries = 0
        for _ in range(MOST + 1):
            found: list[tuple[int, ...]] = []
            following: list[tuple[int, ...]] = []
            for chosen in frontier:
                if tries >= TRIES:
                    return self._chosen(found), None, False
                tries += 1
                state = self._try(chosen)
                if state is None:
                    continue
                if not self.stands(state):
                    found.append(chosen)
                    continue
                for number in sorted(self._conflict(state)):
                    larger = tuple(sorted((*chosen, number)))
                    if number not in chosen and larger not in seen and self._compatible(chosen, number):
                        seen.add(larger)
                        following.append(larger)
            if found:
                return self._chosen(found), None, True
            if not following:
                return (), self.fixed, True
            frontier = following
        return (), None, False

    def _chosen(self, found: Iterable[tuple[int, ...]]) -> tuple[tuple[Decision, ...], ...]:
        return tuple(tuple(self.decisions[number] for number in chosen) for chosen in found)

    def _try(self, chosen: tuple[int, ...]) -> Conclusions | None:
        """What follows after some decisions; None if they cannot be taken together."""
        answers = Trial(self.consultation, self.case.answers)
        for number in chosen:
            answers.apply(self.decisions[number])
        if not answers.possible:
            return None
        return self.part.conclude(answers.now)

    def stands(self, conclusions: Conclusions) -> bool:
        """Whether the obligation is still certain, or hangs on something that was not open before."""
        return any(True for _ in self._standing(conclusions))

    def _standing(self, conclusions: Conclusions) -> Iterator[tuple[Due, bool]]:
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

    # --- which decisions touch a proof ---

    def _conflict(self, conclusions: Conclusions) -> frozenset[int]:
        """The decisions that touch the proof which fewest of them touch: one of them is in every set that works."""
        touching = _Touching(self, conclusions)
        smallest: frozenset[int] | None = None
        for due, certain in self._standing(conclusions):
            mark = CERTAIN if certain else POSSIBLE
            found = touching.proof(Fact(OBLIGATION + mark, due.subject, due.id), frozenset())
            if found is not None and (smallest is None or len(found) < len(smallest)):
                smallest = found
                if not found:
                    self.fixed = self.fixed or due
        return smallest if smallest is not None else frozenset()

    def touching_fact(self, fact: Fact) -> frozenset[int]:
        """The decisions that could change a given fact (unmarked)."""
        return frozenset(
            number
            for number, decision in enumerate(self.decisions)
            if self._touches(decision, fact) or decision.attributes & self._arising.get(fact.attribute, frozenset())
        )

    def _touches(self, decision: Decision, fact: Fact) -> bool:
        item = decision.item
        if decision.leaves_out and fact.attribute == item.attribute:
            return fact.value == decision.value
        if decision.leaves_out and fact.attribute in decision.attributes:
            return fact.subject == decision.value
        if fact.attribute == item.attribute:
            return fact.subject == decision.subject and fact.value != decision.value
        return fact.attribute in item.also and fact.subject == decision.subject

    def touching_attribute(self, name: str) -> frozenset[int]:
        """The decisions that could change anything on which an attribute depends."""
        found = self._by_attribute.get(name)
        if found is None:
            given = set(self._reads.get(name, {name}))
            given |= {other for item in given for other in self._arising.get(item, frozenset())}
            found = frozenset(number for number, decision in enumerate(self.decisions) if decision.attributes & given)
            self._by_attribute[name] = found
        return found


class _Touching:
    """The decisions that touch the proofs of one state."""

    def __init__(self, search: _Search, conclusions: Conclusions) -> None:
        self.search = search
        self.conclusions = conclusions
        self._known: dict[Fact, frozenset[int]] = {}

    def proof(self, fact: Fact, path: frozenset[Fact]) -> frozenset[int] | None:
        """The fewest decisions that touch one whole proof of a fact; None if there is no proof off the path."""
        if fact in self._known:
            return self._known[fact]
        name = fact.attribute[:-1]
        if fact in self.conclusions.inference.given:
            found: frozenset[int] | None = self.search.touching_fact(fact._replace(attribute=name))
        else:
            found = None
            for way in self.conclusions.derivations(fact):
                touched: set[int] = set()
                for premise in way.premises:
                    below = None if premise in path else self.proof(premise, path | {fact})
                    if below is None:
                        break
                    touched |= below
                else:
                    for condition in self.conclusions.clause(way).negative:
                        touched |= self.search.touching_attribute(condition.attribute[:-1])
                    if found is None or len(touched) < len(found):
                        found = frozenset(touched)
        if found is not None:
            self._known[fact] = found
        return found
