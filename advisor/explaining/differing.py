"""Puts comparisons into words: what differs between two sides and why, and which of many cases a change touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.consultation import Consultation
from advisor.explaining.attributing import Cause
from advisor.explaining.becoming import became
from advisor.explaining.comparing import Attributed, Comparison
from advisor.explaining.editions import Editions
from advisor.explaining.reports import rows_branches
from advisor.explaining.sides import Consultations, Side
from advisor.explaining.words import Words
from advisor.model import Fact, Locale
from advisor.render.tree import Branch, leaf


def comparison_branch(found: Comparison, consultations: Consultations) -> Branch:
    """What differs between two sides, with what is behind each difference."""
    before = Words(consultations.of(found.left), found.left.case)
    after = Words(consultations.of(found.right), found.right.case)
    title = after.say("diff.title", left=_side(after, found, found.left), right=_side(after, found, found.right))
    if not found.rows and not found.reworded:
        return Branch(text=title, parts=(leaf(after.say("diff.same")),))
    causes = {item.row.key: tuple(_causes(before, after, item, found)) for item in found.rows}
    parts: tuple[Branch, ...] = ()
    if found.rows:
        parts = rows_branches(before, after, (item.row for item in found.rows), causes)
    if found.reworded:
        parts = (*parts, Branch(text=after.say("diff.reworded"), parts=tuple(_reworded(after, found))))
    return Branch(text=title, parts=parts)


# --- many cases ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One difference of one case in short: what it is, and what is behind it."""

    heading: str
    details: tuple[str, ...]


def told(found: Comparison, consultations: Consultations) -> tuple[Told, ...]:
    """The differences of one case in short."""
    before = Words(consultations.of(found.left), found.left.case)
    after = Words(consultations.of(found.right), found.right.case)
    rows = [
        Told(heading=_heading(before, after, item), details=_details(before, after, item, found)) for item in found.rows
    ]
    for item in _reworded(after, found):
        heading = after.say("diff.row", change=after.say("diff.reworded"), text=item.text)
        rows.append(Told(heading=heading, details=tuple(part.text for part in item.parts)))
    return tuple(rows)


def _heading(before: Words, after: Words, item: Attributed) -> str:
    line = item.row.after or item.row.before
    assert line is not None
    words = after if item.row.after is not None else before
    text = after.say("row", title=words.title(item.row.id), band=line.band)
    return after.say("diff.row", change=after.say(f"rows.{item.row.kind}"), text=text)


def _details(before: Words, after: Words, item: Attributed, found: Comparison) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said for cause in item.causes for said in _cause(before, after, cause, found)))


def shelf_branch(
    consultation: Consultation,
    locale: Locale,
    count: int,
    touched: Mapping[str, Sequence[Told]],
    unnoticed: Mapping[str, str],
) -> Branch:
    """Which of so many cases a change touches: each difference once, with the cases that have it.

    `unnoticed` are rules that differ between two knowledge bases and make no difference in any of the cases.
    """
    groups: dict[Told, list[str]] = {}
    for name, items in touched.items():
        for item in items:
            groups.setdefault(item, []).append(name)
    parts = []
    for item, names in groups.items():
        cases = consultation.phrase("explain.shelf.cases", locale, names=", ".join(names))
        parts.append(Branch(text=item.heading, parts=(*map(leaf, item.details), leaf(cases))))
    if unnoticed:
        rules = (
            leaf(consultation.phrase(f"explain.cause.rule.{kind}", locale, rule=rule))
            for rule, kind in unnoticed.items()
        )
        parts.append(Branch(text=consultation.phrase("explain.shelf.unnoticed", locale), parts=tuple(rules)))
    words = {"touched": str(len(touched)), "count": str(count)}
    return Branch(text=consultation.phrase("explain.shelf.title", locale, **words), parts=tuple(parts))


def unnoticed(differing: Editions, noticed: Sequence[Comparison]) -> dict[str, str]:
    """The rules that differ between two knowledge bases without making a difference in any case."""
    seen = {rule for found in noticed for item in found.rows for cause in item.causes for rule in cause.rules}
    seen |= {rule for found in noticed for item in found.reworded for rule in item.rules}
    return {rule: change for rule, change in differing.rules.items() if rule not in seen}


# --- what is behind it ---


def _side(words: Words, found: Comparison, side: Side) -> str:
    """One of the two sides, told by what they differ in."""
    text = side.case.name
    if side.day != (found.right if side is found.left else found.left).day:
        text = words.say("diff.side", case=text, day=words.day(side.day))
    return words.say("diff.base", side=text, knowledge=side.base.stamp) if "rules" in found.factors else text


def _reworded(words: Words, found: Comparison) -> Iterator[Branch]:
    for item in found.reworded:
        parts = []
        if item.texts:
            parts.append(leaf(words.say("diff.texts", names=", ".join(item.texts))))
        if item.rules:
            parts.append(leaf(words.say("diff.sentences", names=", ".join(item.rules))))
        yield Branch(text=words.title(item.id), parts=tuple(parts))


def _causes(before: Words, after: Words, item: Attributed, found: Comparison) -> Iterator[Branch]:
    for cause in item.causes:
        parts = tuple(dict.fromkeys(_cause(before, after, cause, found)))
        yield Branch(text=after.say(f"cause.{cause.factor}"), parts=tuple(map(leaf, parts)))


def _cause(before: Words, after: Words, cause: Cause, found: Comparison) -> Iterator[str]:
    for old, new in cause.answers:
        yield became(before, after, old, new)
    for rule in cause.rules:
        if cause.factor == "law":
            words = before if rule in before.consultation.rules else after
            yield after.say("cause.date", date=words.date(rule), rule=rule)
        else:
            old_rule, new_rule = rule in before.consultation.rules, rule in after.consultation.rules
            phrase = "changed" if old_rule and new_rule else "new" if new_rule else "gone"
            yield after.say(f"cause.rule.{phrase}", rule=rule)
    for country in cause.countries:
        fact = Fact("country.status", country, "")
        yield after.say("cause.country", before=before.country(fact, None), after=after.country(fact, None))
    for purpose in cause.purposes:
        yield after.say("cause.purpose", purpose=after.name(purpose))
    for action in cause.actions:
        yield after.say("cause.action", title=after.title(action))
