"""How a conclusion comes about: a graph from an obligation through rules and derived facts down to what was given.

Its leaves are answers, facts of the knowledge base, and the dates of rules. What a rule negates is proved as well
(`absence`), so that the leaves alone, put to the engine again, lead to the same conclusion. Nothing here is put into
words; `words` and `trees` do that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.engine.inference import Derivation, binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.explaining.absence import Absence
from advisor.explaining.nodes import Node, distinct
from advisor.explaining.origins import Origins
from advisor.explaining.stand_ins import StandIns, bound_to, concluded, is_stand_in
from advisor.model import ALWAYS, OBLIGATION, UNKNOWN, Condition, Fact, KnowledgeBase, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """Why an obligation applies to a subject, or may apply."""

    due: Due
    certain: bool
    node: Node


def how(
    base: KnowledgeBase, case: Case, conclusions: Conclusions, obligation: str, subject: str = ""
) -> tuple[How, ...]:
    """The explanations of an obligation, one for each subject: of what is certain, else of what is possible."""
    certain = True
    dues = [due for due in conclusions.certain if due.id == obligation and subject in ("", due.subject)]
    if not dues:
        certain = False
        dues = [due for due in conclusions.maybe if due.id == obligation and subject in ("", due.subject)]
    graph = Graph(base, case, conclusions)
    found = ((due, graph.of(due, certain)) for due in dues)
    return tuple(How(due=due, certain=certain, node=node) for due, node in found if node is not None)


class Graph:
    """Builds explanations for one case; what was built once is shared."""

    def __init__(self, base: KnowledgeBase, case: Case, conclusions: Conclusions) -> None:
        self.origins = Origins(base, case, conclusions)
        self.conclusions = conclusions
        self.rules = conclusions.rules
        self._stand_ins = StandIns(conclusions)
        self._absence = Absence(self.origins, conclusions, _out_of_force(base, conclusions), self.holding)
        self._known: dict[Fact, Node] = {}
        self._under: dict[Fact, frozenset[Fact]] = {}
        """The facts in the explanation of each known one."""
        self._told: dict[Fact, Fact] = {}
        """Facts that are only possible as they are told: with stand-ins by their kind."""
        self._idle: set[Fact] = set()
        """What would only follow from the answer "I don't know": told where there is no other reason."""
        self._leaned: set[Fact] = set()
        """The facts above that were left out of the explanation at hand, so that it does not lead in a circle."""

    def of(self, due: Due, certain: bool = True) -> Node | None:
        """The explanation of an obligation; None if it is not concluded."""
        return self.holding(Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id))

    def absent(self, condition: Condition) -> Node:
        """Why nothing can meet a condition (unmarked; its subject may be a variable)."""
        return self._absence.of(condition)

    def holding(self, fact: Fact, path: frozenset[Fact] = frozenset()) -> Node | None:
        """Why a fact holds in its reading; None if every way to it leads back through `path`.

        What is certain is told as certain, also where it leads to something that is only possible.
        """
        fact = self._surest(fact)
        if fact in self._known and not path & self._under.get(fact, _NOTHING):
            return self._known[fact]
        if fact in self.conclusions.inference.given:
            return self._given(fact)
        above, self._leaned = self._leaned, set()
        steps = [(way, self._step(way, fact, path | {fact})) for way in self.conclusions.derivations(fact)]
        found = [(way, step) for way, step in steps if step is not None]
        parts = distinct(step for way, step in found if not self._idle.intersection(way.premises))
        if found and not parts:
            self._idle.add(fact)
            parts = distinct(step for _, step in found)
        leaned = self._leaned - {fact}
        self._leaned = above | leaned
        if not parts:
            return None
        node = Node(kind="fact", certain=_certain(fact), fact=_plain(self._told.get(fact, fact)), parts=parts)
        if not leaned:
            self._known[fact] = node
            self._under[fact] = self._facts_under(fact)
        return node

    def _facts_under(self, fact: Fact) -> frozenset[Fact]:
        found = {fact}
        stack = [fact]
        while stack:
            for way in self.conclusions.inference.derived.get(stack.pop(), ()):
                for premise in map(self._surest, way.premises):
                    if premise in self._under:
                        found |= self._under[premise]
                    elif premise not in found:
                        found.add(premise)
                        stack.append(premise)
        return frozenset(found)

    def _surest(self, fact: Fact) -> Fact:
        sure = fact._replace(attribute=fact.attribute[:-1] + CERTAIN)
        return sure if self.conclusions.inference.holds(sure) else fact

    def _given(self, marked: Fact) -> Node:
        fact = _plain(marked)
        name, subject, value = fact
        kind = self.origins.kind(name, subject)
        answers = self.origins.resting_on(name, subject)
        node = Node(kind="given", fact=fact, answers=answers)
        if kind in ("country", "purpose"):
            node = Node(kind="country" if kind == "country" else "purpose", fact=fact)
        elif not _certain(marked):
            if value == UNKNOWN:
                self._idle.add(marked)
            self._told[marked] = marked._replace(value=self._stand_ins.of(self.origins.question(name), value))
            node = Node(kind="open", certain=False, fact=fact._replace(value=""), answers=answers)
        self._known[marked] = node
        return node

    def _step(self, way: Derivation, fact: Fact, path: frozenset[Fact]) -> Node | None:
        """One rule that concludes a fact, unless it only does so by way of the path."""
        clause = self.conclusions.clause(way)
        premises = [self._surest(premise) for premise in way.premises]
        nodes: list[Node] = []
        for premise in premises:
            if premise in path:
                self._leaned.add(premise)
                return None
            node = self.holding(premise, path)
            if node is None:
                return None
            nodes.append(node)
        bound = binding(clause.positive, way.premises)
        told = bound_to(clause.positive, [self._told.get(premise, premise) for premise in premises])
        parts = [
            node
            for condition, node in zip(clause.positive, nodes, strict=True)
            if not is_stand_in(told.get(condition.subject, ""))  # what is known of a country that nobody named
        ]
        if clause.certain:
            parts.extend(self.absent(_unmarked(ground(condition, bound))) for condition in clause.negative)
        else:
            for condition in clause.negative:
                parts.extend(self._against(ground(condition, bound), path))
            self._tell(fact, concluded(clause, bound, told, fact))
        if self.rules[clause.rule].valid != ALWAYS:
            parts.append(Node(kind="date", rule=clause.rule))
        return Node(kind="rule", certain=clause.certain, rule=clause.rule, bound=told, parts=distinct(parts))

    def _against(self, marked: Condition, path: frozenset[Fact]) -> Iterator[Node]:
        """What would keep a rule from speaking if it were so; that it is not certain is why the rule may speak."""
        possible = Condition(marked.attribute[:-1] + POSSIBLE, marked.subject, marked.operator, marked.operands)
        for fact in self._absence.meeting(possible):
            node = None if fact in path else self.holding(fact, path)
            if node is not None and fact not in self._idle:
                yield Node(kind="against", certain=False, parts=(node,))

    def _tell(self, fact: Fact, told: Fact) -> None:
        """Remembers how to tell a fact, rather without stand-ins if some way to it does without."""
        known = self._told.get(fact)
        if known is None or not any(map(is_stand_in, told)):
            self._told[fact] = told


def _out_of_force(base: KnowledgeBase, conclusions: Conclusions) -> dict[str, tuple[Rule, ...]]:
    """The rules that are not law on the day, by the attributes they would conclude."""
    inside = {clause.rule for clause in conclusions.program.clauses}
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in base.rules:
        if rule.valid != ALWAYS and rule.id not in inside:
            for attribute in dict.fromkeys(head.attribute for head in rule.then):
                found[attribute] = (*found.get(attribute, ()), rule)
    return found


_NOTHING: frozenset[Fact] = frozenset()


def _certain(fact: Fact) -> bool:
    return fact.attribute.endswith(CERTAIN)


def _plain(fact: Fact) -> Fact:
    return fact._replace(attribute=fact.attribute[:-1])


def _unmarked(condition: Condition) -> Condition:
    return Condition(condition.attribute[:-1], condition.subject, condition.operator, condition.operands)
