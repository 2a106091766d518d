"""What can be said at any prompt instead of an answer, as a word or with a slash before it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from advisor.understanding.polarity import says
from advisor.understanding.sentences import Sentence, Words


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
    REMOVE = "remove"
    ASSUMPTIONS = "assumptions"


class Said(NamedTuple):
    """A command, the rest of its line, and how many words it has; 0 if it was recognised only in its gist."""

    command: Command
    argument: str = ""
    length: int = 0

    @property
    def may_be_an_answer(self) -> bool:
        """Latvian "kā" is also "as" ("kā pašnodarbinātais"), and "later" may be an option."""
        how = self.command is Command.HOW and self.argument != "" and not self.argument[0].isdecimal()
        return self.length == 0 or how


_WORDS: Mapping[str, Said] = {
    **{command.value: Said(command) for command in Command},
    "skip": Said(Command.UNKNOWN),
    "save": Said(Command.QUIT),
    "plan-all": Said(Command.PLAN, "all"),
    "language-en": Said(Command.LANGUAGE, "en"),
    "language-lv": Said(Command.LANGUAGE, "lv"),
}
_WITH_ARGUMENT = (
    Command.NOTE,
    Command.CHANGE,
    Command.LANGUAGE,
    Command.HOW,
    Command.WHY_NOT,
    Command.WHAT_IF,
    Command.REMOVE,
)


def recognise(sentence: Sentence, words: Words, slash: bool) -> Said | None:
    """The command that a line is. Without a slash, only some may be followed by anything."""
    if not slash and (whole := _courteously(sentence, words)) is not None:
        return whole
    length, name = max((words[name].at(sentence.words), name) for name in _WORDS)
    said = _WORDS[name]
    if length == len(sentence.words):
        return said._replace(length=length)
    if length and (slash or said.command in _WITH_ARGUMENT) and not said.argument:
        rest = sentence.words[length:]
        argument = sentence.text[sentence.tokens[length - 1].end :].strip(" :,;.=-–—")
        if said.command is Command.HOW and not slash and len(rest) > 1 and (asked := _asked_back(sentence, words)):
            return asked  # "how do I know?", where what is to be explained is one word
        if said.command is not Command.LANGUAGE:
            return Said(said.command, argument, length)
        if (language := _language(rest, words)) or slash:
            return Said(said.command, language or argument, length)
    if not slash and says(sentence, words, "unknown", "skip"):
        return Said(Command.UNKNOWN)
    return None if slash else _asked_back(sentence, words)


def _courteously(sentence: Sentence, words: Words) -> Said | None:
    """A command in every piece of which only polite words stand around it: "that's enough, let me out".

    A slip that is owned to behind it says no more: "back please, I misread the last one".
    """
    meant: dict[str, None] = {}
    for start, end in sentence.pieces():
        while start < end and (length := words["courtesy"].at(sentence.words[:end], start)):
            start += length
        piece = _without_courtesy_behind(sentence.words[start:end], words)
        if piece and not (meant and any(words["mistaken"].at(piece, place) for place in range(len(piece)))):
            named = [name for name in _WORDS if piece in words[name]]
            if not named:
                return None
            meant.update(dict.fromkeys(named[:1]))
    return _WORDS[next(iter(meant))]._replace(length=len(sentence.words)) if len(meant) == 1 else None


def _without_courtesy_behind(said: tuple[str, ...], words: Words) -> tuple[str, ...]:
    while said and (said[-1:] in words["courtesy"] or said[-2:] in words["courtesy"]):
        said = said[:-1]
    return said


def goes_back(sentence: Sentence, words: Words) -> bool:
    """Whether a line begins with the wish to go back, or ends with it in a clause of its own: "not that! go back"."""
    last = sentence.tokens[-1].clause
    clause = tuple(token.word for token in sentence.tokens if token.clause == last)
    begins = words[Command.BACK].at(sentence.words) > 1
    return begins or (last > 0 and clause in words[Command.BACK])


def _asked_back(sentence: Sentence, words: Words) -> Said | None:
    """A question instead of an answer: "what is a sole trader?", "kāpēc jums tas?"."""
    length = len(sentence.words)
    if words["why"].at(sentence.words) and not words["why-not"].at(sentence.words):
        return Said(Command.WHY, length=length)
    start = next((n for n in range(length) if not any(words[name].at(sentence.words, n) for name in ("and", "but"))), 0)
    asks = sentence.text.rstrip(" \"'”»)").endswith("?") and words["asking"].at(sentence.words, start)
    return Said(Command.HELP, length=length) if asks or words["lost"].at(sentence.words) else None


def _language(said: tuple[str, ...], words: Words) -> str:
    """The language named, if it is one of ours: a "language school" may be an answer."""
    return next((code for code in ("en", "lv") if said == (code,) or said in words[f"language-{code}"]), "")
