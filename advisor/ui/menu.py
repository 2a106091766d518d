"""The options of a question as lines."""

from __future__ import annotations

from advisor.render.text import wrap
from advisor.ui import Prompt

_SHORT = 6
"""Up to so many options a list is short anyway."""
_JOINED = "\N{NO-BREAK SPACE}"


def menu(prompt: Prompt, width: int, hint: str, indent: int) -> list[str]:
    """One line for each option, with its hint put into `hint`; running on where the same menu was shown before."""
    if prompt.known and len(prompt.choices) > _SHORT:
        options = (f"{number}.{_JOINED}{choice.label}" for number, choice in enumerate(prompt.choices, start=1))
        return wrap("   ".join(options), width, " " * indent)
    lines: list[str] = []
    for number, choice in enumerate(prompt.choices, start=1):
        text = f"{choice.label}{hint.format(choice.hint)}" if choice.hint else choice.label
        lines += wrap(text, width, " " * indent, f"{number:>{indent - 2}}. ")
    return lines
