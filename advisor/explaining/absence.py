"""Why something is not the case: a proof from the answers that leave no room for it.

It follows the clauses that could conclude the thing, each up to a condition that nothing meets (SLD resolution with
finite failure: K. Clark, "Negation as failure", 1978; here over facts that are all known). Clauses that only feed each
other conclude nothing, so a condition whose absence is being proved already counts as unmet further down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from advisor.conclusions import Conclusions
from advisor.engine.inference import binding, ground
from advisor.engine.program import POSSIBLE, Clause
from advisor.explaining.nodes import Kind, Node, distinct
from advisor.explaining.origins import KNOWN_OF_COUNTRIES, KNOWN_OF_PURPOSES, Origins
from advisor.explaining.relevance import unified
from advisor.model import Condition, Fact, Rule, Value

Path = frozenset[Condition]
"""The conditions whose absence is being proved."""


class Absence:
    """Proofs for one case; what was proved once is shared. `holding` explains facts that do hold."""

    def __init__(
        self,
        origins: Origins,
        conclusions: Conclusions,
        out_of_force: Mapping[str, tuple[Rule, ...]],
        holding: Callable[[Fact], Node | None],
    ) -> None:
        self.origins = origins
        self._holding = holding
        self._out_of_force = out_of_force
        self._known: dict[Condition, Node] = {}
        self._leaned: set[Condition] = set()
        """The conditions above that the proof at hand leans on; it is complete only together with theirs."""
        self._facts: dict[str, list[Fact]] = {}
        for source in (conclusions.inference.given, conclusions.inference.derived):
            for fact in source:
                self._facts.setdefault(fact.attribute, []).append(fact)
        for facts in self._facts.values():
            facts.sort(key=str)
        self._concluding: dict[str, list[Clause]] = {}
        for clause in conclusions.program.clauses:
            for attribute in dict.fromkeys(head.attribute for head in clause.heads):
                self._concluding.setdefault(attribute, []).append(clause)

    def of(self, condition: Condition, path: Path = frozenset()) -> Node:
        """Why nothing can meet a condition (unmarked; its subject may be a variable)."""
        if condition in self._known:
            return self._known[condition]
        above, self._leaned = self._leaned, set()
        node = self._of(condition, path | {condition})
        leaned = self._leaned - {condition}
        if not leaned:
            self._known[condition] = node
        self._leaned = above | leaned
        return node

    def _of(self, condition: Condition, path: Path) -> Node:
        name, subject = condition.attribute, condition.subject
        if name in KNOWN_OF_COUNTRIES or name in KNOWN_OF_PURPOSES:
            return self._known_otherwise(condition)
        if self.origins.question(name) is None:
            parts = [*self._dated(condition), *self._blocked(condition, path)]
            return Node(kind="absent", condition=condition, parts=distinct(parts))
        if not subject.startswith("$"):
            return self._closed(condition, subject)
        parts = [self._only(*self.origins.listing(name))]
        parts += [self._closed(condition, item) for item in self.origins.subjects(name)]
        return Node(kind="absent", condition=condition, parts=distinct(parts))

    # --- what was answered or is known ---

    def _known_otherwise(self, condition: Condition) -> Node:
        """A leaf for what the knowledge base says otherwise, or not at all, of a country or purpose."""
        facts = (_plain(fact) for fact in self._facts.get(condition.attribute + POSSIBLE, ()))
        actual = next((fact for fact in facts if fact.subject == condition.subject), None)
        kind: Kind = "purpose" if condition.attribute in KNOWN_OF_PURPOSES else "country"
        return Node(kind=kind, fact=actual, condition=condition)

    def _closed(self, condition: Condition, subject: str) -> Node:
        """Why an answer leaves no room for a condition."""
        name = condition.attribute
        narrowed = Condition(name, subject, condition.operator, condition.operands)
        if subject not in self.origins.subjects(name):
            return Node(kind="absent", condition=narrowed, answers=self.origins.resting_on(*self.origins.listing(name)))
        if self.origins.arises(name, subject):
            return Node(kind="absent", condition=narrowed, answers=self.origins.resting_on(name, subject))
        return self._moot(name, subject)

    def _moot(self, name: str, subject: str) -> Node:
        """Why a question does not arise."""
        parts: list[Node] = []
        for condition, of in self.origins.barriers(name, subject):
            if of:
                parts.append(self._closed(condition, of))
            else:
                parts.append(self._only(*self.origins.listing(condition.attribute)))
                parts.extend(self._closed(condition, item) for item in self.origins.subjects(condition.attribute))
        return Node(kind="moot", fact=Fact(name, subject, ""), parts=distinct(parts))

    def _only(self, name: str, subject: str) -> Node:
        """A leaf: these values were answered and no others."""
        if not self.origins.arises(name, subject):
            return self._moot(name, subject)
        return Node(kind="only", fact=Fact(name, subject, ""), answers=self.origins.resting_on(name, subject))

    # --- what no rule concludes ---

    def _dated(self, condition: Condition) -> Iterator[Node]:
        """The rules that might conclude it on another day."""
        for rule in self._out_of_force.get(condition.attribute, ()):
            heads = [head for head in rule.then if head.attribute == condition.attribute]
            if any(str(head.value).startswith("$") or condition.admits(head.value) for head in heads):
                yield Node(kind="date", rule=rule.id)

    def _blocked(self, condition: Condition, path: Path) -> Iterator[Node]:
        """What stands against each clause that could conclude it. Clauses that only lead in a circle are left out."""
        for clause in self._concluding.get(condition.attribute + POSSIBLE, ()):
            for bound in unified(clause, condition):
                parts = distinct(self._walk(clause.positive, clause.negative, bound, path))
                if parts:
                    yield Node(kind="blocked", rule=clause.rule, bound=bound, parts=parts)

    def _walk(
        self,
        positive: tuple[Condition, ...],
        negative: tuple[Condition, ...],
        bound: Mapping[str, Value],
        path: Path,
    ) -> Iterator[Node]:
        """What keeps a clause from concluding more: along every binding, up to where it goes no further."""
        stopped, node = self._stop(positive, negative, bound, path)
        if node is not None:
            yield node
        if stopped or not positive:
            return
        chosen = max(positive, key=lambda condition: _boundness(condition, bound))
        rest = tuple(condition for condition in positive if condition is not chosen)
        asked = ground(chosen, bound)
        if asked.subject.startswith("$") or asked.operator == "variable":
            yield from self._no_others(_unmarked(asked), path)
        seen: set[tuple[tuple[str, Value], ...]] = set()
        for fact in self.meeting(asked):
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
        path: Path,
    ) -> tuple[bool, Node | None]:
        """Whether a clause goes no further under a binding, and the simplest thing that stands against it."""
        for condition in negative:
            if all(variable in bound for variable in condition.variables()):
                held = self.meeting(ground(condition, bound))
                if held and (node := self._holding(held[0])) is not None:
                    return True, node
        unmet = [asked for asked in (ground(condition, bound) for condition in positive) if not self.meeting(asked)]
        # That no country of the case is such says nothing of others; the answers that bring in countries do.
        unmet = [asked for asked in unmet if not _of_anything_known(asked)]
        if not unmet:
            return False, None
        outside = [asked for asked in unmet if _unmarked(asked) not in path]
        if not outside:
            self._leaned.add(_unmarked(unmet[0]))
            return True, None
        return True, self.of(_unmarked(min(outside, key=self._effort)), path)

    def _effort(self, condition: Condition) -> int:
        """How much there is to say about why nothing meets a condition."""
        plain = _unmarked(condition)
        free = 2 if plain.subject.startswith("$") else 0
        if self.origins.question(plain.attribute) is not None:
            return free
        return free + (1 if plain.attribute in KNOWN_OF_COUNTRIES or plain.attribute in KNOWN_OF_PURPOSES else 4)

    def _no_others(self, condition: Condition, path: Path) -> Iterator[Node]:
        """Why nothing else meets a condition than what does."""
        if condition in path:
            self._leaned.add(condition)
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
        yield from self._dated(condition)
        for clause in self._concluding.get(name + POSSIBLE, ()):
            for bound in unified(clause, condition):
                yield from self._walk(clause.positive, clause.negative, bound, path | {condition})

    def meeting(self, marked: Condition) -> list[Fact]:
        """The facts that meet a condition about no variable but its subject."""
        anyone = marked.subject.startswith("$")
        return [
            fact
            for fact in self._facts.get(marked.attribute, ())
            if (anyone or fact.subject == marked.subject) and marked.admits(fact.value)
        ]


def _plain(fact: Fact) -> Fact:
    return fact._replace(attribute=fact.attribute[:-1])


def _unmarked(condition: Condition) -> Condition:
    return Condition(condition.attribute[:-1], condition.subject, condition.operator, condition.operands)


def _of_anything_known(marked: Condition) -> bool:
    """Whether a condition is about whichever country or purpose."""
    return marked.subject.startswith("$") and marked.attribute[:-1] in (*KNOWN_OF_COUNTRIES, *KNOWN_OF_PURPOSES)


def _boundness(condition: Condition, bound: Mapping[str, Value]) -> int:
    if condition.subject not in bound and _of_anything_known(condition):
        return -1
    subject = 2 if not condition.subject.startswith("$") or condition.subject in bound else 0
    return subject + (1 if condition.operator != "variable" or condition.operands[0] in bound else 0)
