"""The reference engine's results, with only what changed evaluated again.

From one answer to the next some twenty given facts of five hundred change, and a twentieth of the derivations. This
engine keeps what it found for each clause the last time and joins again only the clauses that read a changed fact, in
the order in which they build on one another; clauses that build on themselves are evaluated together, from nothing. The
result is a function of the given facts alone: what is kept only saves work. Tests hold it against the reference engine
over random programs and random sequences of cases.

Source: A. Gupta, I. S. Mumick, V. S. Subrahmanian, "Maintaining views incrementally" (1993), here with every derivation
kept instead of counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from advisor.engine.inference import Derivation, Inference
from advisor.engine.program import Clause, Program
from advisor.engine.reference import join_order
from advisor.model import UNKNOWN, Condition, Fact, Value

MOST_KEPT = 20_000
"""Facts of which it is remembered who reads them; a case has a thousand."""
_SUBJECT, _VALUE = 1, 2  # fields of a fact


class _Source(NamedTuple):
    """Where a subject or value comes from: a constant, or a field of the fact that met an earlier step."""

    constant: Value | None
    step: int = 0
    field: int = 0

    def of(self, row: tuple[Fact, ...]) -> Value:
        return row[self.step][self.field] if self.constant is None else self.constant


class _Step(NamedTuple):
    """One condition of a join, looked up by what is known when its turn comes."""

    attribute: str
    subject: _Source | None  # None: not known yet
    value: _Source | None
    same: bool  # subject and value are one variable, not known yet
    admits: Callable[[Value], bool] | None  # None: whatever is found passes


class _Absence(NamedTuple):
    """A negated condition, its variables bound by the join."""

    attribute: str
    subject: _Source
    value: _Source | None
    admits: Callable[[Value], bool]


class _Head(NamedTuple):
    attribute: str
    subject: _Source
    value: _Source
    fact: Fact | None  # of a conclusion without variables


class _Plan(NamedTuple):
    """A clause as a join. Its rows are the facts found, in the order of the steps."""

    number: int
    steps: tuple[_Step, ...]
    absences: tuple[_Absence, ...]
    heads: tuple[_Head, ...]
    places: tuple[int, ...] | None  # for each condition its step; None: in the same order


class _Group(NamedTuple):
    """Clauses evaluated together, by their places in the program: a single one, or several that build on each other."""

    numbers: tuple[int, ...]
    recursive: bool


Row = tuple[Fact, ...]


class _Match(NamedTuple):
    """What a clause makes of a row."""

    way: Derivation
    facts: tuple[Fact, ...]  # each once: two conclusions may come to the same


class _Memory:
    """What held for the facts given last: facts under three indexes, and what each clause and each fact rests on."""

    __slots__ = ("by_attribute", "by_subject", "by_value", "derived", "given", "rows", "ways")

    def __init__(self, clauses: int) -> None:
        self.given: frozenset[Fact] = frozenset()
        self.by_attribute: dict[str, dict[Fact, None]] = {}
        self.by_subject: dict[tuple[str, Value], dict[Value, Fact]] = {}
        self.by_value: dict[tuple[str, Value], dict[str, Fact]] = {}
        self.rows: list[dict[Row, _Match]] = [{} for _ in range(clauses)]
        self.ways: dict[Fact, set[Derivation]] = {}
        self.derived: dict[Fact, frozenset[Derivation]] = {}

    def add(self, fact: Fact) -> None:
        attribute, subject, value = fact
        self.by_attribute.setdefault(attribute, {})[fact] = None
        self.by_subject.setdefault((attribute, subject), {})[value] = fact
        self.by_value.setdefault((attribute, value), {})[subject] = fact

    def remove(self, fact: Fact) -> None:
        attribute, subject, value = fact
        del self.by_attribute[attribute][fact]
        del self.by_subject[attribute, subject][value]
        del self.by_value[attribute, value][subject]


class IncrementalEngine:
    """See the module. Not safe for use from two threads."""

    name = "incremental"

    def __init__(self, program: Program) -> None:
        self.program = program
        self._groups, self._watched = _groups(program)
        self._has_circles = any(group.recursive for group in self._groups)
        self._plans: list[_Plan | None] = [None] * len(program.clauses)
        self._readers: dict[Fact, tuple[int, ...]] = {}
        self._memory: _Memory | None = None

    def infer(self, given: Iterable[Fact]) -> Inference:
        """All facts that follow, with every derivation of each."""
        base = frozenset(given)
        memory, self._memory = self._memory, None  # an interruption leaves nothing behind
        if len(self._readers) > MOST_KEPT:
            self._readers.clear()
        if memory is None or len(base & memory.given) * 2 < len(base):
            memory = _Memory(len(self.program.clauses))
        inference = _Change(self, memory, base).run()
        self._memory = memory
        return inference

    def _plan(self, number: int) -> _Plan:
        """The plan of a clause, made when it is first evaluated: many clauses never are."""
        plan = self._plans[number]
        if plan is None:
            plan = self._plans[number] = _plan(number, self.program.clauses[number])
        return plan

    def _reading(self, fact: Fact) -> tuple[int, ...]:
        """The groups with a clause that may read the fact."""
        found = self._readers.get(fact)
        if found is None:
            attribute, subject, value = fact
            watched = self._watched
            keys = ((attribute, subject, value), (attribute, subject, None), (attribute, None, value))
            every = {group for key in (*keys, (attribute, None, None)) for group in watched.get(key, ())}
            found = self._readers[fact] = tuple(sorted(every))
        return found


class _Change:
    """From what held for one set of given facts to what holds for another."""

    def __init__(self, engine: IncrementalEngine, memory: _Memory, given: frozenset[Fact]) -> None:
        self.engine = engine
        self.memory = memory
        self.given = given
        self.waiting: list[int] = []
        self.called: set[int] = set()
        self.touched: set[Fact] = set()

    def run(self) -> Inference:
        memory, given = self.memory, self.given
        before, memory.given = memory.given, given
        for fact in given - before:
            if fact not in memory.ways:
                memory.add(fact)
                self._wake(fact)
        for fact in before - given:
            if fact not in memory.ways:
                memory.remove(fact)
                self._wake(fact)
            else:
                self._doubt(fact)
        if not before:
            for number, group in enumerate(self.engine._groups):
                if any(not self.engine.program.clauses[each].positive for each in group.numbers):  # nothing wakes them
                    self._call(number)
        while self.waiting:
            group = self.engine._groups[heappop(self.waiting)]
            plans = tuple(map(self.engine._plan, group.numbers))
            if group.recursive:
                self._together(plans)
            else:
                self._again(plans[0])
        derived = dict(memory.derived)
        for fact in self.touched:
            if ways := memory.ways.get(fact):
                derived[fact] = frozenset(ways)
            else:
                derived.pop(fact, None)
        memory.derived = derived
        return Inference(given, derived)

    def _wake(self, fact: Fact) -> None:
        for number in self.engine._reading(fact):
            self._call(number)

    def _doubt(self, fact: Fact) -> None:
        """A fact that has lost a support and kept others: clauses in a circle may be holding it up by themselves."""
        if self.engine._has_circles:
            for number in self.engine._reading(fact):
                if self.engine._groups[number].recursive:
                    self._call(number)

    def _call(self, number: int) -> None:
        """A group comes once in a run: whatever it reads is settled by groups before it."""
        if number not in self.called:
            self.called.add(number)
            heappush(self.waiting, number)

    def _again(self, plan: _Plan) -> None:
        """Evaluates a clause afresh and takes over the difference."""
        memory = self.memory
        before = memory.rows[plan.number]
        found = _join(plan, memory)
        if not found and not before:
            return
        rows = memory.rows[plan.number] = {row: before.get(row) or _match(plan, row) for row in found}
        # What is added goes first, so that a fact with a new way instead of the old one never seems to be gone.
        for row, match in rows.items():
            if row not in before:
                for fact in self._add(match):
                    self._wake(fact)
        for row, match in before.items():
            if row not in rows:
                for fact in self._remove(match):
                    self._wake(fact)
                for fact in match.facts:
                    self._doubt(fact)

    def _together(self, plans: tuple[_Plan, ...]) -> None:
        """Evaluates clauses that build on each other from nothing, until nothing new follows."""
        memory = self.memory
        gone: set[Fact] = set()
        before = [(plan, memory.rows[plan.number]) for plan in plans]
        for plan, rows in before:
            for match in rows.values():
                gone.update(self._remove(match))
            memory.rows[plan.number] = {}
        new: set[Fact] = set()
        is_settled = False
        while not is_settled:
            is_settled = True
            for plan in plans:
                known = memory.rows[plan.number]
                for row in _join(plan, memory):
                    if row not in known:
                        match = known[row] = _match(plan, row)
                        new.update(self._add(match))
                        is_settled = False
        for fact in gone ^ new:
            self._wake(fact)
        for plan, rows in before:
            for row in rows.keys() - memory.rows[plan.number].keys():
                for fact in rows[row].facts:
                    self._doubt(fact)

    def _add(self, match: _Match) -> Iterator[Fact]:
        """Takes over what follows from a match; yields the facts that did not hold."""
        memory = self.memory
        way, facts = match
        for fact in facts:
            self.touched.add(fact)
            ways = memory.ways.get(fact)
            if ways is not None:
                ways.add(way)
                continue
            memory.ways[fact] = {way}
            if fact not in self.given:
                memory.add(fact)
                yield fact

    def _remove(self, match: _Match) -> Iterator[Fact]:
        """Takes back what followed from a match; yields the facts that do not hold any more."""
        memory = self.memory
        way, facts = match
        for fact in facts:
            self.touched.add(fact)
            ways = memory.ways[fact]
            ways.discard(way)
            if not ways:
                del memory.ways[fact]
                if fact not in self.given:
                    memory.remove(fact)
                    yield fact


def _match(plan: _Plan, row: Row) -> _Match:
    premises = row if plan.places is None else tuple([row[step] for step in plan.places])
    facts = dict.fromkeys(
        fact if fact is not None else Fact(attribute, str(subject.of(row)), value.of(row))
        for attribute, subject, value, fact in plan.heads
    )
    return _Match(Derivation(plan.number, premises), tuple(facts))


def _join(plan: _Plan, memory: _Memory) -> list[Row]:
    """All ways to meet the conditions of a clause."""
    rows: list[Row] = [()]
    for attribute, subject, value, same, admits in plan.steps:
        longer: list[Row] = []
        for row in rows:
            found: Iterable[Fact]
            if subject is None:
                if value is None:
                    found = memory.by_attribute.get(attribute, ())
                else:
                    found = memory.by_value.get((attribute, value.of(row)), {}).values()
            else:
                known = memory.by_subject.get((attribute, subject.of(row)), {})
                if value is None:
                    found = known.values()
                else:
                    fact = known.get(value.of(row))
                    found = (fact,) if fact is not None else ()
            for fact in found:
                if (admits is None or admits(fact.value)) and not (same and fact.subject != fact.value):
                    longer.append((*row, fact))
        if not longer:
            return longer
        rows = longer
    for absence in plan.absences:
        rows = [row for row in rows if not _present(absence, row, memory)]
    return rows


def _present(absence: _Absence, row: Row, memory: _Memory) -> bool:
    """Whether some fact meets a negated condition."""
    found = memory.by_subject.get((absence.attribute, absence.subject.of(row)), {})
    if absence.value is None:
        return any(map(absence.admits, found))
    value = absence.value.of(row)
    return value in found and absence.admits(value)


# --- compiling --------------------------------------------------------------------------------------------------------


def _plan(number: int, clause: Clause) -> _Plan:
    order = join_order(clause, ())
    sources: dict[str, _Source] = {}
    steps: list[_Step] = []
    for step, place in enumerate(order):
        condition = clause.positive[place]
        variable = str(condition.operands[0]) if condition.operator == "variable" else ""
        subject = _source(condition.subject, sources)
        steps.append(
            _Step(
                attribute=condition.attribute,
                subject=subject,
                value=_Source(condition.operands[0]) if condition.operator == "is" else sources.get(variable),
                same=subject is None and variable == condition.subject,
                admits=_test(condition),
            )
        )
        if subject is None:
            sources[condition.subject] = _Source(None, step, _SUBJECT)
        if variable:
            sources.setdefault(variable, _Source(None, step, _VALUE))
    return _Plan(
        number=number,
        steps=tuple(steps),
        absences=tuple(
            _Absence(
                attribute=condition.attribute,
                subject=_source(condition.subject, sources) or _Source(condition.subject),
                value=_asked_value(condition, sources),
                admits=condition.admits,
            )
            for condition in clause.negative
        ),
        heads=tuple(
            _Head(
                attribute=head.attribute,
                subject=_source(head.subject, sources) or _Source(head.subject),
                value=_source(head.value, sources) or _Source(head.value),
                fact=None if any(head.variables()) else Fact(head.attribute, head.subject, head.value),
            )
            for head in clause.heads
        ),
        places=None if order == tuple(sorted(order)) else tuple(order.index(place) for place in range(len(order))),
    )


def _source(word: Value, sources: dict[str, _Source]) -> _Source | None:
    """Where a subject or value is to be taken from; None for a variable that nothing has bound yet."""
    if isinstance(word, str) and word.startswith("$"):
        return sources.get(word)
    return _Source(word)


def _asked_value(condition: Condition, sources: dict[str, _Source]) -> _Source | None:
    """The one value that a negated condition asks for, if it is one."""
    if condition.operator == "is":
        return _Source(condition.operands[0])
    return sources[str(condition.operands[0])] if condition.operator == "variable" else None


def _test(condition: Condition) -> Callable[[Value], bool] | None:
    """What remains to be tested of a fact that was looked up."""
    if condition.operator == "is":
        return None
    if condition.operator in ("variable", "any"):
        return _is_known
    return condition.admits


def _is_known(value: Value) -> bool:
    return value != UNKNOWN


_Pattern = tuple[str, str | None, Value | None]
"""Facts of an attribute, with this subject, with this value; None: with any."""


def _groups(program: Program) -> tuple[tuple[_Group, ...], dict[_Pattern, tuple[int, ...]]]:
    """The clauses in an order in which each comes after those it builds on, and which groups read which facts."""
    readers: dict[str, list[tuple[_Pattern, int]]] = {}
    for number, clause in enumerate(program.clauses):
        for pattern in dict.fromkeys(pattern for c in (*clause.positive, *clause.negative) for pattern in _read(c)):
            readers.setdefault(pattern[0], []).append((pattern, number))
    builds_on: list[set[int]] = [set() for _ in program.clauses]
    heads: dict[_Pattern, list[int]] = {}
    for number, clause in enumerate(program.clauses):
        for head in clause.heads:
            variable = isinstance(head.value, str) and head.value.startswith("$")
            subject = None if head.subject.startswith("$") else head.subject
            heads.setdefault((head.attribute, subject, None if variable else head.value), []).append(number)
    for pattern, concluding in heads.items():
        for read, reader in readers.get(pattern[0], ()):
            if _overlap(pattern, read):
                builds_on[reader].update(concluding)
    groups: list[_Group] = []
    watched: dict[_Pattern, dict[int, None]] = {}
    group_of: dict[int, int] = {}
    for numbers in _in_order(builds_on):
        group_of |= dict.fromkeys(numbers, len(groups))
        groups.append(_Group(tuple(numbers), recursive=len(numbers) > 1 or numbers[0] in builds_on[numbers[0]]))
    for found in readers.values():
        for pattern, number in found:
            watched.setdefault(pattern, {})[group_of[number]] = None
    return tuple(groups), {pattern: tuple(numbers) for pattern, numbers in watched.items()}


def _read(condition: Condition) -> Iterator[_Pattern]:
    """The facts that can meet a condition."""
    subject = None if condition.subject.startswith("$") else condition.subject
    if condition.operator in ("is", "in"):
        yield from ((condition.attribute, subject, value) for value in condition.operands)
    else:
        yield condition.attribute, subject, None


def _overlap(one: _Pattern, other: _Pattern) -> bool:
    """Whether a fact of the same attribute can be both."""
    (_, subject, value), (_, its_subject, its_value) = one, other
    return (value is None or its_value is None or value == its_value) and (
        subject is None or its_subject is None or subject == its_subject
    )


def _in_order(builds_on: list[set[int]]) -> list[list[int]]:
    """Strongly connected components, each after those it builds on (R. Tarjan, 1972, without recursion)."""
    components: list[list[int]] = []
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for start in range(len(builds_on)):
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        path = [(start, iter(builds_on[start]))]
        while path:
            node, rest = path[-1]
            for following in rest:
                if following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    on_stack.add(following)
                    path.append((following, iter(builds_on[following])))
                    break
                if following in on_stack:
                    low[node] = min(low[node], index[following])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    component = stack[stack.index(node) :]
                    del stack[-len(component) :]
                    on_stack.difference_update(component)
                    components.append(sorted(component))
    return components
