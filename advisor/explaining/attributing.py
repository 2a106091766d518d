"""What shows that a factor is behind a difference: answers, rules, countries, read from the explanations of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.explaining.differences import Row
from advisor.explaining.how import Graph
from advisor.explaining.nodes import Node, below
from advisor.explaining.relevance import relevant
from advisor.explaining.sides import Consultations, Factor, Side
from advisor.model import OBLIGATION, SHOP, Answer, Fact
from advisor.situation import subjects
from advisor.vocabulary import SUBJECT_LISTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What is behind a difference: one factor, with the answers, rules, countries and actions that show it.

    `answers` are pairs of before and after (None: not answered); `countries` are those of which something else is
    known, `actions` those that are placed otherwise in any plan.
    """

    factor: Factor
    answers: tuple[tuple[Answer | None, Answer | None], ...] = ()
    rules: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


class Causes:
    """The causes of the differences between two sides."""

    def __init__(self, left: Side, right: Side, consultations: Consultations) -> None:
        self.left = left
        self.right = right
        self.consultations = consultations
        self.editions = consultations.editions(left, right)
        self._graphs: dict[str, Graph] = {}

    def of(self, row: Row, factor: Factor) -> Cause:
        """What shows a factor in the explanation of a difference."""
        if factor == "facts":
            return Cause(factor=factor, answers=tuple(self._answers(row)))
        rules: dict[str, None] = {}
        countries: dict[str, None] = {}
        purposes: dict[str, None] = {}
        for node, here, there in self._nodes(row):
            about = node.fact.subject if node.fact is not None else node.condition.subject if node.condition else ""
            if node.kind == "country" and self._known_otherwise(about, factor):
                countries[about] = None
            elif self._differs(node, here, there, factor):
                rules[node.rule] = None
            elif factor == "rules" and node.kind == "purpose" and about in self.editions.purposes:
                purposes[about] = None
        moved = row.kind in ("up", "down")
        if not (moved or rules or countries or purposes):
            rules = dict.fromkeys(self._behind(row.id, factor))
        placed = (row.id, *row.needed_by) if moved and factor == "rules" else ()
        return Cause(
            factor=factor,
            rules=tuple(rules),
            countries=tuple(countries),
            purposes=tuple(purposes),
            actions=tuple(name for name in placed if name in self.editions.placed),
        )

    def _answers(self, row: Row) -> Iterator[tuple[Answer | None, Answer | None]]:
        """The answers in the explanation of a difference that are not the same on both sides."""
        keys: dict[tuple[str, str], None] = {}
        for node, here, _ in self._nodes(row):
            keys |= dict.fromkeys(answer.key for answer in node.answers)
            if node.kind == "open" and node.fact is not None:
                attribute = self.consultations.of(here).situations.attributes[node.fact.attribute]
                of = "" if node.fact.subject == SHOP else node.fact.subject
                asks = (attribute.id, attribute.question.id if attribute.question is not None else attribute.id)
                keys |= dict.fromkeys((ask, of) for ask in asks)
        unknown = {of for _, of in keys if of} - self._on_both_sides()
        for key in keys:
            if key[1] in unknown:
                continue  # that a partner was named at all says enough
            before, after = self.left.case.answers.get(key), self.right.case.answers.get(key)
            if (before.value if before else None) != (after.value if after else None):
                yield before, after

    def _on_both_sides(self) -> set[str]:
        """The partners and people that both cases have."""
        left, right = (
            {subject for kind in SUBJECT_LISTS for subject in subjects(side.case.answers, kind)}
            for side in (self.left, self.right)
        )
        return left & right

    def _behind(self, obligation: str, factor: Factor) -> Iterator[str]:
        """Every rule that is not the same on both sides and on which an obligation can depend.

        That something is not the case any more can be due to a rule of which no explanation speaks: because it is gone.
        """
        for side, other in ((self.left, self.right), (self.right, self.left)):
            for clause in relevant(side.program, obligation).clauses:
                if factor == "rules" and self._says_else(clause.rule):
                    yield clause.rule
                if factor == "law" and clause.valid.covers(side.day) != clause.valid.covers(other.day):
                    yield clause.rule

    def _says_else(self, rule: str) -> bool:
        return self.editions.rules.get(rule, "reworded") != "reworded"

    def _differs(self, node: Node, here: Side, there: Side, factor: Factor) -> bool:
        """Whether the rule of a point is law on one of the days only, or not the same in both knowledge bases."""
        if factor == "law":
            return node.kind == "date" and not self.consultations.of(here).rules[node.rule].valid.covers(there.day)
        return node.kind in ("rule", "blocked") and self._says_else(node.rule)

    def _known_otherwise(self, iso: str, factor: Factor) -> bool:
        """Whether something else is known of a country because of the day, or because of the knowledge base."""
        if factor == "rules":
            return iso in self.editions.countries
        country = self.right.base.countries.get(iso)
        return country is not None and country.status(self.left.day) != country.status(self.right.day)

    def _nodes(self, row: Row) -> Iterator[tuple[Node, Side, Side]]:
        """The explanation of what is new on the right or was there on the left only, with this side and the other."""
        for name, side, other, line, about, rules in (
            ("right", self.right, self.left, row.after, row.about, row.rules),
            ("left", self.left, self.right, row.before, row.gone_about, row.gone_rules),
        ):
            if line is None or row.kind in ("up", "down"):
                continue
            concerned: tuple[str, ...] = (*line.about, SHOP)
            if row.kind == "about":
                concerned = about
            elif row.kind == "reasons" and not rules:
                continue
            if name not in self._graphs:
                conclusions = self.consultations.of(side).conclusions(side.case)
                self._graphs[name] = Graph(side.base, side.case, conclusions)
            graph = self._graphs[name]
            mark = "?" if line.maybe else "!"
            for subject in concerned:
                node = graph.holding(Fact(OBLIGATION + mark, subject, row.id))
                if node is None:
                    continue
                parts = [part for part in node.parts if row.kind != "reasons" or part.rule in rules]
                for item in below(parts):
                    yield item, side, other
