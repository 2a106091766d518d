"""What a founder could decide otherwise so that an obligation goes away: the smallest sets of decisions.

As long as the obligation is still concluded one of its proofs stands, and whatever removes it must touch that proof; so
each step branches only over decisions that do (R. Reiter, "A theory of diagnosis from first principles", 1987). Sets
are deepened one size after the other, from the number of proofs that have no decision in common (R. Korf, "Depth-first
iterative-deepening", 1985), so that the first that work are the smallest. Every set is tried on the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation
from advisor.engine.inference import binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.engine.reference import ReferenceEngine
from advisor.explaining.decisions import Decision, Trial, applied, decisions
from advisor.explaining.differences import Row, differences
from advisor.explaining.relevance import Slice, arising, local, reads
from advisor.model import OBLIGATION, SHOP, Condition, Fact
from advisor.situation import Key
from advisor.vocabulary import SUBJECT_LISTS

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
        self._tries = 0
        self._reads = reads(self.part.program)
        self._local = local(self.part.program)
        self._arising = arising(consultation.base)
        self._by_attribute: dict[str, frozenset[int]] = {}
        self._by_fact: dict[Fact, frozenset[int]] = {}

    def smallest(self) -> tuple[tuple[tuple[Decision, ...], ...], Due | None, bool]:
        """The smallest sets; else what cannot be decided; and whether everything was looked at."""
        start = self._try(())
        assert start is not None
        least = self._least(start)
        for size in range(max(1, least), MOST + 1) if least else ():
            found: list[tuple[int, ...]] = []
            deeper = self._deepen((), start, size, found, set())
            if found or self._tries >= TRIES:
                complete = self._tries < TRIES and len(found) < ENOUGH
                return self._chosen(found), None, complete
            if not deeper:
                return (), self.fixed, True
        return (), self.fixed, not least

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
        if len(chosen) + max(1, self._least(state)) > size:
            return bool(self._conflict(state))
        more = False
        for number in sorted(self._conflict(state)):
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

    def _least(self, state: Conclusions) -> int:
        """A number of decisions that is needed at least: of proofs that no decision touches two of. 0: it cannot be."""
        touching = _Touching(self, state)
        count, used = 0, frozenset[int]()
        while True:
            found = touching.smallest(used)
            if found is None or found & used:
                return count
            if not found:
                return 0
            count, used = count + 1, used | found

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

    # --- which decisions touch a proof ---

    def _conflict(self, state: Conclusions) -> frozenset[int]:
        """The decisions that touch the proof which fewest of them touch: one of them is in every set that works."""
        return _Touching(self, state).smallest(frozenset()) or frozenset()

    def touching_fact(self, fact: Fact) -> frozenset[int]:
        """The decisions that could change a given fact (unmarked)."""
        found = self._by_fact.get(fact)
        if found is None:
            depends = self._arising.get(fact.attribute, frozenset())
            found = self._by_fact[fact] = frozenset(
                number
                for number, decision in enumerate(self.decisions)
                if self._touches(decision, fact) or decision.attributes & depends
            )
        return found

    def _touches(self, decision: Decision, fact: Fact) -> bool:
        item = decision.item
        if decision.leaves_out and fact.attribute == item.attribute:
            return fact.value == decision.value
        if decision.leaves_out and fact.attribute in decision.attributes:
            return fact.subject == decision.value
        if fact.attribute == item.attribute:
            return fact.subject == decision.subject and fact.value != decision.value
        return fact.attribute in item.also and fact.subject == decision.subject

    def touching_condition(self, marked: Condition) -> frozenset[int]:
        """The decisions that could change anything on which it depends whether a condition is met."""
        name, subject = marked.attribute[:-1], marked.subject
        found = self._touching_attribute(name)
        if subject == SHOP or not self._local.get(name, True):
            return found
        return frozenset(number for number in found if self._concerns(self.decisions[number], subject))

    def _concerns(self, decision: Decision, subject: str) -> bool:
        """Whether a decision is about a subject or about the shop as a whole, not about another subject."""
        if decision.leaves_out and decision.item.attribute in SUBJECT_LISTS.values():
            return decision.value == subject
        return decision.subject in (SHOP, subject)

    def _touching_attribute(self, name: str) -> frozenset[int]:
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
        self._used: frozenset[int] = frozenset()

    def smallest(self, used: frozenset[int]) -> frozenset[int] | None:
        """The decisions of the proof that the fewest touch, of those that none of `used` touches if there is one."""
        self._known, self._used = {}, used
        smallest: frozenset[int] | None = None
        for due, certain in self.search.standing(self.conclusions):
            mark = CERTAIN if certain else POSSIBLE
            found = self._proof(Fact(OBLIGATION + mark, due.subject, due.id), frozenset())
            if found is not None and (smallest is None or self._cost(found) < self._cost(smallest)):
                smallest = found
                if not found:
                    self.search.fixed = self.search.fixed or due
        return smallest

    def _cost(self, found: Iterable[int]) -> tuple[int, int]:
        numbers = frozenset(found)
        return len(numbers & self._used), len(numbers)

    def _proof(self, fact: Fact, path: frozenset[Fact]) -> frozenset[int] | None:
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
                    below = None if premise in path else self._proof(premise, path | {fact})
                    if below is None:
                        break
                    touched |= below
                else:
                    clause = self.conclusions.clause(way)
                    bound = binding(clause.positive, way.premises) if clause.negative else {}
                    for condition in clause.negative:
                        touched |= self.search.touching_condition(ground(condition, bound))
                    if found is None or self._cost(touched) < self._cost(found):
                        found = frozenset(touched)
        if found is not None:
            self._known[fact] = found
        return found
