"""How a conclusion comes about: a graph from an obligation through rules and derived facts down to what was given.

Its leaves are answers, facts of the knowledge base, and the dates of rules. What a rule negates is proved as well: that
something is *not* the case rests on the answers that leave no room for it, so that the leaves alone, put to the engine
again, lead to the same conclusion. Nothing here is put into words; `wording` does that.

The proof that something is not the case follows the clauses that could conclude it, each up to a condition that nothing
meets (SLD resolution with finite failure: K. Clark, "Negation as failure", 1978; here over facts that are all known).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.engine.inference import Derivation, binding, ground
from advisor.engine.program import CERTAIN, POSSIBLE, Clause
from advisor.explaining.origins import KNOWN_OF_COUNTRIES, KNOWN_OF_PURPOSES, Origins
from advisor.explaining.relevance import unified
from advisor.model import ALWAYS, OBLIGATION, Answer, Condition, Fact, KnowledgeBase, Value

Kind = Literal[
    "fact",  # derived: `parts` are the rules that conclude it, any one of which is enough
    "rule",  # one rule applied: `parts` are what its conditions met, all of them
    "given",  # a leaf: stated by an answer
    "country",  # a leaf: known of a country on that day
    "purpose",  # a leaf: known of a purpose
    "date",  # a leaf: the days on which a rule is law
    "open",  # a leaf of what may be: not answered, or answered with "I don't know"
    "absent",  # nothing meets `condition`: a leaf resting on `answers`, or `parts` say why
    "blocked",  # a rule that would conclude what is absent: `parts` are what stands against it
    "moot",  # the question does not arise: `parts` are why
    "only",  # a leaf: what was answered is all there is
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A point of the explanation. Shared parts are the same object; `fact` and `condition` carry no reading mark."""

    kind: Kind
    fact: Fact | None = None
    condition: Condition | None = None
    rule: str = ""
    bound: Mapping[str, Value] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    parts: tuple[Node, ...] = ()

    def same(self) -> object:
        """What makes two nodes say the same."""
        bound = tuple(sorted(self.bound.items(), key=str))
        return self.kind, self.fact, self.condition, self.rule, bound, tuple(answer.key for answer in self.answers)


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


def leaves(node: Node) -> Iterator[Node]:
    """What a conclusion rests on in the end, each once. A rule without conditions rests on nothing."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if item.parts:
            stack.extend(reversed(item.parts))
        elif item.kind != "rule":
            yield item


def rests_on(node: Node) -> tuple[Answer, ...]:
    """The answers at the leaves."""
    return tuple({answer.key: answer for leaf in leaves(node) for answer in leaf.answers}.values())


class Graph:
    """Builds explanations for one case; what was built once is shared."""

    def __init__(self, base: KnowledgeBase, case: Case, conclusions: Conclusions) -> None:
        self.base = base
        self.origins = Origins(base, case, conclusions)
        self.conclusions = conclusions
        self.rules = conclusions.rules
        self._holding: dict[Fact, Node] = {}
        self._absent: dict[Condition, Node] = {}
        self._facts: dict[str, list[Fact]] = {}
        for source in (conclusions.inference.given, conclusions.inference.derived):
            for fact in source:
                self._facts.setdefault(fact.attribute, []).append(fact)
        for facts in self._facts.values():
            facts.sort(key=str)
        self._concluding: dict[str, list[Clause]] = {}
        for clause in conclusions.program.clauses:
            for head in clause.heads:
                self._concluding.setdefault(head.attribute, []).append(clause)

    def of(self, due: Due, certain: bool = True) -> Node | None:
        """The explanation of an obligation; None if it is not concluded."""
        return self.holding(Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id))

    # --- what is the case ---

    def holding(self, fact: Fact, path: frozenset[Fact] = frozenset()) -> Node | None:
        """Why a fact holds in its reading; None if every way to it leads back through `path`."""
        if fact in self._holding:
            return self._holding[fact]
        if fact in self.conclusions.inference.given:
            node = self._given(fact)
        else:
            steps = [self._step(way, path | {fact}) for way in self.conclusions.derivations(fact)]
            parts = _distinct(step for step in steps if step is not None)
            if not parts:
                return None
            node = Node(kind="fact", fact=_plain(fact), parts=parts)
        self._holding[fact] = node
        return node

    def _given(self, marked: Fact) -> Node:
        fact = _plain(marked)
        kind = self.origins.kind(fact.attribute, fact.subject)
        if kind in ("country", "purpose"):
            return Node(kind="country" if kind == "country" else "purpose", fact=fact)
        certain = self.conclusions.inference.holds(fact._replace(attribute=fact.attribute + CERTAIN))
        answers = self.origins.resting_on(fact.attribute, fact.subject)
        return Node(kind="given" if certain else "open", fact=fact, answers=answers)

    def _step(self, way: Derivation, path: frozenset[Fact]) -> Node | None:
        clause = self.conclusions.clause(way)
        parts: list[Node] = []
        for premise in way.premises:
            node = None if premise in path else self.holding(premise, path)
            if node is None:
                return None
            parts.append(node)
        bound = binding(clause.positive, way.premises)
        if clause.certain:
            parts.extend(self.absent(_unmarked(ground(condition, bound))) for condition in clause.negative)
        if self.rules[clause.rule].valid != ALWAYS:
            parts.append(Node(kind="date", rule=clause.rule))
        return Node(kind="rule", rule=clause.rule, bound=bound, parts=_distinct(parts))

    # --- what is not the case ---

    def absent(self, condition: Condition, path: frozenset[Condition] = frozenset()) -> Node:
        """Why nothing can meet a condition (unmarked; its subject may be a variable)."""
        if condition in self._absent:
            return self._absent[condition]
        name, subject = condition.attribute, condition.subject
        if name in KNOWN_OF_COUNTRIES or name in KNOWN_OF_PURPOSES:
            node = self._unknown_of(condition)
        elif self.origins.question(name) is not None:
            about = self.origins.subjects(name) if subject.startswith("$") else (subject,)
            parts = [self._closed(condition, item) for item in about]
            if subject.startswith("$"):
                parts.insert(0, self._only(*self.origins.listing(name)))
            node = parts[0] if len(parts) == 1 else Node(kind="absent", condition=condition, parts=_distinct(parts))
        else:
            against = [
                self._blocked(clause, bound, path | {condition})
                for clause in self._concluding.get(name + POSSIBLE, ())
                for bound in unified(clause, condition)
            ]
            node = Node(kind="absent", condition=condition, parts=_distinct(against))
        if condition not in path:
            self._absent[condition] = node
        return node

    def _unknown_of(self, condition: Condition) -> Node:
        """A leaf for what the knowledge base says otherwise, or not at all, of a country or purpose."""
        facts = [_plain(fact) for fact in self._facts.get(condition.attribute + POSSIBLE, ())]
        actual = next((fact for fact in facts if fact.subject == condition.subject), None)
        kind: Kind = "purpose" if condition.attribute in KNOWN_OF_PURPOSES else "country"
        return Node(kind=kind, fact=actual, condition=condition)

    def _closed(self, condition: Condition, subject: str) -> Node:
        """Why an answer leaves no room for a condition."""
        name = condition.attribute
        narrowed = Condition(name, subject, condition.operator, condition.operands)
        if subject not in self.origins.subjects(name):
            return Node(kind="absent", condition=narrowed, answers=self._answers(*self.origins.listing(name)))
        if self.origins.arises(name, subject):
            return Node(kind="absent", condition=narrowed, answers=self.origins.resting_on(name, subject))
        return self._moot(name, subject)

    def _moot(self, name: str, subject: str) -> Node:
        parts: list[Node] = []
        for condition, of in self.origins.barriers(name, subject):
            if of:
                parts.append(self._closed(condition, of))
            else:
                parts.append(self._only(*self.origins.listing(condition.attribute)))
                parts.extend(self._closed(condition, item) for item in self.origins.subjects(condition.attribute))
        return Node(kind="moot", fact=Fact(name, subject, ""), parts=_distinct(parts))

    def _only(self, name: str, subject: str) -> Node:
        """A leaf: these values were answered and no others."""
        if not self.origins.arises(name, subject):
            return self._moot(name, subject)
        return Node(kind="only", fact=Fact(name, subject, ""), answers=self._answers(name, subject))

    def _answers(self, name: str, subject: str) -> tuple[Answer, ...]:
        return self.origins.resting_on(name, subject)

    def _blocked(self, clause: Clause, bound: Mapping[str, Value], path: frozenset[Condition]) -> Node:
        parts = _distinct(self._walk(clause.positive, clause.negative, bound, path))
        return Node(kind="blocked", rule=clause.rule, bound=bound, parts=parts)

    def _walk(
        self,
        positive: tuple[Condition, ...],
        negative: tuple[Condition, ...],
        bound: Mapping[str, Value],
        path: frozenset[Condition],
    ) -> Iterator[Node]:
        """What keeps a clause from concluding more: along every binding, up to where it goes no further."""
        stop = self._stop(positive, negative, bound, path)
        if stop is not None:
            yield stop
            return
        if not positive:
            return
        chosen = max(positive, key=lambda condition: _boundness(condition, bound))
        rest = tuple(condition for condition in positive if condition is not chosen)
        asked = ground(chosen, bound)
        if asked.subject.startswith("$") or asked.operator == "variable":
            yield from self._all(_unmarked(asked), path)
        seen: set[tuple[tuple[str, Value], ...]] = set()
        for fact in self._meeting(asked):
            extended = {**bound, **binding((chosen,), (fact,))}
            key = tuple(sorted(extended.items(), key=str))
            if key not in seen:
                seen.add(key)
                yield from self._walk(rest, negative, extended, path)

    def _stop(
        self,
        positive: tuple[Condition, ...],
        negative: tuple[Condition, ...],
        bound: Mapping[str, Value],
        path: frozenset[Condition],
    ) -> Node | None:
        """The simplest thing that stands against a clause under a binding."""
        for condition in negative:
            if all(variable in bound for variable in condition.variables()):
                held = self._meeting(ground(condition, bound))
                if held and (node := self.holding(held[0])) is not None:
                    return node
        unmet = [asked for asked in (ground(condition, bound) for condition in positive) if not self._meets(asked)]
        # That no country of the case is such says nothing of others; the answers that bring in countries do.
        unmet = [asked for asked in unmet if _unmarked(asked) not in path and not _of_anything_known(asked)]
        if not unmet:
            return None
        return self.absent(_unmarked(min(unmet, key=self._effort)), path)

    def _effort(self, condition: Condition) -> int:
        """How much there is to say about why nothing meets a condition."""
        plain = _unmarked(condition)
        free = 2 if plain.subject.startswith("$") else 0
        if self.origins.question(plain.attribute) is not None:
            return free
        return free + (1 if plain.attribute in KNOWN_OF_COUNTRIES or plain.attribute in KNOWN_OF_PURPOSES else 4)

    def _all(self, condition: Condition, path: frozenset[Condition]) -> Iterator[Node]:
        """Why nothing else meets a condition than what does."""
        if condition in path:
            return
        name, subject = condition.attribute, condition.subject
        if self.origins.question(name) is not None:
            about: tuple[str, ...] = (subject,)
            if subject.startswith("$"):
                about = self.origins.subjects(name)
                yield self._only(*self.origins.listing(name))
            for item in about:
                if not self.origins.is_open(name, item):
                    yield self._only(name, item)
            return
        for clause in self._concluding.get(name + POSSIBLE, ()):
            for bound in unified(clause, condition):
                yield from self._walk(clause.positive, clause.negative, bound, path | {condition})

    def _meeting(self, marked: Condition) -> list[Fact]:
        anyone = marked.subject.startswith("$")
        return [
            fact
            for fact in self._facts.get(marked.attribute, ())
            if (anyone or fact.subject == marked.subject) and marked.admits(fact.value)
        ]

    def _meets(self, marked: Condition) -> bool:
        return bool(self._meeting(marked))


def _plain(fact: Fact) -> Fact:
    return fact._replace(attribute=fact.attribute[:-1])


def _unmarked(condition: Condition) -> Condition:
    return Condition(condition.attribute[:-1], condition.subject, condition.operator, condition.operands)


def _distinct(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple({node.same(): node for node in nodes}.values())


def _of_anything_known(marked: Condition) -> bool:
    """Whether a condition is about whichever country or purpose."""
    return marked.subject.startswith("$") and marked.attribute[:-1] in (*KNOWN_OF_COUNTRIES, *KNOWN_OF_PURPOSES)


def _boundness(condition: Condition, bound: Mapping[str, Value]) -> int:
    if condition.subject not in bound and _of_anything_known(condition):
        return -1
    subject = 2 if not condition.subject.startswith("$") or condition.subject in bound else 0
    return subject + (1 if condition.operator != "variable" or condition.operands[0] in bound else 0)
