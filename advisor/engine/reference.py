"""The reference engine: it defines what the rule language means.

Semi-naive evaluation, stratum by stratum: first every clause of a stratum against everything known, then each new fact
against the clauses that read its attribute, so that every derivation is found exactly once. Clauses are compiled into
join plans over three hash indexes. Knows nothing of where facts come from.

Source: F. Bancilhon, R. Ramakrishnan, "An amateur's introduction to recursive query processing strategies" (1986).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from advisor.engine.inference import Derivation, Inference
from advisor.engine.program import Clause, Program
from advisor.model import Condition, Fact, Value


class _Store:
    """Facts by attribute; by attribute and subject; by attribute and value."""

    __slots__ = ("by_attribute", "by_subject", "by_value", "facts")

    def __init__(self) -> None:
        self.facts: set[Fact] = set()
        self.by_attribute: dict[str, list[Fact]] = {}
        self.by_subject: dict[tuple[str, str], list[Fact]] = {}
        self.by_value: dict[tuple[str, Value], list[Fact]] = {}

    def add(self, fact: Fact) -> None:
        attribute, subject, value = fact
        self.facts.add(fact)
        self.by_attribute.setdefault(attribute, []).append(fact)
        self.by_subject.setdefault((attribute, subject), []).append(fact)
        self.by_value.setdefault((attribute, value), []).append(fact)


class _Step(NamedTuple):
    """One condition of a join plan, looked up by what is bound when its turn comes."""

    place: int  # of the condition in the clause
    condition: Condition
    attribute: str
    subject: str  # a constant or a variable
    subject_bound: bool
    variable: str  # "" unless the test is a variable
    variable_bound: bool
    constant: Value | None  # for the test `is`
    admits: Callable[[Value], bool]


class _Plan(NamedTuple):
    clause: int
    width: int
    steps: tuple[_Step, ...]
    exclude_before: int  # conditions before this place may not use the triggering fact
    facts: frozenset[Fact] = frozenset()  # conditions without variables, as the facts they ask for
    values: tuple[tuple[str, Value], ...] = ()  # (attribute, value) that conditions with a variable subject ask for


class ReferenceEngine:
    """See the module. Built once for a program, then used for any number of cases; holds no state between them."""

    name = "reference"

    def __init__(self, program: Program) -> None:
        self.program = program
        strata = sorted({clause.stratum for clause in program.clauses})
        self._full: list[list[_Plan]] = []
        self._triggers: list[dict[str, list[tuple[_Step, _Plan]]]] = []
        for stratum in strata:
            full: list[_Plan] = []
            triggers: dict[str, list[tuple[_Step, _Plan]]] = {}
            heads = {head.attribute for clause in program.clauses if clause.stratum == stratum for head in clause.heads}
            for number, clause in enumerate(program.clauses):
                if clause.stratum != stratum:
                    continue
                full.append(_full_plan(number, clause))
                for place, condition in enumerate(clause.positive):
                    if condition.attribute in heads:  # only facts of this very stratum arrive late
                        first = _step(place, condition, set())
                        rest = tuple(_order(clause, (place,)))
                        plan = _Plan(number, len(clause.positive), rest, place)
                        triggers.setdefault(condition.attribute, []).append((first, plan))
            self._full.append(full)
            self._triggers.append(triggers)

    def infer(self, given: Iterable[Fact]) -> Inference:
        """All facts that follow, with every derivation of each."""
        store = _Store()
        base = frozenset(given)
        for fact in base:
            store.add(fact)
        derived: dict[Fact, set[Derivation]] = {}
        for full, triggers in zip(self._full, self._triggers, strict=True):
            queue: list[Fact] = []
            queued: set[Fact] = set()
            for plan in full:
                # Most clauses fail on a constant; to see that first costs a tenth of a join.
                if not plan.facts <= store.facts or any(key not in store.by_value for key in plan.values):
                    continue
                for bound, found in _join(plan.steps, 0, {}, [None] * plan.width, store, None, 0):
                    self._conclude(plan.clause, bound, found, store, derived, queue, queued)
            position = 0
            while position < len(queue):
                fact = queue[position]
                position += 1
                store.add(fact)
                for first, plan in triggers.get(fact.attribute, ()):
                    start = _match(first, fact)
                    if start is None:
                        continue
                    premises: list[Fact | None] = [None] * plan.width
                    premises[first.place] = fact
                    for bound, found in _join(plan.steps, 0, start, premises, store, fact, plan.exclude_before):
                        self._conclude(plan.clause, bound, found, store, derived, queue, queued)
        return Inference(base, {fact: frozenset(ways) for fact, ways in derived.items()})

    def _conclude(
        self,
        number: int,
        bound: dict[str, Value],
        premises: tuple[Fact, ...],
        store: _Store,
        derived: dict[Fact, set[Derivation]],
        queue: list[Fact],
        queued: set[Fact],
    ) -> None:
        clause = self.program.clauses[number]
        if clause.negative and any(_present(condition, bound, store) for condition in clause.negative):
            return
        derivation = Derivation(number, premises)
        for head in clause.heads:
            subject = str(bound[head.subject]) if head.subject.startswith("$") else head.subject
            value = bound[head.value] if isinstance(head.value, str) and head.value.startswith("$") else head.value
            fact = Fact(head.attribute, subject, value)
            ways = derived.get(fact)
            if ways is None:
                derived[fact] = {derivation}
                if fact not in store.facts and fact not in queued:
                    queued.add(fact)
                    queue.append(fact)
            else:
                ways.add(derivation)


def _full_plan(number: int, clause: Clause) -> _Plan:
    constant = [condition for condition in clause.positive if condition.operator == "is"]
    return _Plan(
        clause=number,
        width=len(clause.positive),
        steps=tuple(_order(clause, ())),
        exclude_before=0,
        facts=frozenset(Fact(c.attribute, c.subject, c.operands[0]) for c in constant if not c.subject.startswith("$")),
        values=tuple((c.attribute, c.operands[0]) for c in constant if c.subject.startswith("$")),
    )


def join_order(clause: Clause, done: tuple[int, ...]) -> tuple[int, ...]:
    """The places of the remaining conditions, each time the one with most already known."""
    bound = {variable for place in done for variable in clause.positive[place].variables()}
    left = [place for place in range(len(clause.positive)) if place not in done]
    order: list[int] = []
    while left:
        place = min(left, key=lambda place: (-_known(clause.positive[place], bound), place))
        left.remove(place)
        bound |= set(clause.positive[place].variables())
        order.append(place)
    return tuple(order)


def _order(clause: Clause, done: tuple[int, ...]) -> Iterator[_Step]:
    """The steps for the remaining conditions, in that order."""
    bound = {variable for place in done for variable in clause.positive[place].variables()}
    for place in join_order(clause, done):
        yield _step(place, clause.positive[place], bound)
        bound |= set(clause.positive[place].variables())


def _known(condition: Condition, bound: set[str]) -> int:
    subject = 2 if not condition.subject.startswith("$") else 3 if condition.subject in bound else 0
    if condition.operator == "is":
        return subject + 3
    if condition.operator == "variable":
        return subject + (3 if condition.operands[0] in bound else 0)
    return subject + (0 if condition.operator == "any" else 1)


def _step(place: int, condition: Condition, bound: set[str]) -> _Step:
    is_variable = condition.operator == "variable"
    name = str(condition.operands[0]) if is_variable else ""
    return _Step(
        place=place,
        condition=condition,
        attribute=condition.attribute,
        subject=condition.subject,
        subject_bound=condition.subject in bound,
        variable=name,
        variable_bound=is_variable and (name in bound or name == condition.subject),
        constant=condition.operands[0] if condition.operator == "is" else None,
        admits=condition.admits,
    )


def _match(step: _Step, fact: Fact) -> dict[str, Value] | None:
    """The binding under which a fact meets a condition with nothing bound before."""
    bound: dict[str, Value] = {}
    if step.subject.startswith("$"):
        bound[step.subject] = fact.subject
    elif step.subject != fact.subject:
        return None
    if not step.admits(fact.value):
        return None
    if step.variable:
        if bound.get(step.variable, fact.value) != fact.value:
            return None
        bound[step.variable] = fact.value
    return bound


def _join(
    steps: tuple[_Step, ...],
    depth: int,
    bound: dict[str, Value],
    premises: list[Fact | None],
    store: _Store,
    trigger: Fact | None,
    exclude_before: int,
) -> Iterator[tuple[dict[str, Value], tuple[Fact, ...]]]:
    """All ways to meet the remaining conditions."""
    if depth == len(steps):
        yield bound, tuple(premises)  # type: ignore[arg-type]
        return
    step = steps[depth]
    constant_subject = not step.subject.startswith("$")
    subject = step.subject if constant_subject else bound[step.subject] if step.subject_bound else None
    if isinstance(subject, int):
        return  # numbers are never subjects
    value = step.constant if step.constant is not None else bound.get(step.variable) if step.variable else None
    if subject is not None and value is not None:
        fact = Fact(step.attribute, subject, value)
        candidates: Iterable[Fact] = (fact,) if fact in store.facts else ()
    elif subject is not None:
        candidates = store.by_subject.get((step.attribute, subject), ())
    elif value is not None:
        candidates = store.by_value.get((step.attribute, value), ())
    else:
        candidates = store.by_attribute.get(step.attribute, ())
    for fact in candidates:
        if (step.place < exclude_before and fact == trigger) or not step.admits(fact.value):
            continue
        extended = bound
        if subject is None:
            if step.variable == step.subject and fact.subject != fact.value:
                continue
            extended = {**extended, step.subject: fact.subject}
        if step.variable and value is None:
            extended = {**extended, step.variable: fact.value}
        premises[step.place] = fact
        yield from _join(steps, depth + 1, extended, premises, store, trigger, exclude_before)


def _present(condition: Condition, bound: dict[str, Value], store: _Store) -> bool:
    """Whether some fact meets the condition, its variables being bound."""
    subject = bound[condition.subject] if condition.subject.startswith("$") else condition.subject
    if isinstance(subject, int):
        return False  # numbers are never subjects
    if condition.operator == "is":
        return Fact(condition.attribute, subject, condition.operands[0]) in store.facts
    if condition.operator == "variable":
        value = bound[str(condition.operands[0])]
        return condition.admits(value) and Fact(condition.attribute, subject, value) in store.facts
    facts = store.by_subject.get((condition.attribute, subject), ())
    return any(condition.admits(fact.value) for fact in facts)
