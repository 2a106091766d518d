"""The case that a command is about, named or from an answers file, and an interview on the law of its day."""

from __future__ import annotations

import argparse
import shlex

from advisor import answersfile, transcript
from advisor.case import Case
from advisor.errors import UsageError
from advisor.interview import Interview
from advisor.model import Locale, Speak
from advisor.shell.common import choose_locale, law_day, make_interview, read_bytes
from advisor.shell.saved import path_of


def chosen(options: argparse.Namespace) -> tuple[Interview, Case]:
    """Reads `options.case` or `options.answers`, as of the day and in the language asked for."""
    if (options.case is None) == (options.answers is None):
        raise UsageError("name a case or give --answers FILE", hint="advisor cases lists the saved ones")
    if options.answers is not None:
        day = law_day(options.as_of)
        consultation = make_interview(options, day, check=False)
        given = answersfile.read(read_bytes(options.answers), str(options.answers), consultation)
        case = Case(name=options.answers.stem, as_of=day, locale=choose_locale(options.lang))
        for answer in given:
            case = case.add(answer)
    else:
        saved = transcript.read(path_of(options))
        day = law_day(options.as_of) if options.as_of else saved.case.as_of
        consultation = make_interview(options, day, check=False)
        case = saved.case
    if options.lang:
        case = case.add(Speak(Locale(options.lang)))
    return consultation, case


def named(options: argparse.Namespace) -> str:
    """How the case was named on the command line, to be named so again."""
    return shlex.quote(options.case) if options.case is not None else f"--answers {shlex.quote(str(options.answers))}"
