"""`advisor interview`: starts or resumes a consultation."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from advisor import answersfile, transcript
from advisor.case import Case
from advisor.engine.checked import CheckedEngine
from advisor.errors import CannotAsk, Interrupted, UsageError
from advisor.interview import Interview
from advisor.model import Answer, Locale
from advisor.render.text import Styled, wrap
from advisor.session import Session
from advisor.shell.common import choose_locale, law_day, log_disagreements, make_interview, read_bytes
from advisor.shell.saved import cases_directory, chosen_case, saved_cases
from advisor.ui import FrontEnd
from advisor.ui.interrupts import Interrupts


def interview(options: argparse.Namespace) -> int:
    """Starts or resumes a consultation."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CannotAsk(
            "an interview needs a terminal to ask in",
            hint="use 'advisor plan --answers FILE'; 'advisor questions --json' lists what can be answered",
        )
    directory = cases_directory(options.cases)
    path = chosen_case(directory, options)
    if path.exists():
        return _resume(path, options)
    return _begin(path, options)


def _begin(path: Path, options: argparse.Namespace) -> int:
    day = law_day(options.as_of)
    consultation = make_interview(options, day)
    case = Case(name=path.stem, as_of=day, locale=choose_locale(options.lang))
    given: tuple[Answer, ...] = ()
    if options.answers is not None:
        given = answersfile.read(read_bytes(options.answers), str(options.answers), consultation)
    front = _front_end(options)
    writer = transcript.Writer(path, case, consultation.base.stamp)
    try:
        for answer in given:
            writer.add(answer)
            case = case.add(answer)
        _greet(front, consultation, case.locale, "welcome", "welcome.help")
        others = [other.stem for other in saved_cases(path.parent) if other != path]
        if others:
            _greet(front, consultation, case.locale, "other.cases", cases=", ".join(others[:5]))
        return _converse(consultation, front, writer, case, with_story=not given)
    finally:
        writer.close()


def _resume(path: Path, options: argparse.Namespace) -> int:
    if options.answers is not None:
        raise UsageError(
            f"the case {path.stem} has begun already", hint="--answers goes with a new case: add --new and a name"
        )
    saved = transcript.read(path)
    consultation = make_interview(options, saved.case.as_of)
    case = saved.case
    front = _front_end(options)
    writer = transcript.Writer(path, case, consultation.base.stamp, keep=saved.turn_bytes)
    try:
        _greet(front, consultation, case.locale, "resumed", answered=str(len(case.reviewable())))
        if saved.finished and (again := case.undo()) is not None:
            writer.add(again)  # the last review is open again, so that any answer can be changed
            case = case.add(again)
        return _converse(consultation, front, writer, case, with_story=True)
    finally:
        writer.close()


def _converse(consultation: Interview, front: FrontEnd, writer: transcript.Writer, case: Case, with_story: bool) -> int:
    engine = consultation.engine
    if isinstance(engine, CheckedEngine) and engine.notice:
        _greet(front, consultation, case.locale, engine.notice)
    state, effects = consultation.start(case, with_story)
    try:
        with Interrupts() as interrupts:
            Session(consultation, front, writer, state, interrupts).run(effects)
    except Interrupted as left:
        front.show([Styled(str(left), "faint")])
        return left.exit_code
    finally:
        log_disagreements(engine)
    return 0


def _greet(front: FrontEnd, consultation: Interview, locale: Locale, *names: str, **words: str) -> None:
    for name in names:
        text = consultation.phrase(name, locale, **words)
        front.show([Styled(line) for line in wrap(text, front.width)])


def _front_end(options: argparse.Namespace) -> FrontEnd:
    from advisor.ui.plain import PlainFrontEnd

    plain = (
        options.plain or os.environ.get("ACCESSIBLE", "") not in ("", "0") or os.environ.get("TERM", "") in ("", "dumb")
    )
    if plain:
        return PlainFrontEnd()
    try:
        from advisor.ui.terminal import TerminalFrontEnd

        return TerminalFrontEnd()
    except Exception:  # whatever a terminal lacks, plain lines always work
        return PlainFrontEnd()
