"""Draws an explanation as a tree of text: what was shown once is referred to, what is deeper than asked for is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.explaining.how import How
from advisor.explaining.nodes import Node
from advisor.explaining.words import Words
from advisor.model import OBLIGATION, SHOP
from advisor.render.tree import Branch, leaf

LEVELS = 2
"""How many rules deep an explanation goes unless all of it is wanted."""

EVERYTHING = 99


class Trees:
    """Draws explanations of one case, one after the other: what an earlier one showed is not shown again."""

    def __init__(self, words: Words, levels: int = LEVELS) -> None:
        self.words = words
        self.levels = levels
        self.was_cut = False
        self._shown: set[object] = set()

    def how(self, found: Sequence[How]) -> Branch:
        """Why an obligation applies, for each subject."""
        first = found[0]
        title = self.words.title(first.due.id)
        heading = self.words.say("how.applies" if first.certain else "how.may", title=title)
        if len(found) == 1 and first.due.subject == SHOP:
            return Branch(text=heading, parts=(*self._ways(first.node, 1), *self._hanging(found)))
        about = tuple(
            Branch(
                text=heading if item.due.subject == SHOP else self.words.say("how.for", who=self._name(item)),
                parts=self._ways(item.node, 1),
            )
            for item in found
        )
        return Branch(text=heading, parts=(*about, *self._hanging(found)))

    def _hanging(self, found: Sequence[How]) -> tuple[Branch, ...]:
        """The missing answers on which it hangs, where it is only possible."""
        conclusions = self.words.consultation.conclusions(self.words.case)
        keys = {key for item in found if not item.certain for key in conclusions.hangs_on(item.due)}
        if not keys:
            return ()
        return (Branch(text=self.words.say("hangs"), parts=tuple(leaf(self.words.open(*key)) for key in sorted(keys))),)

    def _name(self, item: How) -> str:
        return self.words.name(item.due.subject)

    def _ways(self, node: Node, level: int) -> tuple[Branch, ...]:
        """The rules that conclude a fact, those that say the same once."""
        return _distinct(self._rule(way, level) for way in node.parts)

    def branches(self, nodes: Iterable[Node], level: int) -> tuple[Branch, ...]:
        return _distinct(branch for node in nodes for branch in self.branch(node, level))

    def branch(self, node: Node, level: int = 1) -> tuple[Branch, ...]:
        """One point of an explanation."""
        if node.kind == "fact":
            return (self._fact(node, level),)
        if node.kind == "rule":
            return (self._rule(node, level),)
        if node.kind == "absent" and node.parts:
            return self.branches(node.parts, level)
        if node.kind == "against" and node.parts[0].kind == "open":
            return (leaf(node_text(self.words, node)),)
        if node.kind == "against" and len(node.parts[0].parts) == 1:  # the sentence of the rule is that of the fact
            return (self._folded(node_text(self.words, node), node.parts[0].parts[0], level),)
        if node.kind in ("blocked", "moot", "against"):
            return (self._folded(node_text(self.words, node), node, level),)
        return (leaf(node_text(self.words, node)),)

    def _rule(self, node: Node, level: int) -> Branch:
        text = self.words.rule(node.rule, node.bound, node.certain)
        parts = self.branches(node.parts, level + 1)
        return Branch(text=text, parts=parts or (leaf(self.words.say("always")),))

    def _fact(self, node: Node, level: int) -> Branch:
        said = {self.words.rule(way.rule, way.bound, way.certain): way for way in reversed(node.parts)}
        ways = tuple(said.items())[::-1]
        if len(ways) == 1:
            text, way = ways[0]
            return self._folded(text, way, level, node)
        assert node.fact is not None
        if node.fact.attribute == OBLIGATION:
            text = self.words.titled(str(node.fact.value), node.fact.subject)
        else:
            text = self.words.say("enough")
        if node.same() in self._shown:
            return leaf(self.words.say("above", text=ways[0][0]))
        if level > self.levels:
            self.was_cut = True
            return leaf(self.words.say("cut", text=ways[0][0]))
        self._shown.add(node.same())
        return Branch(text=text, parts=_distinct(self._rule(way, level) for _, way in ways))

    def _folded(self, text: str, node: Node, level: int, shown_as: Node | None = None) -> Branch:
        """A text with what stands behind it, unless that was shown or is too deep."""
        mark = (shown_as or node).same()
        if mark in self._shown and node.parts:
            return leaf(self.words.say("above", text=text))
        if level > self.levels and node.parts:
            self.was_cut = True
            return leaf(self.words.say("cut", text=text))
        self._shown.add(mark)
        parts = self.branches(node.parts, level + 1)
        if not parts and node.kind == "rule":
            parts = (leaf(self.words.say("always")),)
        return Branch(text=text, parts=parts)


def node_text(words: Words, node: Node) -> str:
    """One point of an explanation in words, by itself."""
    if node.kind == "fact":
        assert node.fact is not None
        if node.fact.attribute == OBLIGATION:
            return words.titled(str(node.fact.value), node.fact.subject)
        text = words.because(node.parts[0].rule, node.parts[0].bound)
        return text if node.certain else words.say("may", text=text)
    if node.kind == "rule":
        return words.rule(node.rule, node.bound, node.certain)
    if node.kind == "given":
        assert node.fact is not None
        return words.given(node.fact)
    if node.kind == "country":
        return words.country(node.fact, node.condition)
    if node.kind == "purpose":
        return words.purpose(node.fact, node.condition)
    if node.kind == "against":
        return _against(words, node.parts[0])
    if node.kind == "date":
        return words.date(node.rule)
    if node.kind == "blocked":
        return words.blocked(node.rule, node.bound)
    if node.kind == "absent":
        assert node.condition is not None
        return words.unmet(node.condition) if not node.parts else words.say("none-of")
    assert node.fact is not None
    name, subject = node.fact.attribute, node.fact.subject
    if node.kind == "moot":
        return words.say("moot", question=words.question(name, subject))
    return words.only(name, subject) if node.kind == "only" else words.open(name, subject)


def _against(words: Words, node: Node) -> str:
    """What would stand against a rule that may speak."""
    if node.kind != "open":
        return words.say("against.may", text=words.because(node.parts[0].rule, node.parts[0].bound))
    assert node.fact is not None
    name, subject = node.fact.attribute, node.fact.subject
    phrase = "against.unknown" if (name, subject) in words.origins.situation.unknown else "against.open"
    return words.say(phrase, question=words.question(name, subject))


def _distinct(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """Those that say the same only once, the one that says most."""
    found: dict[str, Branch] = {}
    for branch in branches:
        known = found.get(branch.text)
        if known is None or (branch.parts and not known.parts):
            found[branch.text] = branch
    return tuple(found.values())
