"""The full terminal: menu, history, completion, ghost text, bottom line. The only importer of prompt_toolkit."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggest, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style as ToolkitStyle

from advisor.render.text import Styled, wrap
from advisor.ui import ClearedLine, EndOfInput, Prompt, idle
from advisor.ui.menu import menu
from advisor.ui.style import can_draw_guides, colours, painted
from advisor.wording import fold

COMMAND_KEYS = {"f1": "/help", "f2": "/why", "f3": "/back", "f4": "/unknown", "f5": "/plan", "f6": "/review"}
"""Keys for commands; what was being typed waits in the next line."""


class _GhostText(AutoSuggest):
    """The rest of the only option that begins like what is typed, in faint letters; the right arrow takes it."""

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()

    def get_suggestion(self, buffer: Buffer, document: Document) -> Suggestion | None:
        typed = document.text.rpartition(",")[2].lstrip()
        if len(typed) < 2:
            return None
        near = [word for word in self.words if fold(word).startswith(fold(typed)) and len(word) > len(typed)]
        return Suggestion(near[0][len(typed) :]) if len(near) == 1 else None


class TerminalFrontEnd:
    """One prompt session for the whole consultation."""

    def __init__(self) -> None:
        self._colour = colours(os.environ, sys.stdout.isatty())
        self.guides = can_draw_guides(sys.stdout.encoding)
        self._ghost = _GhostText()
        self._bar = ""
        self._short_bar = ""
        self._hints = ""
        self._typed = ""  # what stood in the line when a key asked for something else
        style = ToolkitStyle.from_dict(
            {"bottom-toolbar": "noreverse", "bar": "bold", "auto-suggestion": "fg:ansibrightblack"}
            if self._colour
            else {"bottom-toolbar": "noreverse", "bar": "", "hints": "", "auto-suggestion": ""}
        )
        self._session: PromptSession[str] = PromptSession(
            history=InMemoryHistory(),
            auto_suggest=self._ghost,
            bottom_toolbar=self._toolbar,
            key_bindings=self._keys(),
            style=style,
            complete_while_typing=False,
            mouse_support=False,
            enable_open_in_editor=False,
            enable_suspend=True,
            include_default_pygments_style=False,
        )

    @property
    def width(self) -> int:
        return min(100, shutil.get_terminal_size((80, 24)).columns)

    def show(self, lines: Sequence[Styled]) -> None:
        for line in lines:
            print(painted(line, self._colour))
        sys.stdout.flush()

    def ask(self, prompt: Prompt, meanwhile: Callable[[], None] = idle) -> str:
        width = self.width
        self.show([Styled("")])
        self.show([Styled(line, "strong") for line in wrap(prompt.text, width)])
        self.show([Styled(line) for line in menu(prompt, width, "  ({})", 5)])
        if prompt.note:
            self.show([Styled(line, "faint") for line in wrap(prompt.note, width)])
        self._ghost.words = prompt.words
        self._bar, self._short_bar, self._hints = prompt.bar, prompt.short_bar, prompt.hints
        completer = WordCompleter(list(prompt.words), ignore_case=True, sentence=True)

        def begun() -> None:
            if (loop := self._session.app.loop) is not None:
                loop.call_soon(meanwhile)  # comes after the line to type in has been drawn

        try:
            typed, self._typed = self._typed, ""
            return self._session.prompt("> ", completer=completer, default=typed, pre_run=begun)
        except EOFError:
            raise EndOfInput from None

    def _toolbar(self) -> Any:
        room = shutil.get_terminal_size((80, 24)).columns - 1
        hints = f"   {self._hints}"
        for bar, behind in ((self._bar, hints), (self._short_bar, hints), (self._bar, ""), (self._short_bar, "")):
            if len(bar) + len(behind) <= room:
                return FormattedText([("class:bar", bar), ("class:hints", behind)])
        return FormattedText([("class:bar", self._short_bar[:room])])

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add("c-c")
        def _(event: KeyPressEvent) -> None:
            typed = event.current_buffer.text
            event.app.exit(exception=ClearedLine() if typed else KeyboardInterrupt())

        for key, command in COMMAND_KEYS.items():

            @bindings.add(key)
            def _(event: KeyPressEvent, command: str = command) -> None:
                self._typed = event.current_buffer.text
                event.app.exit(result=command)

        return bindings
