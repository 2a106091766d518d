"""How styles look in a terminal. Honours NO_COLOR (https://no-color.org) and terminals that cannot."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.render.text import Styled

_CODES = {"title": "1", "heading": "1;36", "band": "1", "strong": "1", "faint": "2", "warning": "33", "": ""}


def colours(environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Whether to set lines off with escape codes."""
    return is_terminal and not environment.get("NO_COLOR") and environment.get("TERM", "") not in ("", "dumb")


def can_draw_guides(encoding: str | None) -> bool:
    """Whether the guide lines of trees can be written in an encoding."""
    try:
        "├│└─".encode(encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def painted(line: Styled, colour: bool) -> str:
    """The line with its style, or as it is."""
    code = _CODES[line.style] if colour else ""
    return f"\x1b[{code}m{line.text}\x1b[0m" if code and line.text else line.text
