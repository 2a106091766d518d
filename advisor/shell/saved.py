"""Where cases are kept, and which one is meant."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path

from advisor import transcript
from advisor.errors import BrokenFile, StorageError, UsageError, did_you_mean
from advisor.wording import slug


def cases_directory(given: Path | None) -> Path:
    if given is not None:
        return given
    if from_environment := os.environ.get("ADVISOR_CASES"):
        return Path(from_environment)
    import platformdirs

    return Path(platformdirs.user_data_dir("advisor", appauthor=False)) / "cases"


def saved_cases(directory: Path) -> list[Path]:
    try:
        paths = [path for path in directory.glob(f"*{transcript.SUFFIX}") if not path.name.startswith(".")]
        return sorted(paths, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    except OSError as error:
        raise StorageError(f"{directory} cannot be read: {error.strerror or error}") from None


def chosen_case(directory: Path, options: argparse.Namespace) -> Path:
    """The named case, else the last unfinished one, else a new one named by the day."""
    if options.case is not None:
        path = directory / f"{_case_name(options.case)}{transcript.SUFFIX}"
        if options.new and path.exists():
            raise UsageError(f"there is already a case {options.case!r}", hint="choose another name")
        return path
    if not options.new and options.answers is None:
        for path in saved_cases(directory):
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


def path_of(options: argparse.Namespace) -> Path:
    given = Path(options.case)
    if given.is_file():
        return given
    directory = cases_directory(options.cases)
    path = directory / f"{options.case.removesuffix(transcript.SUFFIX)}{transcript.SUFFIX}"
    if not path.is_file():
        known = [found.stem for found in saved_cases(directory)]
        raise UsageError(
            f"there is no case {options.case!r}", hint=did_you_mean(options.case, known) or "advisor cases lists them"
        )
    return path
