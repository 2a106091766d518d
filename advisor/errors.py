"""What can go wrong, said for people: what, where, why, what to do. No module below this one.

    AdvisorError                  exit code, hint
    ├── UsageError          2     the command was used in a way it does not understand
    │   └── CannotAsk       2     an interview was wanted where nobody can be asked
    ├── BrokenFile          3     one or more files cannot be used; carries every Problem found in them
    ├── CaseInUse           3     another consultation has this case open
    ├── StorageError        3     the disk did not take what was to be written
    └── Interrupted       130     the person left with Ctrl-C

Mistakes of authors (rules, knowledge, answers files, transcripts) are collected as `Problem` values, all of them at
once, and raised together as one `BrokenFile`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in one file. `line` counts from 1; 0 means the file as a whole."""

    file: str
    what: str
    line: int = 0
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class AdvisorError(Exception):
    """Base of all errors that are told to the person instead of being shown as a traceback."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(AdvisorError):
    """The command line asks for something that cannot be done that way."""

    exit_code = 2


class CannotAsk(UsageError):
    """An interview needs a terminal and there is none."""


class BrokenFile(AdvisorError):
    """Files that cannot be used, with every problem found in them."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem], *, hint: str = "") -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems), hint=hint)


class CaseInUse(AdvisorError):
    """The case is open in another consultation."""

    exit_code = 3


class StorageError(AdvisorError):
    """The disk is full, read-only or not permitted."""

    exit_code = 3


class Interrupted(AdvisorError):
    """The person interrupted the program."""

    exit_code = 130


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known spelling, or an empty string."""
    import difflib  # rarely needed, and slow to import

    near: Sequence[str] = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""
