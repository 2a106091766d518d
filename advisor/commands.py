"""What can be said at any prompt instead of an answer, as a word or with a slash before it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from advisor.sentences import Sentence, Words


class Command(StrEnum):
    """A command."""

    HELP = "help"
    WHY = "why"
    BACK = "back"
    CHANGE = "change"
    UNKNOWN = "unknown"
    NOTE = "note"
    STATUS = "status"
    PLAN = "plan"
    REVIEW = "review"
    LANGUAGE = "language"
    QUIT = "quit"
    HOW = "how"
    WHY_NOT = "why-not"
    WHAT_IF = "what-if"


class Said(NamedTuple):
    """A command with the rest of its line."""

    command: Command
    argument: str = ""


_WORDS: Mapping[str, Said] = {
    **{command.value: Said(command) for command in Command},
    "skip": Said(Command.UNKNOWN),
    "save": Said(Command.QUIT),
    "language-en": Said(Command.LANGUAGE, "en"),
    "language-lv": Said(Command.LANGUAGE, "lv"),
}
_WITH_ARGUMENT = (Command.NOTE, Command.CHANGE, Command.LANGUAGE, Command.HOW, Command.WHY_NOT, Command.WHAT_IF)


def recognise(sentence: Sentence, words: Words, slash: bool) -> Said | None:
    """The command that a line is. Without a slash, only some may be followed by anything."""
    length, name = max((words[name].at(sentence.words), name) for name in _WORDS)
    if length == 0:
        return None
    said = _WORDS[name]
    if length == len(sentence.words):
        return said
    if slash or said.command in _WITH_ARGUMENT:
        return Said(said.command, sentence.text[sentence.tokens[length - 1].end :].strip(" :,;.=-–—"))
    return None
