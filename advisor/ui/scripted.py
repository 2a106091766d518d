"""A front end that answers from a list: the twin of the real ones for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from advisor.render.text import Styled
from advisor.ui import EndOfInput, Prompt, idle


class ScriptedFrontEnd:
    """Gives the next line at every prompt and keeps what was shown. The input ends with the list."""

    def __init__(self, lines: Iterable[str], width: int = 80) -> None:
        self._lines = iter(lines)
        self.width = width
        self.guides = False
        self.shown: list[str] = []
        self.prompts: list[Prompt] = []

    def show(self, lines: Sequence[Styled]) -> None:
        self.shown.extend(line.text for line in lines)

    def ask(self, prompt: Prompt, meanwhile: Callable[[], None] = idle) -> str:
        self.prompts.append(prompt)
        meanwhile()
        try:
            return next(self._lines)
        except StopIteration:
            raise EndOfInput from None
