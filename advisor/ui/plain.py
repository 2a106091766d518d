"""Append-only lines with numbered options: for screen readers, dumb terminals, and wherever the full one cannot run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence

from advisor.render.text import Styled, wrap
from advisor.ui import EndOfInput, Prompt, idle
from advisor.ui.menu import menu


class PlainFrontEnd:
    """Nothing is ever redrawn; every line stands on its own."""

    def __init__(self) -> None:
        self.guides = False
        self.width = min(100, shutil.get_terminal_size((80, 24)).columns)

    def show(self, lines: Sequence[Styled]) -> None:
        for line in lines:
            print(line.text)
        sys.stdout.flush()

    def ask(self, prompt: Prompt, meanwhile: Callable[[], None] = idle) -> str:
        print()
        for line in wrap(prompt.text, self.width):
            print(line)
        for line in menu(prompt, self.width, " - {}", 4):
            print(line)
        if prompt.note:
            for line in wrap(prompt.note, self.width):
                print(line)
        sys.stdout.flush()
        try:
            meanwhile()
            return input("> ")
        except EOFError:
            print()
            raise EndOfInput from None
        except UnicodeDecodeError:
            return ""
