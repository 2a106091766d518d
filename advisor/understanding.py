"""From what someone typed to an answer, a command, or the few answers that may have been meant.

Every step either is sure or asks back; nothing is guessed silently. Knows the knowledge base's names and closed word
lists, but neither the case nor what an answer leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from advisor import finding
from advisor.amounts import read_amount
from advisor.finding import GROUP, GROUPS, Found, Names, find
from advisor.matching import Index, Name
from advisor.model import UNKNOWN, How, KnowledgeBase, Locale, Option, Question, Value
from advisor.sentences import Sentence, Span, Words, parse
from advisor.wording import clean, fold, slug


class Command(StrEnum):
    """What can be said at any prompt instead of an answer."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that may have been meant, with its name in the language of the interview."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a line was understood as.

    An answer (`value` and `how`), a command, or neither: then `candidates` may have been meant, and `kept` is what was
    understood besides, to be added to the one that is chosen. `names` are the readable names of subjects that the
    knowledge base does not know. `argument` is the rest of a command's line.
    """

    value: Value | tuple[Value, ...] | None = None
    how: How | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    command: Command | None = None
    argument: str = ""
    kept: tuple[Value, ...] = ()


NOT_UNDERSTOOD = Reading()

_MOST_CANDIDATES = 5
_FEWEST_CANDIDATES = 3
_NONE = "none"
_LINES = re.compile(r"\s*[\r\n]+\s*")
_LADDER: tuple[How, ...] = ("number", "label", "alias", "code", "prefix", "phrase", "similar")
_WITH_ARGUMENT = (Command.NOTE, Command.CHANGE, Command.LANGUAGE, Command.HOW, Command.WHY_NOT, Command.WHAT_IF)
_COMMAND_WORDS: Mapping[str, tuple[Command, str]] = {
    **{command.value: (command, "") for command in Command},
    "skip": (Command.UNKNOWN, ""), "save": (Command.QUIT, ""),
    "language-en": (Command.LANGUAGE, "en"), "language-lv": (Command.LANGUAGE, "lv"),
}  # fmt: skip
_MOST_INDEXES = 200
_VENDOR_WORDS = 5
_VENDOR_DOUBT = 0.65
"""Likeness to a known vendor from which an unknown name is asked about."""


class Understanding:
    """Understands answers in both languages. Indexes are built once, each when it is first needed."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._words = Words(base.phrases)
        self._of_options: dict[tuple[Option, ...], Names] = {}
        self._countries: Names | None = None
        self._providers: Names | None = None

    def read(
        self,
        question: Question,
        text: str,
        locale: Locale,
        options: Sequence[Option] | None = None,
        default: tuple[Value, ...] | None = None,
    ) -> Reading:
        """What `text` means as an answer to the question.

        `options` are those shown, numbered from 1 in that order; None: the question's own. An empty line is the `default`.
        """
        line = clean(_LINES.sub("; ", text.strip()))
        shown = tuple(question.options if options is None else options)
        if not line:
            return _empty(question, default)
        sentence = parse(line.removeprefix("/"), self._words, locale)
        if line.startswith("/") or not sentence.tokens:
            return self._command(sentence) if sentence.tokens else Reading(command=Command.HELP if "?" in line else None)
        task = _Task(question, sentence, locale, shown, self._names(question, shown), self._none_index(question))
        command = self._command(sentence)
        bare = command.command in _WITH_ARGUMENT or not command.argument or sentence.words == ()
        if command.command is not None and bare and not task.is_a_name():
            return command
        return self._answer(task, default or ())
