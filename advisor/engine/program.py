"""Compiles rules into a program: plain data, stratified, each rule in its certain and its possible reading.

The two readings of the rule language become ordinary Datalog on doubled attributes. `vendor.dpa!` holds what is
certain, `vendor.dpa?` what is possible. A certain clause reads certain facts and demands that what it negates is
impossible; a possible clause reads possible facts and demands only that what it negates is not certain. Where a rule
names `unknown` of what it negates, both demand only that it is not certain: the rule is about not knowing. So certain
conclusions are always possible ones too, and answering a question moves conclusions from possible to certain or away.

Sources: S. Ceri, G. Gottlob, L. Tanca, "What you always wanted to know about Datalog" (1989) for stratification; the
doubling is the alternating reading of A. Van Gelder, "The alternating fixpoint of logic programs with negation" (1993),
which for stratified programs closes after one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from advisor.errors import Problem
from advisor.model import ALWAYS, ASK_EXPERT, OBLIGATION, UNKNOWN, Body, Conclusion, Condition, Rule, Validity

CERTAIN = "!"
POSSIBLE = "?"


class Clause(Struct, frozen=True, kw_only=True):
    """One alternative of one rule in one reading. Attributes carry the mark of their reading."""

    rule: str
    positive: tuple[Condition, ...]
    negative: tuple[Condition, ...]
    heads: tuple[Conclusion, ...]
    stratum: int
    valid: Validity = ALWAYS

    @property
    def certain(self) -> bool:
        return self.heads[0].attribute.endswith(CERTAIN)


class Program(Struct, frozen=True, kw_only=True):
    """Clauses in stratum order."""

    clauses: tuple[Clause, ...]

    def on(self, day: str) -> Program:
        """The part of the program that applies on that day (ISO date)."""
        return Program(clauses=tuple(clause for clause in self.clauses if clause.valid.covers(day)))


def compile_rules(rules: Iterable[Rule]) -> tuple[Program, tuple[Problem, ...]]:
    """The program of some rules, and the problems found: a circle through `not`."""
    rules = tuple(rules)
    levels, problems = _levels(rules)
    clauses: list[Clause] = []
    for rule in rules:
        stratum = max((levels.get(_node(head.attribute, head.value), 0) for head in rule.then), default=0)
        for body in rule.bodies:
            for mark, other in ((CERTAIN, POSSIBLE), (POSSIBLE, CERTAIN)):
                clauses.append(
                    Clause(
                        rule=rule.id,
                        positive=tuple(_marked(condition, mark) for condition in body.positive),
                        negative=tuple(
                            _marked(condition, CERTAIN if _beside_unknown(condition, body) else other)
                            for condition in body.negative
                        ),
                        heads=tuple(Conclusion(head.attribute + mark, head.subject, head.value) for head in rule.then),
                        stratum=stratum,
                        valid=rule.valid,
                    )
                )
    clauses.sort(key=lambda clause: clause.stratum)
    return Program(clauses=tuple(clauses)), problems


def _marked(condition: Condition, mark: str) -> Condition:
    return Condition(condition.attribute + mark, condition.subject, condition.operator, condition.operands)


def _beside_unknown(negated: Condition, body: Body) -> bool:
    """Whether the rule itself says what to do while this attribute is unknown.

    Its `not` then asks only that the value was not said: of "alcohol, and perhaps more" the alcohol is certain, and
    of everything else "I don't know" would otherwise make the `not` fail in the very case the rule is written for.
    """
    return any(
        (condition.attribute, condition.subject) == (negated.attribute, negated.subject)
        and condition.operator in ("is", "in")
        and UNKNOWN in condition.operands
        for condition in body.positive
    )


def _node(attribute: str, value: object) -> str:
    """What depends on what: attributes, and each obligation for itself."""
    return f"{attribute}:{value}" if attribute in (OBLIGATION, ASK_EXPERT) else attribute


def _nodes(condition: Condition) -> str:
    return _node(condition.attribute, condition.operands[0] if condition.operands else "")


def _levels(rules: tuple[Rule, ...]) -> tuple[Mapping[str, int], tuple[Problem, ...]]:
    """The stratum of each node: not lower than what it reads, above what it negates. All heads of a rule share one."""
    edges: dict[tuple[str, str], tuple[int, Rule]] = {}
    for rule in rules:
        heads = [_node(head.attribute, head.value) for head in rule.then]
        for head in heads:
            for other in heads:
                if other != head:
                    edges.setdefault((head, other), (0, rule))
            for body in rule.bodies:
                for condition in body.positive:
                    edges.setdefault((head, _nodes(condition)), (0, rule))
                for condition in body.negative:
                    edges[head, _nodes(condition)] = (1, rule)
    levels: dict[str, int] = {}
    limit = len({head for head, _ in edges}) + 1
    while True:
        changed = False
        for (head, read), (step, rule) in edges.items():
            least = levels.get(read, 0) + step
            if levels.get(head, 0) < least:
                if least > limit:
                    return {}, (_circle(edges, rule),)
                levels[head] = least
                changed = True
        if not changed:
            return levels, ()


def _circle(edges: Mapping[tuple[str, str], tuple[int, Rule]], rule: Rule) -> Problem:
    """Names one circle through `not`."""
    reads: dict[str, list[str]] = {}
    for head, read in edges:
        reads.setdefault(head, []).append(read)
    for (head, read), (step, through) in edges.items():
        if not step:
            continue
        path = _path(reads, read, head)
        if path is not None:
            names = " <- ".join([head, *path])
            return Problem(
                file=through.place.file,
                line=through.place.line,
                what=f"rule {through.id}: a circle through 'not': {names}",
                hint="what is negated must be settled without this rule",
            )
    return Problem(file=rule.place.file, line=rule.place.line, what=f"rule {rule.id}: a circle through 'not'")


def _path(reads: Mapping[str, list[str]], start: str, goal: str) -> list[str] | None:
    """A shortest path along what is read, both ends included."""
    queue: list[list[str]] = [[start]]
    seen = {start}
    for path in queue:
        if path[-1] == goal:
            return path
        for following in reads.get(path[-1], ()):
            if following not in seen:
                seen.add(following)
                queue.append([*path, following])
    return None
