"""Front ends: a full terminal, plain lines, and a script. One Protocol, three ways to put a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from advisor.render.text import Styled


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option as a front end shows it: numbered from 1 in the order given."""

    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question, ready to be shown."""

    text: str
    choices: tuple[Choice, ...] = ()
    known: bool = False
    """Whether the same choices were shown before, about another partner."""
    note: str = ""
    bar: str = ""
    short_bar: str = ""
    hints: str = ""
    words: tuple[str, ...] = ()
    """What may be completed while typing."""


class EndOfInput(Exception):
    """The person closed the input (Ctrl-D)."""


class ClearedLine(Exception):
    """The person pressed Ctrl-C while a line was being typed; the line is gone, nothing else."""


def idle() -> None:
    """Nothing to do while somebody reads."""


class FrontEnd(Protocol):
    """Shows lines and asks. `ask` raises EndOfInput, ClearedLine, or KeyboardInterrupt on an empty line."""

    @property
    def width(self) -> int: ...

    @property
    def guides(self) -> bool:
        """Whether trees may have guide lines."""
        ...

    def show(self, lines: Sequence[Styled]) -> None: ...

    def ask(self, prompt: Prompt, meanwhile: Callable[[], None] = idle) -> str:
        """What the person answers. `meanwhile` is done as soon as the question can be read."""
        ...
