"""Reads tables of triggers: for each rule cases in which it speaks, and cases as near as possible in which it does not.

An entry names a `rule` and has answers files under `fires`, `also_fires`, `not`, `also_not` (one or a list of them);
`fires_with_each` and `not_with_any` exchange one answer of `fires`. `as_of` is the day, `not_as_of` another one, or a
list, on which the rule does not speak in the cases in which it speaks on that day. `fires` is the least that makes it
speak: without any one of its answers it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor import yamlio
from advisor.errors import BrokenFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """An answers file and whether a rule speaks in it on a day (empty: today's). `line` is that of the entry."""

    rule: str
    line: int
    answers: str
    day: str
    speaks: bool


def is_table(root: yamlio.Node | None) -> bool:
    """Whether a YAML file is a table of triggers."""
    entries = root.value if root is not None else None
    return isinstance(entries, list) and all(
        isinstance(entry.value, dict) and {"rule", "fires"} <= entry.value.keys() for entry in entries
    )


def triggers(data: bytes, file: str) -> tuple[Trigger, ...]:
    """The triggers of a table. Raises BrokenFile."""
    root, problems = yamlio.parse(yamlio.decode(data, file), file)
    if root is None or problems:
        raise BrokenFile(problems)
    return tuple(trigger for entry in root.value for trigger in _of_entry(entry.plain(), entry.line))


def _of_entry(said: Mapping[str, Any], line: int) -> Iterator[Trigger]:
    rule, day, other = str(said["rule"]), str(said.get("as_of", "")), said.get("not_as_of", [])
    other_days = [str(item) for item in (other if isinstance(other, list) else [other])]
    first = said["fires"]
    fires = [first, *_varied(said, "fires_with_each"), *_several(said.get("also_fires"))]
    silent = [*_several(said.get("not")), *_varied(said, "not_with_any"), *_several(said.get("also_not"))]
    if other_days:
        silent = [answers for answers in silent if answers not in fires]  # the same case, meant for the other day
    silent += [{key: value for key, value in first.items() if key != name} for name in first]
    on_other_days = [(fires, other_day, False) for other_day in other_days]
    for cases, on, speaks in ((fires, day, True), (silent, day, False), *on_other_days):
        for answers in cases:
            yield Trigger(rule=rule, line=line, answers=_text(answers), day=on, speaks=speaks)


def _several(said: Any) -> list[Mapping[str, Any]]:
    return said if isinstance(said, list) else [] if said is None else [said]


def _varied(said: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [said["fires"] | {name: value} for name, values in said.get(key, {}).items() for value in values]


def _text(answers: Mapping[str, Any]) -> str:
    return "".join(f"{key}: {yamlio.flow(value)}\n" for key, value in answers.items())
