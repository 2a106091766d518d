"""The part of a program that some conclusions need, on a day, with one rule exchanged. Quick to take out many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.engine.program import Clause, Program
from advisor.model import ASK_EXPERT, OBLIGATION, Condition, Value

Node = tuple[str, Value]
"""What depends on what: an attribute, or one obligation."""


class Parts:
    """The dependencies of a program."""

    def __init__(self, program: Program) -> None:
        self.clauses = program.clauses
        self._concluding: dict[Node, list[Clause]] = {}
        for clause in program.clauses:
            for node in concluded(clause):
                self._concluding.setdefault(node, []).append(clause)

    def needed(self, nodes: Iterable[Node], day: str, rule: str, instead: Iterable[Clause]) -> Program:
        """What can bear on some nodes on a day, the clauses of a rule exchanged for others."""
        exchanged = [clause for clause in instead if clause.valid.covers(day)]
        stack = list(nodes)
        reached: set[Node] = set()
        found: dict[int, Clause] = {}
        while stack:
            node = stack.pop()
            if node in reached:
                continue
            reached.add(node)
            own = (clause for clause in exchanged if node in concluded(clause))
            for clause in (*self._concluding.get(node, ()), *own):
                if id(clause) in found or (clause.rule == rule and clause not in exchanged):
                    continue
                if clause.valid.covers(day):
                    found[id(clause)] = clause
                    stack.extend(read(clause))
        return Program(clauses=tuple(sorted(found.values(), key=lambda clause: clause.stratum)))

    def downstream(self) -> Mapping[str, frozenset[str]]:
        """For each rule those that read what it concludes, however many rules in between, and itself."""
        reading: dict[Node, set[str]] = {}
        concluding: dict[str, set[Node]] = {}
        for clause in self.clauses:
            concluding.setdefault(clause.rule, set()).update(concluded(clause))
            for node in read(clause):
                reading.setdefault(node, set()).add(clause.rule)
        found = {}
        for rule in concluding:
            reached = {rule}
            stack = [rule]
            while stack:
                for node in concluding[stack.pop()]:
                    for other in reading.get(node, set()) - reached:
                        reached.add(other)
                        stack.append(other)
            found[rule] = frozenset(reached)
        return found


def concluded(clause: Clause) -> tuple[Node, ...]:
    """The nodes that a clause concludes."""
    return tuple(dict.fromkeys(_node(head.attribute[:-1], head.value) for head in clause.heads))


def read(clause: Clause) -> tuple[Node, ...]:
    """The nodes that a clause reads."""
    return tuple(dict.fromkeys(map(_of, (*clause.positive, *clause.negative))))


def _of(condition: Condition) -> Node:
    return _node(condition.attribute[:-1], condition.operands[0] if condition.operands else "")


def _node(name: str, value: Value) -> Node:
    return (name, value) if name in (OBLIGATION, ASK_EXPERT) else (name, "")
