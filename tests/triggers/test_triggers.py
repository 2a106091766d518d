"""Tables of rule triggers: for every rule a case to which it certainly applies, and a neighbour to which it does not.

The tables are the YAML files of this folder, written from the law and not from the rules. An entry:

    - rule: seller-info.vat-number
      fires: {seller.vat_registered: yes}        # an answers file: the fewest answers with which it certainly applies
      fires_with_each: {...}                     # optional: `fires` with one answer exchanged for each of these
      also_fires: {...}                          # optional: another case, or a list of them
      not: {seller.vat_registered: special}      # a case as near as possible to which it does not certainly apply
      not_with_any: {...}                        # optional: the same, where it does not certainly apply
      also_not: {...}                            # optional: another, or a list of them
      as_of: 2026-06-19                          # optional: the day of all these cases
      not_as_of: 2026-06-18                      # for a dated rule: a day, or days, without it for `fires`

With `not_as_of`, `not` may repeat `fires`. Only a rule without conditions has no `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from advisor import yamlio
from advisor.case import Case
from advisor.engine.program import CERTAIN, Program
from advisor.interview import Interview
from advisor.model import KnowledgeBase, Rule

TODAY = "2026-11-23"
"""The day of a case that names none."""

KEYS = {"rule", "fires", "fires_with_each", "also_fires", "not", "not_with_any", "also_not", "as_of", "not_as_of"}

Answers = Mapping[str, Any]
"""An answers file as plain data."""


# --- the tables -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a table says about one rule."""

    where: str
    rule: str
    fires: tuple[Answers, ...]
    never: tuple[Answers, ...]
    as_of: str = TODAY
    not_as_of: tuple[str, ...] = ()


def _tables() -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        root, problems = yamlio.parse(path.read_text(encoding="utf-8"), path.name)
        assert root is not None and not problems, "\n".join(map(str, problems))
        entries += [_entry(node, f"{path.name}:{node.line}") for node in root.value]
    return tuple(entries)


def _entry(node: yamlio.Node, where: str) -> Entry:
    said = node.plain()
    assert {"rule", "fires"} <= said.keys() <= KEYS, f"{where}: {', '.join(said)}"
    return Entry(
        where=where,
        rule=said["rule"],
        fires=(said["fires"], *_varied(said, "fires_with_each"), *_cases(said.get("also_fires"))),
        never=(*_cases(said.get("not")), *_varied(said, "not_with_any"), *_cases(said.get("also_not"))),
        as_of=said.get("as_of", TODAY),
        not_as_of=_days(said.get("not_as_of")),
    )


def _days(said: Any) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, list) else () if said is None else (said,)


def _cases(said: Any) -> list[Answers]:
    return said if isinstance(said, list) else [] if said is None else [said]


def _varied(said: Mapping[str, Any], key: str) -> list[Answers]:
    return [said["fires"] | {name: value} for name, values in said.get(key, {}).items() for value in values]


ENTRIES = _tables()
BY_RULE = {entry.rule: entry for entry in ENTRIES}


# --- what follows from a case -----------------------------------------------------------------------------------------


class Rules:
    """Tells which rules certainly apply to an answers file on a day."""

    def __init__(self, interview_on: Callable[[str], Interview], case_of: Callable[..., Case]) -> None:
        self._interview_on = interview_on
        self._case_of = case_of
        self._applied: dict[tuple[str, str], frozenset[str]] = {}

    def applying(self, answers: Answers, day: str) -> frozenset[str]:
        """Every rule from which something certain follows."""
        key = (day, yamlio.flow(answers))
        found = self._applied.get(key)
        if found is None:
            found = self._applied[key] = self._infer(answers, day)
        return found

    def _infer(self, answers: Answers, day: str) -> frozenset[str]:
        interview = self._interview_on(day)
        conclusions = interview.conclude(self._case_of(interview, answers).answers)
        return frozenset(
            conclusions.clause(way).rule
            for fact, ways in conclusions.inference.derived.items()
            if fact.attribute.endswith(CERTAIN)
            for way in ways
        )


@pytest.fixture(scope="session")
def rules(interview_on: Callable[[str], Interview], case_of: Callable[..., Case]) -> Rules:
    return Rules(interview_on, case_of)


each_rule = pytest.mark.parametrize("entry", BY_RULE.values(), ids=BY_RULE.keys())


@each_rule
def test_the_rule_applies(entry: Entry, rules: Rules) -> None:
    for answers in entry.fires:
        assert entry.rule in rules.applying(answers, entry.as_of), f"{entry.where}: does not apply to {answers}"


@each_rule
def test_the_rule_does_not_apply_to_its_neighbour(entry: Entry, rules: Rules) -> None:
    for answers in entry.never:
        if entry.not_as_of and answers in entry.fires:
            continue  # the same case on another day
        assert entry.rule not in rules.applying(answers, entry.as_of), f"{entry.where}: applies to {answers}"


@each_rule
def test_the_rule_does_not_apply_on_the_other_day(entry: Entry, rules: Rules) -> None:
    for day in entry.not_as_of:
        for answers in entry.fires:
            assert entry.rule not in rules.applying(answers, day), f"{entry.where}: applies to {answers} on {day}"


@each_rule
def test_every_answer_is_needed(entry: Entry, rules: Rules) -> None:
    """While one of the answers is still open, nothing is certain."""
    fires = entry.fires[0]
    for name in fires:
        fewer = {other: value for other, value in fires.items() if other != name}
        assert entry.rule not in rules.applying(fewer, entry.as_of), f"{entry.where}: applies without {name}"


# --- the tables are complete ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def all_rules(knowledge: tuple[KnowledgeBase, Program]) -> tuple[Rule, ...]:
    return knowledge[0].rules


def test_every_rule_has_exactly_one_entry(all_rules: tuple[Rule, ...]) -> None:
    missing = [rule.id for rule in all_rules if rule.id not in BY_RULE]
    assert not missing, f"{len(missing)} rules without an entry: {', '.join(missing)}"
    twice = [entry.where for entry in ENTRIES if BY_RULE[entry.rule] is not entry]
    assert not twice, f"a second entry for the same rule follows: {', '.join(twice)}"


def test_no_entry_names_an_unknown_rule(all_rules: tuple[Rule, ...]) -> None:
    known = {rule.id for rule in all_rules}
    unknown = [f"{entry.where}: {entry.rule}" for entry in ENTRIES if entry.rule not in known]
    assert not unknown, ", ".join(unknown)


def test_only_a_rule_without_conditions_has_no_neighbour(all_rules: tuple[Rule, ...]) -> None:
    always = {rule.id for rule in all_rules if not any(body.positive or body.negative for body in rule.bodies)}
    alone = {entry.rule for entry in ENTRIES if not entry.never}
    assert alone == always & BY_RULE.keys()


def test_a_dated_rule_is_tested_next_to_its_first_and_its_last_day(all_rules: tuple[Rule, ...]) -> None:
    for rule in all_rules:
        entry = BY_RULE.get(rule.id)
        first, last = rule.valid.start, rule.valid.end
        if entry is None:
            continue
        limits = ((first, -1), (last, 1))
        outside = tuple(str(date.fromisoformat(day) + timedelta(days=step)) for day, step in limits if day)
        if outside:
            assert entry.not_as_of == outside, f"{entry.where}: not_as_of is not {', '.join(outside)}"
