"""What is different between two plans: added, removed, moved, for others, for other reasons; with the rules behind it.

A line counts as moved if it changed its band or if the order of the lines that both plans have cannot be explained
without it: as few lines as possible are said to have moved, and rather those whose score changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.model import BANDS
from advisor.planning import Line, Plan

RowKind = Literal["added", "removed", "uncertain", "up", "down", "about", "reasons", "possible", "ruled-out"]
KINDS: tuple[RowKind, ...] = (
    "added",
    "removed",
    "uncertain",
    "up",
    "down",
    "about",
    "reasons",
    "possible",
    "ruled-out",
)
"""A line that is `uncertain` was in the plan and now only may be, depending on missing answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One difference. `rules` are those responsible; for a move `needed_by` and `adjustments` say what changed."""

    id: str
    kind: RowKind
    before: Line | None = None
    after: Line | None = None
    rules: tuple[str, ...] = ()
    gone_rules: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    gone_about: tuple[str, ...] = ()
    needed_by: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, RowKind]:
        return self.id, self.kind


def differences(before: Plan, after: Plan) -> tuple[Row, ...]:
    """Every difference, by kind and then in the order of the plans."""
    old, new = _by_id(before.lines), _by_id(after.lines)
    rows = [Row(id=line.id, kind="added", after=line, rules=line.rules) for line in after.lines if line.id not in old]
    maybe_old, maybe_new = _by_id(before.maybe), _by_id(after.maybe)
    for line in before.lines:
        if line.id in maybe_new:
            rows.append(Row(id=line.id, kind="uncertain", before=line, after=maybe_new[line.id], rules=line.rules))
        elif line.id not in new:
            rows.append(Row(id=line.id, kind="removed", before=line, rules=line.rules))
    common = [line.id for line in before.lines if line.id in new]
    rows += _moved(common, old, new)
    for name in common:
        rows += _same_line(old[name], new[name])
    for line in after.maybe:
        if line.id not in maybe_old and line.id not in old:
            rows.append(Row(id=line.id, kind="possible", after=line, rules=line.rules))
    for line in before.maybe:
        if line.id not in maybe_new and line.id not in new:
            rows.append(Row(id=line.id, kind="ruled-out", before=line, rules=line.rules))
    return tuple(sorted(rows, key=lambda row: KINDS.index(row.kind)))


def _by_id(lines: Sequence[Line]) -> dict[str, Line]:
    return {line.id: line for line in lines}


def _same_line(before: Line, after: Line) -> list[Row]:
    """A line that stays, for other subjects or for other reasons."""
    about = tuple(item for item in after.about if item not in before.about)
    gone_about = tuple(item for item in before.about if item not in after.about)
    rules = tuple(rule for rule in after.rules if rule not in before.rules)
    gone_rules = tuple(rule for rule in before.rules if rule not in after.rules)
    if about or gone_about:
        return [
            Row(
                id=after.id,
                kind="about",
                before=before,
                after=after,
                about=about,
                gone_about=gone_about,
                rules=rules or after.rules,
                gone_rules=gone_rules,
            )
        ]
    if rules or gone_rules:
        return [Row(id=after.id, kind="reasons", before=before, after=after, rules=rules, gone_rules=gone_rules)]
    return []


def _moved(common: Sequence[str], old: Mapping[str, Line], new: Mapping[str, Line]) -> list[Row]:
    """Lines that moved against the others, or to another band."""
    rank_after = {name: number for number, name in enumerate(sorted(common, key=lambda name: new[name].rank))}
    rank_before = {name: number for number, name in enumerate(common)}
    staying = _staying(common, rank_after, old, new)
    rows = []
    for name in common:
        before, after = old[name], new[name]
        if name in staying and before.band == after.band:
            continue
        if before.band != after.band:
            up = BANDS.index(after.band) < BANDS.index(before.band)
        else:
            up = rank_after[name] < rank_before[name]
        rows.append(
            Row(
                id=name,
                kind="up" if up else "down",
                before=before,
                after=after,
                rules=after.rules,
                needed_by=_needed_by(name, old, new),
                adjustments=_adjusted(before, after),
            )
        )
    return rows


def _staying(
    common: Sequence[str], rank_after: Mapping[str, int], old: Mapping[str, Line], new: Mapping[str, Line]
) -> set[str]:
    """The largest set of lines that stand in the same order in both plans; those with an unchanged score weigh most.

    Longest increasing subsequence with weights (M. Fredman, "On computing the length of longest increasing
    subsequences", 1975), in the quadratic form: a plan has some hundred lines.
    """
    weight = {name: len(common) + 1 if old[name].score == new[name].score else 1 for name in common}
    best: list[tuple[int, int]] = []  # (weight of the best row that ends here, the place before it)
    for place, name in enumerate(common):
        earlier = [(best[other][0], other) for other in range(place) if rank_after[common[other]] < rank_after[name]]
        before, last = max(earlier, default=(0, -1))
        best.append((before + weight[name], last))
    place = max(range(len(best)), key=lambda place: best[place][0], default=-1)
    found = set()
    while place >= 0:
        found.add(common[place])
        place = best[place][1]
    return found


def _needed_by(name: str, old: Mapping[str, Line], new: Mapping[str, Line]) -> tuple[str, ...]:
    """Lines that newly need this one, or no longer do."""
    return tuple(
        other
        for lines, others in ((new, old), (old, new))
        for other, line in lines.items()
        if name in line.action.needs and other not in others
    )


def _adjusted(before: Line, after: Line) -> tuple[str, ...]:
    """Adjustments of the score that apply to one of the two only."""
    old, new = {item.id for item in before.adjustments}, {item.id for item in after.adjustments}
    return tuple(sorted(old ^ new))
