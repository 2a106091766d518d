"""From what someone typed to an answer, a command, or the few answers that may have been meant.

Every step either is sure or asks back; nothing is guessed silently. Knows the knowledge base's names and closed word
lists, but neither the case nor what an answer leads to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.model import UNKNOWN, How, KnowledgeBase, Locale, Option, Question, Value
from advisor.understanding import commands, finding, naming
from advisor.understanding.amounts import option_numbers, read_amount
from advisor.understanding.commands import Command
from advisor.understanding.finding import Doubt, Found, find
from advisor.understanding.naming import GROUPS, Names
from advisor.understanding.newcomers import Newcomers
from advisor.understanding.polarity import polarity, says, says_both, says_none
from advisor.understanding.sentences import Sentence, Span, Words, parse
from advisor.wording import clean

__all__ = ["Candidate", "Command", "Reading", "Understanding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that may have been meant, with its name in the language of the interview."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a line was understood as.

    An answer (`value` and `how`), a command, or neither: then `candidates` may have been meant, and `kept` is what was
    understood besides, to be added to the one that is chosen. `ignored` are the parts of an answer in which nothing was
    recognised. `names` are the readable names of subjects that the knowledge base does not know. `argument` is the rest
    of a command's line.
    """

    value: Value | tuple[Value, ...] | None = None
    how: How | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    command: Command | None = None
    argument: str = ""
    kept: tuple[Value, ...] = ()
    ignored: tuple[str, ...] = ()


NOT_UNDERSTOOD = Reading()

NONE = "none"
_COUNTRY_KINDS = ("country", "countries", "people")
_ADDRESS = re.compile(r"\bhttps?://(?:www\.)?|\bwww\.", re.IGNORECASE)
_LINES = re.compile(r"\s*[\r\n]+\s*")
_LADDER: tuple[How, ...] = ("yes-no", "number", "label", "alias", "code", "prefix", "phrase", "similar")
_MOST_INDEXES = 200
_MOST_CANDIDATES = 5
_FEWEST_CANDIDATES = 3
_SHORT_WORD = 4
_FAINT = 0.4
"""Likeness from which candidates are filled up to the fewest."""


class Understanding:
    """Understands answers in both languages. Indexes are built once, each when it is first needed."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._words = Words(base.phrases)
        self._names: dict[tuple[Option, ...] | Literal["countries", "providers"], Names] = {}

    def read(
        self,
        question: Question,
        text: str,
        locale: Locale,
        options: Sequence[Option] | None = None,
        default: tuple[Value, ...] | None = None,
    ) -> Reading:
        """What `text` means as an answer to the question.

        `options` are those shown, numbered from 1 in that order; None: the question's own. An empty line is the
        `default`.
        """
        line = unicodedata.normalize("NFC", clean(_ADDRESS.sub("", _LINES.sub("; ", text.strip()))))
        if not line:
            return _empty(question, default)
        slash = line.startswith("/")
        sentence = parse(line.removeprefix("/"), self._words, locale)
        if not sentence.tokens:
            return Reading(command=Command.HELP) if "?" in line else NOT_UNDERSTOOD
        said = commands.recognise(sentence, self._words, slash)
        if slash:
            return NOT_UNDERSTOOD if said is None else Reading(command=said.command, argument=said.argument)
        shown = tuple(question.options if options is None else options)
        answer = _Answer(self, question, sentence, locale, shown, default or ())
        if said is None or answer.is_a_name() or answer.is_a_name(said.length):
            return answer.read()
        if said.may_be_an_answer and (reading := answer.read()).value is not None and not reading.names:
            return reading
        return Reading(command=said.command, argument=said.argument)

    def names(self, question: Question, shown: tuple[Option, ...]) -> Names:
        """What can be named in an answer to the question."""
        if question.kind in _COUNTRY_KINDS:
            key: tuple[Option, ...] | Literal["countries", "providers"] = "countries"
        else:
            key = "providers" if question.kind == "vendors" else shown
        found = self._names.get(key)
        if found is None:
            if len(self._names) >= _MOST_INDEXES:
                self._names.clear()
            if key == "countries":
                found = naming.country_names(self._base, self._words)
            elif key == "providers":
                found = naming.provider_names(self._base)
            else:
                found = naming.option_names(key, self._base)
            self._names[key] = found
        return found

    def none_names(self, option: Option) -> Names:
        """How "none of these" is said in the words of a question."""
        found = self._names.get((option,))
        if found is None:
            found = self._names[(option,)] = naming.option_names((option,), self._base)
        return found

    @property
    def base(self) -> KnowledgeBase:
        return self._base

    @property
    def words(self) -> Words:
        return self._words


def _empty(question: Question, default: tuple[Value, ...] | None) -> Reading:
    if question.kind == "confirm":
        return Reading(value=default or (), how="confirmed")
    if default is None or (not default and not question.many):
        return NOT_UNDERSTOOD
    return Reading(value=default if question.many else default[0], how="default")


class _Answer:
    """One line as an answer to one question."""

    def __init__(
        self,
        understanding: Understanding,
        question: Question,
        sentence: Sentence,
        locale: Locale,
        shown: tuple[Option, ...],
        default: tuple[Value, ...],
    ) -> None:
        self.base = understanding.base
        self.words = understanding.words
        self.question = question
        self.sentence = sentence
        self.locale = locale
        self.default = default
        none = question.none
        self.options = tuple(option for option in shown if option != none)
        self.numbered = shown
        self.names = understanding.names(question, self.options)
        self.none_names = understanding.none_names(none) if none is not None else None

    def is_a_name(self, length: int | None = None) -> bool:
        """Whether the line, or its first words, is exactly a name: then it is no command and no mere yes or no."""
        said = self.sentence.words[:length]
        if len(said) == 1 and self.sentence.tokens[0].typed in self.names.codes:
            return True
        every = (self.names, self.none_names) if self.none_names else (self.names,)
        return any(names.index.exactly(said) is not None for names in every)

    def read(self) -> Reading:
        kind = self.question.kind
        if kind == "number":
            return self._number()
        numbers = option_numbers(self.sentence, self.words)
        if kind == "confirm":
            return self._confirm(numbers)
        if numbers is not None:
            return self._chosen(numbers)
        return self._yes_no() if kind == "yes-no" else self._named()

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _number(self) -> Reading:
        numbers = read_amount(self.sentence, self.words)
        if says(self.sentence, self.words, "none"):
            numbers = (0,)
        numbers = tuple(number for number in numbers if self.question.low <= number <= self.question.high)
        unsure = self.words["unknown"].at(self.sentence.words) > 0
        if unsure and not numbers:
            return Reading(command=Command.UNKNOWN)
        if len(numbers) == 1 and not unsure:
            return Reading(value=numbers[0], how="number")
        return Reading(candidates=tuple(Candidate(value=number, label=str(number)) for number in numbers))

    def _chosen(self, numbers: tuple[int, ...]) -> Reading:
        if numbers == (0,) and self.question.none is not None:
            return self._nothing("number")
        if not all(1 <= number <= len(self.numbered) for number in numbers):
            return NOT_UNDERSTOOD
        values = tuple(dict.fromkeys(self.numbered[number - 1].value for number in numbers))
        if not self.question.many:
            return Reading(value=values[0], how="number") if len(values) == 1 else self._ask(values)
        if self.question.none is not None and NONE in values:
            return self._nothing("number") if values == (NONE,) else NOT_UNDERSTOOD
        return Reading(value=values, how="number")

    # --- yes and no --------------------------------------------------------------------------------------------------

    def _yes_no(self) -> Reading:
        if self.words["unknown"].at(self.sentence.words):
            return Reading(command=Command.UNKNOWN)
        said = polarity(self.sentence, self.words)
        if said is None:
            return self._ask(("yes", "no")) if says_both(self.sentence, self.words) else NOT_UNDERSTOOD
        return Reading(value=said, how="yes-no")

    # --- confirming what is assumed ----------------------------------------------------------------------------------

    def _confirm(self, numbers: tuple[int, ...] | None) -> Reading:
        """The default without what was named; all of it for yes, nothing for no."""
        if numbers is None:
            numbers = tuple(int(word) for word in self.sentence.words if word.isdecimal() and len(word) <= 3)
        if not all(1 <= number <= len(self.numbered) for number in numbers):
            return NOT_UNDERSTOOD
        found = find(self.sentence, self.names, self.words, self.locale)
        wrong = {self.numbered[number - 1].value for number in numbers} | {*found.values, *found.denied}
        said = polarity(self.sentence, self.words)
        if wrong or found.doubtful:
            agreed = said == "yes" and not found.denied and not self._holds("except", "not")
            if found.doubtful or agreed or self._holds("only"):
                return self._ask((*wrong, *_flat(found.doubtful)))
            return Reading(value=tuple(value for value in self.default if value not in wrong), how="confirmed")
        if said == "yes" or says(self.sentence, self.words, "all", "both", "yes"):
            return Reading(value=self.default, how="confirmed")
        return Reading(value=(), how="confirmed") if said == "no" else self._ask(self._near())

    def _holds(self, *lists: str) -> bool:
        """Whether a word of these lists stands anywhere in the line."""
        return any(self.words[name].at(self.sentence.words, index) for name in lists
                   for index in range(len(self.sentence.words)))  # fmt: skip

    # --- options, countries, vendors ---------------------------------------------------------------------------------

    def _named(self) -> Reading:
        if not self.is_a_name() and (reading := self._short_answer()) is not None:
            return reading
        none = self.none_names.index if self.none_names else None
        if none is not None and (none.exactly(self.sentence.words) or none.inflected(self.sentence.words)):
            return self._nothing("label")
        found = find(self.sentence, self.names, self.words, self.locale)
        newcomers = Newcomers(self.sentence, self.names, self.words, self.base.providers)
        if self.question.kind == "vendors":
            newcomers.join(found)
        doubt = self.words["unknown"].at(self.sentence.words) > 0
        if not found.values and not found.doubtful and not found.denied:
            if doubt:
                return Reading(command=Command.UNKNOWN)
            if none is not None and (none.within(self.sentence.tokens) or none.resembling(self.sentence.words)):
                return self._nothing("phrase")
            return self._opening() or self._ask(self._near())
        values = self._expanded(found)
        if doubt:
            return self._ask((*values, *found.denied, *_flat(found.doubtful)), newcomers.names)
        if values or found.doubtful:
            return self._settled(values, found, newcomers.names)
        if self.question.kind in ("choices", "checklist") and self.words["all"].at(self.sentence.words):
            rest = tuple(option.value for option in self.options if option.value not in found.denied)
            return Reading(value=rest, how="phrase")
        no = self._no_option() if self.question.kind == "choice" else None
        near = self._near() if self.options else ()
        return self._ask((*((no,) if no else ()), *self._members(found.denied), *near))

    def _settled(self, values: tuple[Value, ...], found: Found, names: Mapping[str, str]) -> Reading:
        """The answer from what was found, unless some of it is in doubt."""
        ignored = tuple(text for span in found.unknown if (text := self._typed_core(span)))
        if found.doubtful:
            candidates = self._members(_flat(found.doubtful))
            if not self.question.many:
                return self._ask((*values, *candidates))
            return self._ask(candidates, names, kept=values)
        how = max(found.values.values(), key=_LADDER.index)
        if not self.question.many:
            return Reading(value=values[0], how=how, ignored=ignored) if len(values) == 1 else self._ask(values)
        used = {identifier: name for identifier, name in names.items() if identifier in values}
        rest = (UNKNOWN,) if self._holds("unknown") else ()  # "Stripe, and I don't know the rest"
        return Reading(value=(*values, *rest), how=how, names=used, ignored=ignored)

    def _typed_core(self, span: Span) -> str:
        """What was typed there, if it is more than words that say nothing."""
        core = finding.trim(self.sentence, span, self.names, self.words)
        lists = ("unknown", "none", "company")
        if core[0] == core[1] or any(self.words[name].at(self.sentence.words, core[0]) for name in lists):
            return ""
        return self.sentence.typed(core)

    def _short_answer(self) -> Reading | None:
        """None of these, all of these, yes and no, where the options have them."""
        values = tuple(option.value for option in self.options)
        none, yes = says_none(self.sentence, self.words), says(self.sentence, self.words, "yes")
        if self.question.kind == "choice":
            no = self._no_option()
            if yes and "yes" in values:
                return Reading(value="yes", how="yes-no")
            if yes and no:
                return self._ask(tuple(value for value in values if value != no))
            return Reading(value=no, how="yes-no") if none and no else None
        if none:
            return self._nothing("alias")
        if self.question.kind in ("choices", "checklist"):
            every = "all" if len(values) != 2 else "both"
            if says(self.sentence, self.words, "all", every):
                return Reading(value=values, how="phrase")
            if yes:
                return Reading(value=values, how="yes-no") if len(values) == 1 else self._ask(values)
        return None

    def _opening(self) -> Reading | None:
        """A choice that begins with yes or no and names nothing else."""
        if self.question.kind == "choice":
            said = polarity(self.sentence, self.words)
            if said == "yes" and any(option.value == "yes" for option in self.options):
                return Reading(value="yes", how="yes-no")
            if said == "no" and (no := self._no_option()):
                return Reading(value=no, how="yes-no")
        return None

    def _no_option(self) -> str | None:
        """The option that means no or none."""
        own = (option.value for option in self.options if option.value in ("no", NONE))
        return next(own, NONE if self.question.none is not None else None)

    def _nothing(self, how: How) -> Reading:
        """The answer "none of these"."""
        if self.question.many:
            return Reading(value=(), how=how)
        return Reading(value=NONE, how=how) if self.question.none is not None else NOT_UNDERSTOOD

    def _expanded(self, found: Found) -> tuple[Value, ...]:
        """The values found, groups as their members without those denied."""
        values: dict[Value, None] = {}
        for value in found.values:
            if value in GROUPS:
                values.update((member, None) for member in self._members((value,)) if member not in found.denied)
            else:
                values[value] = None
        return tuple(values)

    def _members(self, values: Iterable[Value]) -> tuple[Value, ...]:
        """The values, groups of countries as their members."""
        return tuple(member for value in values for member in GROUPS.get(str(value), (value,))
                     if value not in GROUPS or member in self.base.countries)  # fmt: skip

    # --- asking back -------------------------------------------------------------------------------------------------

    def _near(self) -> tuple[Value, ...]:
        """What may have been meant by a line in which nothing was found for sure."""
        near: dict[Value, None] = {}
        spans = [(0, len(self.sentence.words)), *self.sentence.pieces()[:_MOST_CANDIDATES]]
        trimmed = [finding.trim(self.sentence, span, self.names, self.words) for span in spans]
        cores = [core for start, end in trimmed if (core := self.sentence.words[start:end])]
        for core in cores:
            near.update(dict.fromkeys(self.names.index.near(core)))
        if not near:
            for word in dict.fromkeys(word for core in cores for word in core if len(word) > _SHORT_WORD):
                holding = self.names.index.holding((word,))
                near.update(dict.fromkeys(holding if len(holding) <= _FEWEST_CANDIDATES else ()))
        if near and len(near) < _FEWEST_CANDIDATES:
            for core in cores:
                near.update(dict.fromkeys(self.names.index.near(core, _FAINT)[:_FEWEST_CANDIDATES]))
        return tuple(value for value in near if value not in GROUPS)

    def _ask(
        self, values: Sequence[Value], names: Mapping[str, str] | None = None, kept: tuple[Value, ...] = ()
    ) -> Reading:
        names = names or {}
        shown = _first(values, names)
        candidates = tuple(Candidate(value=value, label=self._label(value, names)) for value in shown)
        used = {identifier: name for identifier, name in names.items() if identifier in (*shown, *kept)}
        return Reading(candidates=candidates, names=used, kept=kept)

    def _label(self, value: Value, names: Mapping[str, str]) -> str:
        option = next((option for option in self.numbered if option.value == value), self.question.option(value))
        if option is not None:
            return option.label.in_(self.locale)
        if self.question.kind in _COUNTRY_KINDS and value in self.base.countries:
            return self.base.countries[str(value)].name(self.locale)
        if value in ("yes", "no"):
            return self.words[str(value)].entries[self.locale][0]
        if value == NONE and self.question.none is not None:
            return self.question.none.label.in_(self.locale)
        if value in self.base.providers:
            return self.base.providers[str(value)].name
        return names.get(str(value), str(value))


def _first(values: Iterable[Value], new: Collection[str]) -> tuple[Value, ...]:
    """The first few candidates; a new vendor's own name is always among them, and last."""
    known = [value for value in dict.fromkeys(values) if value not in new]
    fresh = [value for value in dict.fromkeys(values) if value in new][:_MOST_CANDIDATES]
    return (*known[: _MOST_CANDIDATES - len(fresh)], *fresh)


def _flat(doubts: Iterable[Doubt]) -> tuple[Value, ...]:
    """The values of several doubtful pieces, taking turns, so that each is represented."""
    rows = [doubt.values for doubt in doubts]
    return tuple(row[turn] for turn in range(max(map(len, rows), default=0)) for row in rows if turn < len(row))
