"""What the commands do: the shell around the pure core. Clock, disk, environment and terminal are touched here only."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from advisor import answersfile, transcript
from advisor.case import Case
from advisor.engine.checked import CheckedEngine
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.errors import BrokenFile, CannotAsk, Interrupted, Problem, StorageError, UsageError, did_you_mean
from advisor.fields import is_day
from advisor.interview import Interview
from advisor.knowledge.cache import open_knowledge
from advisor.model import Answer, KnowledgeBase, Locale, Question, Speak
from advisor.render.text import Styled, wrap
from advisor.ui import FrontEnd
from advisor.wording import slug

FIRST_DAY = "2025-01-01"
"""Before this day the knowledge base does not know the law."""


# --- interview ---


def interview(options: argparse.Namespace) -> int:
    """Starts or resumes a consultation."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CannotAsk(
            "an interview needs a terminal to ask in",
            hint="use 'advisor plan --answers FILE'; 'advisor questions --json' lists what can be answered",
        )
    directory = _cases_directory(options.cases)
    path = _chosen_case(directory, options)
    if path.exists():
        return _resume(path, options)
    return _begin(path, options)


def _begin(path: Path, options: argparse.Namespace) -> int:
    day = _day(options.as_of)
    consultation = _interview(options, day)
    case = Case(name=path.stem, as_of=day, locale=_locale(options.lang))
    given: tuple[Answer, ...] = ()
    if options.answers is not None:
        given = answersfile.read(_bytes(options.answers), str(options.answers), consultation)
    front = _front_end(options)
    writer = transcript.Writer(path, case, consultation.base.stamp)
    try:
        for answer in given:
            writer.add(answer)
            case = case.add(answer)
        _greet(front, consultation, case.locale, "welcome", "welcome.help")
        return _converse(consultation, front, writer, case)
    finally:
        writer.close()


def _resume(path: Path, options: argparse.Namespace) -> int:
    if options.answers is not None:
        raise UsageError(
            f"the case {path.stem} has begun already", hint="--answers goes with a new case: add --new and a name"
        )
    saved = transcript.read(path)
    consultation = _interview(options, saved.case.as_of)
    case = saved.case
    front = _front_end(options)
    writer = transcript.Writer(path, case, consultation.base.stamp, keep=saved.turn_bytes)
    try:
        _greet(front, consultation, case.locale, "resumed", answered=str(len(case.steps())))
        return _converse(consultation, front, writer, case)
    finally:
        writer.close()


def _converse(consultation: Interview, front: FrontEnd, writer: transcript.Writer, case: Case) -> int:
    from advisor.session import Session

    engine = consultation.engine
    if isinstance(engine, CheckedEngine) and engine.notice:
        _greet(front, consultation, case.locale, engine.notice)
    state, effects = consultation.start(case)
    session = Session(consultation, front, writer, state)
    try:
        session.run(effects)
    except Interrupted as left:
        front.show([Styled(str(left), "faint")])
        return left.exit_code
    finally:
        _log(engine)
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


# --- cases ---


def cases(options: argparse.Namespace) -> int:
    """Lists the saved cases, the last used first."""
    directory = _cases_directory(options.cases)
    found = _saved(directory)
    for path in found:
        try:
            saved = transcript.read(path)
        except BrokenFile as error:
            print(f"{path.stem}: {error.problems[0]}")
            continue
        state = "finished" if saved.finished else "open"
        print(f"{path.stem}: {state}, {len(saved.case.steps())} answers, law as of {saved.case.as_of}")
    if not found:
        print(f"no cases in {directory}")
    return 0


def _cases_directory(given: Path | None) -> Path:
    if given is not None:
        return given
    if from_environment := os.environ.get("ADVISOR_CASES"):
        return Path(from_environment)
    import platformdirs

    return Path(platformdirs.user_data_dir("advisor", appauthor=False)) / "cases"


def _saved(directory: Path) -> list[Path]:
    try:
        paths = [path for path in directory.glob(f"*{transcript.SUFFIX}") if not path.name.startswith(".")]
        return sorted(paths, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    except OSError as error:
        raise StorageError(f"{directory} cannot be read: {error.strerror or error}") from None


def _chosen_case(directory: Path, options: argparse.Namespace) -> Path:
    """The named case, else the last unfinished one, else a new one named by the day."""
    if options.case is not None:
        path = directory / f"{_case_name(options.case)}{transcript.SUFFIX}"
        if options.new and path.exists():
            raise UsageError(f"there is already a case {options.case!r}", hint="choose another name")
        return path
    if not options.new and options.answers is None:
        for path in _saved(directory):
            try:
                if not transcript.read(path).finished:
                    return path
            except (BrokenFile, StorageError):
                continue
    name = f"shop-{datetime.date.today().isoformat()}"  # noqa: DTZ011 - the person's own calendar day
    path, number = directory / f"{name}{transcript.SUFFIX}", 2
    while path.exists():
        path, number = directory / f"{name}-{number}{transcript.SUFFIX}", number + 1
    return path


def _case_name(given: str) -> str:
    name = given.removesuffix(transcript.SUFFIX)
    if name != slug(name):
        raise UsageError(f"{given!r} cannot be the name of a case", hint=f"letters, digits and dashes: {slug(name)}")
    return name


# --- plan, questions ---


def plan(options: argparse.Namespace) -> int:
    """Prints a plan."""
    from advisor.render.page import page

    if (options.case is None) == (options.answers is None):
        raise UsageError("name a case or give --answers FILE", hint="advisor cases lists the saved ones")
    if options.answers is not None:
        day = _day(options.as_of)
        consultation = _interview(options, day, check=False)
        given = answersfile.read(_bytes(options.answers), str(options.answers), consultation)
        case = Case(name=options.answers.stem, as_of=day, locale=_locale(options.lang))
        for answer in given:
            case = case.add(answer)
    else:
        saved = transcript.read(_path_of(options))
        day = _day(options.as_of) if options.as_of else saved.case.as_of
        consultation = _interview(options, day, check=False)
        case = saved.case
    if options.lang:
        case = case.add(Speak(Locale(options.lang)))
    found = page(consultation, case, consultation.plan(case))
    if options.format == "json":
        from advisor.render.json import plan_json

        print(json.dumps(plan_json(found), ensure_ascii=False, indent=2))
        return 0
    from advisor.render.text import PlanText
    from advisor.ui.style import colours, painted

    colour = colours(os.environ, sys.stdout.isatty())
    for line in PlanText(consultation, found, _width(), options.details).lines():
        print(painted(line, colour))
    return 0


def _path_of(options: argparse.Namespace) -> Path:
    given = Path(options.case)
    if given.is_file():
        return given
    directory = _cases_directory(options.cases)
    path = directory / f"{options.case.removesuffix(transcript.SUFFIX)}{transcript.SUFFIX}"
    if not path.is_file():
        known = [found.stem for found in _saved(directory)]
        raise UsageError(
            f"there is no case {options.case!r}", hint=did_you_mean(options.case, known) or "advisor cases lists them"
        )
    return path


def questions(options: argparse.Namespace) -> int:
    """Lists every question with the values its answer may take."""
    base, _ = _knowledge(options)
    locale = _locale(options.lang)
    if options.json:
        listed = [
            {
                "id": question.id,
                "topic": question.topic,
                "kind": question.kind,
                "of": question.of or None,
                "ask": {"en": question.ask.en, "lv": question.ask.lv},
                "values": _values(question),
            }
            for question in base.questions
        ]
        print(json.dumps({"questions": listed}, ensure_ascii=False, indent=2))
        return 0
    for question in base.questions:
        per = f" (for each {question.of})" if question.of else ""
        print(f"{question.id} [{question.kind}]{per}: {question.ask.in_(locale)}")
        if values := _values(question):
            for line in wrap(", ".join(values), _width(), "    "):
                print(line)
    return 0


def _values(question: Question) -> list[str]:
    """What an answers file may say."""
    values = ["yes", "no"] if question.kind == "yes-no" else [option.value for option in question.options]
    return [*values, "none"] if question.none is not None else values


# --- maintainers ---


def replay(options: argparse.Namespace) -> int:
    """Replays transcripts. 0 if all come out as recorded, 1 if one does not, 2 if there is none."""
    from advisor.replay import replay as play

    paths = list(_transcripts(options.files))
    if not paths:
        raise UsageError("no transcripts there", hint="a transcript is a .yaml file that begins with 'transcript: 1'")
    if options.accept and os.environ.get("CI"):
        raise UsageError("--accept is refused in CI", hint="accept on your own machine and look at the difference")
    different = 0
    interviews: dict[str, Interview] = {}
    for path in paths:
        saved = transcript.read(path)
        day = saved.case.as_of
        if day not in interviews:
            interviews[day] = _interview(options, day)
        outcome = play(saved, interviews[day])
        if outcome.divergence is None:
            print(f"{path}: as recorded, {outcome.prompts} prompts")
        elif options.accept and _accept(path, saved, outcome.plan):
            print(f"{path}: accepted")
        else:
            different += 1
            print(outcome.divergence)
    return 1 if different else 0


def _accept(path: Path, saved: transcript.Transcript, rows: Iterable[transcript.PlanRow]) -> bool:
    """Rewrites the plan a transcript expects; what was said and understood stays."""
    if not saved.finished:
        return False
    data = path.read_bytes()[: saved.turn_bytes]
    transcript.rewrite(path, data.decode("utf-8") + transcript.ending(rows, len(saved.case.turns)))
    return True


def _transcripts(given: Iterable[Path]) -> Iterable[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(path.rglob(f"*{transcript.SUFFIX}"))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"{path} does not exist")


def check(options: argparse.Namespace) -> int:
    """Checks the knowledge base and says what is in it."""
    options.no_cache = True
    base, program = _knowledge(options)
    consultation = CheckedEngine(program.on(base.as_of))
    print(
        f"knowledge base {base.stamp}: {len(base.rules)} rules, {len(base.actions)} obligations, "
        f"{len(base.questions)} questions, {len(base.sources)} sources, {len(base.countries)} countries, "
        f"{len(base.providers)} providers; no problems"
    )
    if consultation.notice:
        print(base.phrases[consultation.notice].en)
    return 0


def understand(options: argparse.Namespace) -> int:
    """Prints how a text is read as the answer to a question."""
    consultation = _interview(options, _day(None), check=False)
    question = consultation.questions.get(options.question)
    if question is None:
        hint = did_you_mean(options.question, consultation.questions)
        raise UsageError(f"there is no question {options.question!r}", hint=hint or "advisor questions lists them")
    reading = consultation.understanding.read(question, options.text, _locale(options.lang))
    value = reading.value
    values = [] if value is None else list(value) if isinstance(value, tuple) else [value]
    print(
        json.dumps(
            {
                "question": question.id,
                "of": options.of,
                "values": values,
                "none": value == (),
                "how": reading.how,
                "candidates": [{"value": item.value, "label": item.label} for item in reading.candidates],
                "command": reading.command,
                "argument": reading.argument,
            },
            ensure_ascii=False,
        )
    )
    return 0


# --- what they share ---


def _knowledge(options: argparse.Namespace) -> tuple[KnowledgeBase, Program]:
    return open_knowledge(options.knowledge, None if options.no_cache else _cache_directory())


def _interview(options: argparse.Namespace, day: str, check: bool = True) -> Interview:
    base, program = _knowledge(options)
    today = program.on(day)
    engine: Engine = CheckedEngine(today) if check else ReferenceEngine(today)
    return Interview(base, today, engine, day)


def _cache_directory() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("advisor", appauthor=False))


def _log(engine: Engine) -> None:
    """Keeps disagreements of the engines for maintainers."""
    found = getattr(engine, "disagreements", ())
    if not found:
        return
    import platformdirs

    directory = Path(platformdirs.user_log_dir("advisor", appauthor=False))
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with (directory / "engines.log").open("a", encoding="utf-8") as file:
            file.writelines(f"{datetime.datetime.now(datetime.UTC).isoformat()} {line}\n" for line in found)
    except OSError:
        pass  # a log that cannot be written must not stop a consultation


def _day(given: str | None) -> str:
    """The day whose law applies: the one given, else today."""
    if given is None:
        return datetime.date.today().isoformat()  # noqa: DTZ011 - the person's own calendar day
    if not is_day(given):
        raise UsageError(f"{given!r} is not a date", hint="write it as 2026-11-23")
    if given < FIRST_DAY:
        raise UsageError(f"the knowledge base does not reach back to {given}", hint=f"it begins with {FIRST_DAY}")
    return given


def _locale(given: str | None) -> Locale:
    """The language asked for, else the computer's, else English."""
    if given:
        return Locale(given)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return Locale.LV if value.lower().startswith("lv") else Locale.EN
    return Locale.EN


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenFile([Problem(file=str(path), what=f"cannot be read: {error.strerror or error}")]) from None


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns
