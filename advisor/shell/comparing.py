"""`advisor diff`: what differs between cases, days or knowledge bases, and which of many cases a change touches."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from advisor.case import Case
from advisor.errors import UsageError
from advisor.explaining.comparing import Comparison, compare
from advisor.explaining.differing import Told, comparison_branch, shelf_branch, told, unnoticed
from advisor.explaining.sides import Consultations, Side
from advisor.render.explain_json import comparison_json, shelf_json
from advisor.shell.common import choose_locale, knowledge, law_day
from advisor.shell.printing import tell
from advisor.shell.saved import cases_directory
from advisor.shell.sides import side_of, sides_in

_DAY = re.compile(r"\d{4}-\d+-\d+\Z")


def diff(options: argparse.Namespace) -> int:
    """Prints what differs. 1 if something does."""
    days = [law_day(word) for word in options.as_of or () if _DAY.match(word)]
    # `--as-of DAY CASE`: the option takes all that follows it.
    given = [*options.cases_compared, *(word for word in options.as_of or () if not _DAY.match(word))]
    if not given and not (days or options.against):
        raise UsageError(
            "compare what?", hint="name a case, two cases, or a directory; --as-of DAY alone: all saved cases"
        )
    if len(days) > 2:
        raise UsageError("at most two days can be compared", hint="--as-of DAY DAY")
    directories = [Path(word) for word in given if Path(word).is_dir()]
    if len(directories) == len(given):
        return _shelf(options, directories or [cases_directory(options.cases)], days)
    if len(given) > 2:
        raise UsageError("at most two cases can be compared", hint="or a directory of cases on two days")
    return _two(options, given, days)


def _two(options: argparse.Namespace, given: Sequence[str], days: Sequence[str]) -> int:
    """Compares two cases, or one case on two days or under two knowledge bases."""
    if len(given) == 1 and not days and options.against is None:
        raise UsageError(
            "compare with what?", hint="name another case, give --as-of DAY (or two days), or --against DIR"
        )
    consultations = Consultations()
    right = side_of(options, given[-1], consultations, days[-1] if days else None)
    left = right
    if len(given) == 2:
        left = side_of(options, given[0], consultations, days[0] if days else None)
    elif len(days) == 2:
        left = replace(right, day=days[0])
    elif days:
        left = side_of(options, given[0], consultations)
    if options.against is not None:
        left = _under(options, left)
    found = compare(left, right, consultations)
    tell(options, (comparison_branch(found, consultations),), lambda: comparison_json(found, consultations))
    return 1 if found.touched else 0


def _shelf(options: argparse.Namespace, directories: Sequence[Path], days: Sequence[str]) -> int:
    """Which of the cases in some directories differ between two days or two knowledge bases."""
    if not days and options.against is None:
        raise UsageError(
            "what changes for these cases?", hint="--as-of DAY (or two days), or --against the knowledge base of before"
        )
    consultations = Consultations()
    locale = choose_locale(options.lang)
    base, program = knowledge(options)
    today = law_day(None)
    blank = Side(case=Case(name="", as_of=today, locale=locale), base=base, program=program, day=today)
    before = _under(options, blank) if options.against is not None else blank
    count = 0
    touched: dict[str, Sequence[Told]] = {}
    comparisons: list[Comparison] = []
    for directory in directories:
        for name, right in sides_in(directory, blank, consultations, days[-1] if days else None):
            count += 1
            day = days[0] if len(days) == 2 else right.case.as_of
            found = compare(replace(before, case=right.case, day=day), right, consultations)
            if found.touched:
                touched[name if len(directories) == 1 else f"{directory}/{name}"] = told(found, consultations)
                comparisons.append(found)
    if not count:
        raise UsageError(f"there are no cases in {', '.join(map(str, directories))}")
    missed = unnoticed(consultations.editions(before, blank), comparisons)
    branch = shelf_branch(consultations.of(blank), locale, count, touched, missed)
    tell(
        options,
        (branch,),
        lambda: shelf_json(count, tuple(zip(touched, comparisons, strict=True)), missed, consultations),
    )
    return 1 if touched else 0


def _under(options: argparse.Namespace, side: Side) -> Side:
    """A side under the knowledge base to compare with. What the program says and an older one lacks is said as now."""
    base, program = knowledge(argparse.Namespace(**{**vars(options), "knowledge": options.against}))
    phrases = {**side.base.phrases, **base.phrases}
    return replace(side, base=msgspec.structs.replace(base, phrases=phrases), program=program)
