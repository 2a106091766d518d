"""`advisor explain`, `what-if`, `remove`, `diff`: explanations of saved cases and answers files."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from advisor import answersfile, transcript
from advisor.case import Case
from advisor.errors import UsageError
from advisor.explaining import changes as changing
from advisor.explaining.assumptions import assumptions
from advisor.explaining.comparing import Comparison, Consultations, Side, compare
from advisor.explaining.how import how
from advisor.explaining.lines import how_branches, why_not_branches
from advisor.explaining.refusals import why_not_branch
from advisor.explaining.remove import remove as ways_to_remove
from advisor.explaining.reports import (
    WAYS,
    assumptions_branch,
    comparison_branch,
    removal_branch,
    touched_branch,
    what_if_branch,
)
from advisor.explaining.what_if import what_if as difference
from advisor.explaining.which import which
from advisor.explaining.why_not import why_not
from advisor.explaining.words import Words
from advisor.model import Locale, Speak
from advisor.render.explain_json import (
    assumptions_json,
    comparison_json,
    how_json,
    removal_json,
    what_if_json,
    why_not_json,
)
from advisor.render.text import Styled
from advisor.render.tree import Branch, draw, leaf
from advisor.shell.common import choose_locale, knowledge, law_day, read_bytes, width
from advisor.shell.saved import path_of
from advisor.ui.style import colours, painted

_TRANSCRIPT = re.compile(rb"^transcript:", re.MULTILINE)


def explain(options: argparse.Namespace) -> int:
    """Why an obligation applies, why it does not, or what the plan rests on."""
    side, consultations = _side(options, options.case)
    consultation, case = consultations.of(side), side.case
    words = Words(consultation, case)
    obligation = " ".join(options.obligation)
    if options.assumptions:
        found = assumptions(consultation, case)
        return _tell(options, (assumptions_branch(words, found),), lambda: assumptions_json(words, found))
    if not obligation:
        raise UsageError(
            "name an obligation: its id, its number in the plan or words of its title",
            hint="advisor plan lists them; --assumptions needs none",
        )
    meant = which(consultation, case, obligation)
    reasons = how(consultation.base, case, consultation.conclusions(case), meant.id, meant.subject)
    if reasons and not options.why_not:
        branches = how_branches(consultation, case, obligation, options.full)
        return _tell(options, branches, lambda: how_json(words, meant.id, reasons))
    refusal = why_not(consultation, case, meant.id, meant.subject)
    branches = (
        why_not_branches(consultation, case, obligation) if refusal.applies else (why_not_branch(words, refusal),)
    )
    return _tell(options, branches, lambda: why_not_json(words, refusal))


def what_if(options: argparse.Namespace) -> int:
    """What other answers would change. The case stays as it is."""
    side, consultations = _side(options, options.case)
    consultation = consultations.of(side)
    found = difference(consultation, side.case, changing.parse(consultation, side.case, " ".join(options.changes)))
    before, after = Words(consultation, side.case), Words(consultation, found.after)
    return _tell(options, (what_if_branch(before, after, found),), lambda: what_if_json(after, found))


def remove(options: argparse.Namespace) -> int:
    """What could be decided otherwise so that an obligation goes away. 1 if nothing was found."""
    side, consultations = _side(options, options.case)
    consultation, case = consultations.of(side), side.case
    meant = which(consultation, case, " ".join(options.obligation))
    certain = consultation.conclusions(case).certain
    applies = any(due.id == meant.id and meant.subject in ("", due.subject) for due in certain)
    found = ways_to_remove(consultation, case, meant.id, meant.subject)
    words = Words(consultation, case)
    after = [Words(consultation, way.after) for way in found.ways[:WAYS]]
    _tell(options, (removal_branch(words, found, after, applies),), lambda: removal_json(words, found, applies))
    return 0 if found.ways or not applies else 1


def diff(options: argparse.Namespace) -> int:
    """What differs between two cases, two days or two knowledge bases. 1 if something does."""
    days = options.as_of or []
    if options.other is None and Path(options.case).is_dir():
        return _shelf(options, Path(options.case), days)
    left, consultations = _side(options, options.case, days[0] if days else None)
    right = left
    if options.other is not None:
        right, _ = _side(options, options.other, days[-1] if days else None)
    elif len(days) == 2:
        right = _on(left, days[1])
    elif options.against is None:
        raise UsageError("compare with what?", hint="name another case, give --as-of two days, or --against DIR")
    if options.against is not None:
        other = argparse.Namespace(**{**vars(options), "knowledge": options.against})
        base, program = knowledge(other)
        right = Side(case=right.case, base=base, program=program, day=right.day)
    found = compare(left, right, consultations)
    _tell(options, (comparison_branch(found, consultations),), lambda: comparison_json(found, consultations))
    return 1 if found.rows or found.reworded else 0


def _shelf(options: argparse.Namespace, directory: Path, days: list[str]) -> int:
    """Which saved cases differ between two days or two knowledge bases."""
    if len(days) != 2 and options.against is None:
        raise UsageError("a directory is compared on two days or with --against DIR", hint="--as-of DAY DAY DIRECTORY")
    paths = sorted(path for path in directory.rglob(f"*{transcript.SUFFIX}") if _TRANSCRIPT.search(read_bytes(path)))
    if not paths:
        raise UsageError(f"there are no saved cases in {directory}")
    consultations = Consultations()
    own = knowledge(options)
    other = own
    if options.against is not None:
        other = knowledge(argparse.Namespace(**{**vars(options), "knowledge": options.against}))
    found: list[Comparison] = []
    for path in paths:
        case = _spoken(options, transcript.read(path).case)
        left = Side(case=case, base=own[0], program=own[1], day=law_day(days[0]) if days else case.as_of)
        right = Side(case=case, base=other[0], program=other[1], day=law_day(days[-1]) if days else case.as_of)
        item = compare(left, right, consultations)
        if item.rows or item.reworded:
            found.append(item)
    branches: Iterable[Branch] = [touched_branch(item, consultations) for item in found]
    if not found:
        locale = choose_locale(options.lang)
        text = own[0].phrases["explain.diff.untouched"].in_(locale).replace("{count}", str(len(paths)))
        branches = (leaf(text),)
    listed = {"explanation": 1, "kind": "diff-shelf", "cases": len(paths)}
    _tell(options, branches, lambda: {**listed, "touched": [comparison_json(item, consultations) for item in found]})
    return 1 if found else 0


# --- what is explained ---


def _side(options: argparse.Namespace, given: str, day: str | None = None) -> tuple[Side, Consultations]:
    """A saved case or an answers file, under the law of its own day or the one given."""
    base, program = knowledge(options)
    wanted = day if day is not None else options.as_of if isinstance(options.as_of, str) else None
    path = Path(given)
    consultations = Consultations()
    if path.is_file() and not _TRANSCRIPT.search(data := read_bytes(path)):
        side = Side(case=_empty(path, law_day(wanted), options), base=base, program=program, day=law_day(wanted))
        case = changing.changed(side.case, answersfile.read(data, given, consultations.of(side)))
        return Side(case=case, base=base, program=program, day=side.day), consultations
    named = argparse.Namespace(case=given, cases=options.cases)
    case = transcript.read(path_of(named)).case
    own = law_day(wanted) if wanted else case.as_of
    return Side(case=_spoken(options, case), base=base, program=program, day=own), consultations


def _empty(path: Path, day: str, options: argparse.Namespace) -> Case:
    return Case(name=path.stem, as_of=day, locale=choose_locale(options.lang))


def _spoken(options: argparse.Namespace, case: Case) -> Case:
    return case.add(Speak(Locale(options.lang))) if options.lang else case


def _on(side: Side, day: str) -> Side:
    return Side(case=side.case, base=side.base, program=side.program, day=law_day(day))


# --- telling it ---


def _tell(options: argparse.Namespace, branches: Iterable[Branch], data: Callable[[], Mapping[str, Any]]) -> int:
    if options.format == "json":
        print(json.dumps(data(), ensure_ascii=False, indent=2))
        return 0
    colour = colours(os.environ, sys.stdout.isatty())
    columns = max(40, min(width(), 100))
    guides = _guides(options)
    for branch in branches:
        heading = len(list(draw((leaf(branch.text),), columns, guides)))
        for number, line in enumerate(draw((branch,), columns, guides)):
            print(painted(Styled(line, "strong" if number < heading else ""), colour))
    return 0


def _guides(options: argparse.Namespace) -> bool:
    """Whether trees get guide lines: not for screen readers, and not where they cannot be written."""
    if options.plain or os.environ.get("ACCESSIBLE", "") not in ("", "0"):
        return False
    try:
        "├│└─".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
