"""Puts differences of plans into words: what if, remove; and the assumptions a plan rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.conclusions import Due
from advisor.explain import reasons
from advisor.explaining.assumptions import Assumed
from advisor.explaining.becoming import becomes
from advisor.explaining.decisions import Decision
from advisor.explaining.differences import KINDS, Row, RowKind
from advisor.explaining.remove import Removal, Way
from advisor.explaining.what_if import WhatIf
from advisor.explaining.words import Words
from advisor.model import SHOP, Answer
from advisor.planning import Line
from advisor.render.tree import Branch, leaf

WAYS = 3
"""How many sets of decisions are told."""

OTHERS = 5
"""How many actions are named where something is so for many of them."""

HANGING = 3
"""How many of the missing answers are named on which a line of the plan hangs."""

ALIKE = 3
"""From how many on, actions that moved for the same reason are told together."""


def assumptions_branch(words: Words, found: Sequence[Assumed]) -> Branch:
    """What the plan rests on, with the lines that use it."""
    if not found:
        return leaf(words.say("assumptions.none"))
    by_partner: dict[str, list[Branch]] = {}
    for item in found:
        heading = words.say(f"assumptions.{item.kind}", who=words.name(item.answer.of), as_of=words.day(item.as_of))
        by_partner.setdefault(heading, []).append(_assumed(words, item))
    partners = tuple(Branch(text=heading, parts=tuple(parts)) for heading, parts in by_partner.items())
    return Branch(text=words.say("assumptions.title"), parts=partners)


def _assumed(words: Words, item: Assumed) -> Branch:
    """One assumption, with the actions that rest on it alone, else with how many use it."""
    answer = item.answer
    question, value = words.question(answer.ask, answer.of), words.value(answer.ask, answer.value)
    below = words.say("assumptions.used", count=str(len(item.used_by)))
    if item.only:
        below = words.say("assumptions.only", titles=_titles(words, item.only))
    return Branch(text=words.say("assumption", question=question, value=value), parts=(leaf(below),))


def what_if_branch(before: Words, after: Words, found: WhatIf) -> Branch:
    """What other answers would change."""
    shown = [answer for answer in found.answers if answer.how != "assumed"]
    with_ = Branch(
        text=after.say("what-if.answers"), parts=tuple(leaf(_instead(before, after, answer)) for answer in shown)
    )
    idle = [
        leaf(after.say("what-if.idle", question=after.question(answer.ask, answer.of or SHOP)))
        for answer in found.idle
        if answer.how != "assumed"
    ]
    return Branch(text=after.say("what-if.title"), parts=(with_, *idle, *rows_branches(before, after, found.rows)))


def _instead(before: Words, after: Words, answer: Answer) -> str:
    return becomes(after, before.case.answers.get(answer.key), answer)


def removal_branch(before: Words, found: Removal, after: Sequence[Words], applies: bool) -> Branch:
    """The smallest sets of decisions that remove an obligation."""
    title = before.say("remove.title", title=before.titled(found.obligation, found.subject))
    if not applies:
        return Branch(text=title, parts=(leaf(before.say("remove.not")),))
    if not found.ways:
        parts = [leaf(before.say("remove.none" if found.exhausted else "remove.many"))]
        if found.fixed is not None:
            text, sources = before.because(found.fixed.rule, found.fixed.bound), before.sources(found.fixed.rule)
            parts.append(leaf(before.say("remove.fixed", text=text, sources=sources)))
        elif found.unknown:
            questions = tuple(leaf(before.question(name, subject)) for name, subject in found.unknown)
            parts.append(Branch(text=before.say("remove.unknown"), parts=questions))
        return Branch(text=title, parts=tuple(parts))
    shown = [_way(before, words, way, found.obligation) for way, words in zip(found.ways[:WAYS], after, strict=False)]
    if len(found.ways) > WAYS:
        shown.append(leaf(before.say("remove.more", count=str(len(found.ways) - WAYS))))
    return Branch(text=title, parts=(*shown, leaf(before.say("remove.note"))))


def decision_text(words: Words, decision: Decision) -> str:
    """A decision as one says it."""
    name = words.name(decision.subject) if decision.subject != SHOP else ""
    value = words.value(decision.item.attribute, decision.value)
    text = words.text(decision.item.text)
    for placeholder, said in (("v", name), ("p", name), ("value", value)):
        text = text.replace("{" + placeholder + "}", said)
    return text


def _way(before: Words, after: Words, way: Way, obligation: str) -> Branch:
    said = [decision_text(before, decision) for decision in way.decisions]
    parts: list[Branch] = [leaf(text) for text in said] if len(said) > 1 else []
    new = tuple(leaf(text) for text in _brought(after, way))
    parts.append(
        Branch(text=after.say("remove.instead"), parts=new) if new else leaf(after.say("remove.nothing-instead"))
    )
    gone = [before.title(row.id) for row in way.rows if row.kind == "removed" and row.id != obligation]
    if gone:
        parts.append(Branch(text=after.say("remove.also"), parts=tuple(map(leaf, _cut(before, gone)))))
    if way.hangs_on:
        questions = tuple(leaf(after.question(name, subject)) for name, subject in way.hangs_on)
        parts.append(Branch(text=after.say("remove.hangs"), parts=questions))
    return Branch(text=said[0] if len(said) == 1 else before.say("remove.together"), parts=tuple(parts))


def _brought(after: Words, way: Way) -> Iterator[str]:
    """What there is to do instead: new lines, and lines that were there for others."""
    for row in way.rows:
        if row.after is None or row.kind not in ("added", "about") or (row.kind == "about" and not row.about):
            continue
        text = after.say("row", title=after.title(row.id), band=row.after.band)
        about = row.about or row.after.about
        yield after.say("remove.for", text=text, names=", ".join(map(after.name, about))) if about else text


# --- differences of plans ---


def rows_branches(
    before: Words,
    after: Words,
    rows: Iterable[Row],
    causes: dict[tuple[str, RowKind], tuple[Branch, ...]] | None = None,
) -> tuple[Branch, ...]:
    """Differences by kind."""
    rows = tuple(rows)
    if not rows:
        return (leaf(after.say("rows.none")),)
    known = causes or {}
    found = []
    for kind in KINDS:
        parts = tuple(_row(before, after, row, known.get(row.key, ())) for row in rows if row.kind == kind)
        if parts:
            found.append(Branch(text=after.say(f"rows.{kind}"), parts=_alike(after, parts)))
    return tuple(found)


def _alike(words: Words, branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """Where the same stands below many lines, it is said once with their titles."""
    groups: dict[tuple[Branch, ...], list[Branch]] = {}
    for branch in branches:
        groups.setdefault(branch.parts, []).append(branch)
    found: list[Branch] = []
    for parts, group in groups.items():
        if len(group) < ALIKE or not parts:
            found.extend(group)
            continue
        titles = tuple(map(leaf, _cut(words, [branch.text for branch in group])))
        told, *more = parts
        found.append(Branch(text=told.text, parts=(*told.parts, *more, *titles)))
    return tuple(found)


def _cut(words: Words, names: Sequence[str]) -> list[str]:
    """The first of many names, and how many more there are."""
    if len(names) <= OTHERS + 2:
        return list(names)
    return [*names[:OTHERS], words.consultation.phrase("why.more", words.locale, count=str(len(names) - OTHERS))]


def _row(before: Words, after: Words, row: Row, causes: tuple[Branch, ...]) -> Branch:
    line = row.after or row.before
    assert line is not None
    text = after.say("row", title=_title(after if row.after else before, row), band=line.band)
    parts: list[str] = []
    if row.kind == "added" and row.after is not None:
        parts = list(_reasons(after, row.after, "row.because"))
    elif row.kind == "removed" and row.before is not None:
        parts = list(_reasons(before, row.before, "row.rested"))
    elif row.kind in ("uncertain", "possible") and row.after is not None:
        parts = [after.say("row.hangs", question=after.question(*key)) for key in row.after.hangs_on[:HANGING]]
    elif row.kind in ("up", "down") and row.before is not None and row.after is not None:
        if row.before.band != row.after.band:
            bands = {"before": row.before.band, "after": row.after.band}
            text = after.say("row.moved", title=_title(after, row), **bands)
        parts = list(_moves(before, after, row))
    elif row.before is not None and row.after is not None:
        if row.about:
            parts.append(after.say("row.also", names=", ".join(map(after.name, row.about))))
        unsure = [subject for subject in row.gone_about if Due(id=row.id, subject=subject) in _maybe(after)]
        gone = [subject for subject in row.gone_about if subject not in unsure]
        for phrase, subjects in (("row.no-longer", gone), ("row.unsure", unsure)):
            if subjects:
                parts.append(after.say(phrase, names=", ".join(map(before.name, subjects))))
        if row.kind == "reasons":
            parts.extend(_reasons(after, row.after, "row.reason", row.rules))
            parts.extend(_reasons(before, row.before, "row.no-reason", row.gone_rules))
    return Branch(text=text, parts=(*map(leaf, parts), *causes))


def _maybe(words: Words) -> Sequence[Due]:
    return words.consultation.conclusions(words.case).maybe


def _title(words: Words, row: Row) -> str:
    return words.title(row.id)


def _reasons(words: Words, line: Line, phrase: str, only: Sequence[str] | None = None) -> Iterator[str]:
    """Why a line is there: for each rule, the first sentence it gives."""
    conclusions = words.consultation.conclusions(words.case)
    seen: set[str] = set()
    for subject in (*line.about, SHOP):
        due = Due(id=line.id, subject=subject)
        for reason in reasons(conclusions, due, words.locale, words.name):
            if reason.rule not in seen and (only is None or reason.rule in only):
                seen.add(reason.rule)
                yield words.say(phrase, text=reason.text, rule=reason.rule)


def _moves(before: Words, after: Words, row: Row) -> Iterator[str]:
    """Why a line stands elsewhere."""
    assert row.before is not None and row.after is not None
    now = {line.id for line in after.consultation.plan(after.case).lines}
    needing = [name for name in row.needed_by if name in now]
    formerly = [name for name in row.needed_by if name not in now]
    if needing:
        yield after.say("row.needed", titles=_titles(after, needing))
    if formerly:
        yield before.say("row.not-needed", titles=_titles(before, formerly))
    counting = {item.id: item for item in (*row.before.adjustments, *row.after.adjustments)}
    for name in row.adjustments:
        counts = any(item.id == name for item in row.after.adjustments)
        yield after.say("row.counts" if counts else "row.counts-not", text=after.text(counting[name].reason))
    if not (row.needed_by or row.adjustments):
        yield after.say("row.others")


def _titles(words: Words, names: Sequence[str]) -> str:
    shown = "; ".join(words.title(name) for name in names[:4])
    return f"{shown} (+{len(names) - 4})" if len(names) > 4 else shown
