"""What several commands share: the knowledge base, the day, the language, files."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from advisor.engine.checked import CheckedEngine
from advisor.engine.incremental import IncrementalEngine
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.errors import BrokenFile, Problem, UsageError
from advisor.fields import is_day
from advisor.interview import Interview
from advisor.knowledge.cache import open_knowledge
from advisor.knowledge.completing import completed
from advisor.model import KnowledgeBase, Locale, Text
from advisor.shell.language import computers

FIRST_DAY = "2025-01-01"
"""Before this day the knowledge base does not know the law."""


def knowledge(options: argparse.Namespace) -> tuple[KnowledgeBase, Program]:
    """The knowledge base that is meant; what an older one has no sentence for, is said as the program says it."""
    cache = None if options.no_cache else _cache_directory()
    base, program = open_knowledge(options.knowledge, cache)
    return (base if options.knowledge is None else completed(base, own_phrases())), program


def own_phrases() -> Mapping[str, Text]:
    """The phrases that come with the program."""
    base, _ = open_knowledge(None, _cache_directory())
    return base.phrases


def make_interview(options: argparse.Namespace, day: str, check: bool = True) -> Interview:
    with _made_to_stay():
        base, program = knowledge(options)
        today = program.on(day)
        engine: Engine = CheckedEngine(today, later=True) if check else IncrementalEngine(today)
        return Interview(base, today, engine, day)


@contextlib.contextmanager
def _made_to_stay() -> Iterator[None]:
    """What is made here is used until the program ends: nobody looks through it for garbage.

    The collector would while it is made, ten times over, and again whenever it goes through everything later on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _cache_directory() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("advisor", appauthor=False))


def log_disagreements(engine: Engine) -> None:
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


def law_day(given: str | None) -> str:
    """The day whose law applies: the one given, else today."""
    if given is None:
        return datetime.date.today().isoformat()  # noqa: DTZ011 - the person's own calendar day
    if not is_day(given):
        raise UsageError(f"{given!r} is not a date", hint="write it as 2026-11-23")
    if given < FIRST_DAY:
        raise UsageError(f"the knowledge base does not reach back to {given}", hint=f"it begins with {FIRST_DAY}")
    return given


def choose_locale(given: str | None) -> Locale:
    """The language asked for, else the computer's, else English."""
    return Locale(given or computers(os.environ))


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenFile([Problem(file=str(path), what=f"cannot be read: {error.strerror or error}")]) from None


def width() -> int:
    return shutil.get_terminal_size((100, 24)).columns
