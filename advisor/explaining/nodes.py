"""The points of an explanation: a graph from a conclusion through rules down to what was given. Pure data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from advisor.model import Answer, Condition, Fact, Value

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
    "against",  # of what may be: `parts` would stand against it, but are not certain
    "moot",  # the question does not arise: `parts` are why
    "only",  # a leaf: what was answered is all there is
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A point of the explanation. Shared parts are the same object; `fact` and `condition` carry no reading mark.

    What is not `certain` is only possible; a country or purpose that nobody named is then called by its kind
    (`stand_ins`).
    """

    kind: Kind
    certain: bool = True
    fact: Fact | None = None
    condition: Condition | None = None
    rule: str = ""
    bound: Mapping[str, Value] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    parts: tuple[Node, ...] = ()

    def same(self) -> object:
        """What makes two nodes say the same."""
        bound = tuple(sorted(self.bound.items(), key=str))
        answers = tuple(answer.key for answer in self.answers)
        about = self.parts[0].same() if self.kind == "against" else ()
        return self.kind, self.certain, self.fact, self.condition, self.rule, bound, answers, about

    @property
    def ends(self) -> bool:
        """Whether the conclusion rests on this point itself, and not on what stands below it.

        A rule without conditions rests on nothing, and neither does it that no rule concludes a thing.
        """
        return not self.parts and (self.kind not in ("rule", "absent") or bool(self.answers))


def leaves(node: Node) -> Iterator[Node]:
    """What a conclusion rests on in the end, each once."""
    return (item for item in below((node,)) if item.ends)


def rests_on(node: Node) -> tuple[Answer, ...]:
    """The answers at the leaves."""
    return tuple({answer.key: answer for leaf in leaves(node) for answer in leaf.answers}.values())


def below(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and everything under them, each once."""
    seen: set[int] = set()
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            stack.extend(reversed(node.parts))


def distinct(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Those that say the same only once."""
    return tuple({node.same(): node for node in nodes}.values())
