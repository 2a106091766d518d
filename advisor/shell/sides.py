"""Reads what is explained or compared: a saved case, an answers file, or all of them in a directory."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from advisor import answersfile, transcript, yamlio
from advisor.case import Case
from advisor.errors import BrokenFile, Problem
from advisor.explaining.changes import changed
from advisor.explaining.sides import Consultations, Side
from advisor.model import Locale, Speak
from advisor.shell.common import choose_locale, knowledge, law_day, read_bytes
from advisor.shell.saved import path_of

_TRANSCRIPT = re.compile(rb"^transcript:", re.MULTILINE)


def side_of(options: argparse.Namespace, given: str, consultations: Consultations, day: str | None = None) -> Side:
    """A saved case, by name or path, or an answers file, under the law of its own day or of the one given."""
    base, program = knowledge(options)
    path = Path(given)
    if path.is_file() and not _TRANSCRIPT.search(data := read_bytes(path)):
        empty = Case(name=path.stem, as_of=law_day(day), locale=choose_locale(options.lang))
        side = Side(case=empty, base=base, program=program, day=empty.as_of)
        return replace(side, case=changed(empty, answersfile.read(data, given, consultations.of(side))))
    case = transcript.read(path_of(argparse.Namespace(case=given, cases=options.cases))).case
    if options.lang:
        case = case.add(Speak(Locale(options.lang)))
    return Side(case=case, base=base, program=program, day=law_day(day) if day else case.as_of)


def sides_in(
    directory: Path, blank: Side, consultations: Consultations, day: str | None = None
) -> Iterator[tuple[str, Side]]:
    """Every case below a directory with its name, told in the language of the blank case.

    Other YAML files are left out. Raises BrokenFile with the problems of all cases.
    """
    problems: list[Problem] = []
    for path in sorted(directory.rglob(f"*{transcript.SUFFIX}")):
        name = path.relative_to(directory).with_suffix("").as_posix()
        try:
            case = _case(path, blank, consultations)
        except BrokenFile as error:
            problems.extend(error.problems)
            continue
        if case is not None:
            yield name, replace(blank, case=case, day=day or case.as_of)
    if problems:
        raise BrokenFile(problems)


def _case(path: Path, blank: Side, consultations: Consultations) -> Case | None:
    data = read_bytes(path)
    if _TRANSCRIPT.search(data):
        return transcript.parse(data, str(path)).case.add(Speak(blank.case.locale))
    root, _ = yamlio.parse(yamlio.decode(data, str(path)), str(path))
    consultation = consultations.of(blank)
    known = {answersfile.INSIDE, *consultation.questions, *consultation.situations.attributes}
    if root is None or not isinstance(root.value, dict) or not known.intersection(root.value):
        return None
    answers = answersfile.read(data, str(path), consultation)
    return changed(replace(blank.case, name=path.stem), answers)
