"""From what someone typed to an answer, a command, or the few answers that may have been meant.

The door to this package: cleans the line, tells commands from answers, and hands answers on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from advisor.model import KnowledgeBase, Locale, Option, Question, Text, Value
from advisor.understanding import commands
from advisor.understanding.amounts import option_numbers
from advisor.understanding.answering import answer
from advisor.understanding.asked import Asked
from advisor.understanding.besides import aside
from advisor.understanding.commands import Command
from advisor.understanding.correcting import correction, without_asides, without_questions, without_reasons
from advisor.understanding.naming import COUNTRY_KINDS, NONE, Naming
from advisor.understanding.polarity import declined
from advisor.understanding.reading import NOT_UNDERSTOOD, Candidate, Reading
from advisor.understanding.revising import Revising
from advisor.understanding.sentences import Sentence, Words, parse
from advisor.understanding.story import Stories, Told
from advisor.understanding.supposing import Supposed, Supposing
from advisor.wording import clean

__all__ = ["Candidate", "Command", "Reading", "Told", "Understanding"]

_ADDRESS = re.compile(r"\bhttps?://(?:www\.)?|\bwww\.", re.IGNORECASE)
_LINES = re.compile(r"\s*[\r\n]+\s*")


class Understanding:
    """Understands answers in both languages. Indexes are built once, each when it is first needed."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.words = Words(base.phrases, _texts(base))
        self.naming = Naming(base, self.words)
        self._stories = Stories(self.naming)
        self._supposing = Supposing(self.naming, self._stories)

    @property
    def story_questions(self) -> Mapping[str, Question]:
        """The questions that a story can answer, by what a told fact asks."""
        return self._stories.questions

    def read_story(self, text: str, locale: Locale) -> tuple[Told, ...]:
        """The facts that a few sentences about the shop surely hold."""
        return self._stories.read(text, locale)

    def unheard_of_story(self, text: str, locale: Locale, told: Iterable[Told]) -> tuple[str, ...]:
        """The clauses of a story from which nothing was read, as they were typed."""
        return self._stories.unheard(text, locale, told)

    def suppose(self, text: str, locale: Locale, of_vendor: bool = False) -> Supposed:
        """The answers, to whatever questions, that a line supposes: "we also sold alcohol"."""
        line = unicodedata.normalize("NFC", clean(text))
        return (self._supposing.read_of_vendor if of_vendor else self._supposing.read)(line, locale)

    def countries_in(self, text: str, locale: Locale) -> tuple[str, ...]:
        """The countries that a text names, and does not deny."""
        line = unicodedata.normalize("NFC", clean(text))
        return tuple(dict.fromkeys(value for value, denied in self._supposing.countries(line, locale) if not denied))

    def command(self, text: str, locale: Locale) -> Reading | None:
        """The command that a line is where anything may be told: the whole line, behind a slash, or a note."""
        line = unicodedata.normalize("NFC", clean(text))
        sentence = parse(line.removeprefix("/"), self.words, locale)
        if not sentence.tokens:
            return Reading(command=Command.HELP) if "?" in line else None
        said = commands.recognise(sentence, self.words, line.startswith("/"))
        if said is None:
            return None
        whole = said.length == len(sentence.words)
        if not (whole or line.startswith("/") or said.command in (Command.NOTE, Command.LANGUAGE)):
            return None
        return Reading(command=said.command, argument=said.argument)

    def numbers(self, text: str, locale: Locale) -> tuple[int, ...]:
        """The numbers of options that a line consists of, "the first" included; none if it says anything else."""
        return option_numbers(parse(clean(text), self.words, locale), self.words) or ()

    def without(self, text: str, locale: Locale, *silent: str) -> str:
        """A line without the words of these lists, wherever they stand."""
        sentence = parse(unicodedata.normalize("NFC", clean(text)), self.words, locale)
        place, kept = 0, []
        while place < len(sentence.words):
            length = max(self.words[name].at(sentence.words, place) for name in silent)
            kept += [] if length else [sentence.tokens[place].typed]
            place += length or 1
        return " ".join(kept)

    def declined(self, text: str, locale: Locale) -> str | None:
        """What a line says behind a refusal of what is offered; None if it is none."""
        return declined(parse(unicodedata.normalize("NFC", clean(text)), self.words, locale), self.words)

    def holds(self, text: str, locale: Locale, *lists: str) -> bool:
        """Whether a word of these lists stands anywhere in the line."""
        said = parse(unicodedata.normalize("NFC", clean(text)), self.words, locale).words
        return any(self.words[name].at(said, place) for name in lists for place in range(len(said)))

    def behind(self, text: str, locale: Locale, *lists: str) -> str:
        """What is said behind the words of these lists with which a line begins."""
        sentence = parse(unicodedata.normalize("NFC", clean(text)), self.words, locale)
        place, said = 0, sentence.words
        while place < len(said) and (length := max(self.words[name].at(said, place) for name in lists)):
            place += length
        return sentence.text[sentence.tokens[place].start :] if place < len(said) else ""

    def telling(self, text: str, locale: Locale, *silent: str) -> str:
        """The line, if it holds more than words of these lists."""
        sentence = parse(unicodedata.normalize("NFC", clean(text)), self.words, locale)
        place, said = 0, sentence.words
        while place < len(said) and (length := max(self.words[name].at(said, place) for name in silent)):
            place += length
        return sentence.text if place < len(said) else ""

    def disowns(self, text: str, locale: Locale) -> bool:
        """Whether a line says that there is no such partner: "tāda uzņēmuma nav"."""
        sentence = parse(unicodedata.normalize("NFC", clean(text)), self.words, locale)
        return any(sentence.words[start:end] in self.words["disowning"] for start, end in sentence.pieces())

    def read(
        self,
        question: Question,
        text: str,
        locale: Locale,
        options: Sequence[Option] | None = None,
        default: tuple[Value, ...] | None = None,
        same: tuple[Value, ...] | None = None,
    ) -> Reading:
        """What `text` means as an answer to the question.

        `options` are those shown, numbered from 1 in that order; None: the question's own. An empty line is the
        `default`, the answer before, to which "also X" adds and from which "without X" takes. `same` is what "the same
        ones" means: the answer to the question that this one names.
        """
        line = unicodedata.normalize("NFC", clean(_ADDRESS.sub("", _LINES.sub("; ", text.strip()))))
        if not line:
            return _empty(question, default)
        slash = line.startswith("/")
        sentence = parse(line.removeprefix("/"), self.words, locale)
        if not slash and (plain := without_asides(sentence, self.words)) != sentence.text:
            sentence = parse(plain, self.words, locale)
        if not sentence.tokens:
            return Reading(command=Command.HELP) if "?" in line else NOT_UNDERSTOOD
        if "?" in line and not slash and (left := without_questions(sentence, self.words)) and "?" not in left:
            reading = self.read(question, left, locale, options, default, same)
            if left != line.rstrip(" ?"):
                if reading.value is not None:
                    return replace(reading, remark=reading.remark or "remark.question")
                return reading if reading.candidates else Reading(command=Command.HELP)
        said = commands.recognise(sentence, self.words, slash)
        if said is None and commands.goes_back(sentence, self.words):
            return Reading(command=Command.BACK)
        if slash:
            return NOT_UNDERSTOOD if said is None else Reading(command=said.command, argument=said.argument)
        shown = tuple(question.options if options is None else options)

        def asking(line: Sentence) -> Asked:
            return Asked(self.naming, question, line, locale, shown, default or (), same)

        def part(text: str, before: tuple[Value, ...], among: tuple[Option, ...] | None) -> Asked:
            line = parse(text, self.words, locale)
            return Asked(self.naming, question, line, locale, shown if among is None else among, before, same)

        if not slash and sentence.words in self.words["unchanged"] and not asking(sentence).is_a_name():
            return _unchanged(question, default, same)
        if default:
            revising = Revising(question, self.words, default, part)
            if (revised := revising.read(sentence, is_command=said is not None)) is not None:
                return revised
        if said is None and (mended := self._mended(asking, sentence, locale)) is not None:
            return mended
        if said is None and (plain := without_reasons(sentence, self.words)) != sentence.text:
            reading = answer(asking(parse(plain, self.words, locale)))
            if reading.value is not None and not question.besides and not self._passes_over(reading, asking(sentence)):
                return reading
        if question.besides and said is None and (told := aside(sentence, self.naming)) is not None:
            reading = answer(asking(parse(told.rest, self.words, locale)))
            if reading.value is not None or reading.candidates:
                return replace(reading, besides=told.country)
        asked = asking(sentence)
        if said is None or asked.is_a_name() or asked.is_a_name(said.length):
            return self._with_remark(answer(asked), question, sentence)
        english = sentence.words[0] in self.words["how"].singles[Locale.EN]  # only the Latvian "kā" is also "as"
        if said.may_be_an_answer and not (said.length and english) and not (reading := answer(asked)).names:
            # "Kā viesis vai ar kontu" is no question how something follows.
            several = reading.candidates and " " in said.argument
            if reading.value is not None or several:
                return reading
        return Reading(command=said.command, argument=said.argument)

    def _passes_over(self, reading: Reading, asked: Asked) -> bool:
        """Whether more options are named with the reasons than without: "since bikes are expensive, in instalments"."""
        if asked.question.kind not in ("choices", "checklist") or not isinstance(reading.value, tuple):
            return False
        whole = answer(asked)
        return isinstance(whole.value, tuple) and bool(set(whole.value) - set(reading.value))

    def _mended(self, asking: Callable[[Sentence], Asked], sentence: Sentence, locale: Locale) -> Reading | None:
        """The answer of a line that takes something back. None: it takes back nothing."""
        taken_back = correction(sentence, self.words)
        if taken_back is None:
            return None
        first, second = (
            asking(parse(without_reasons(parse(part, self.words, locale), self.words), self.words, locale))
            for part in taken_back
        )
        before, instead = answer(first), answer(second)
        was = before.value if isinstance(before.value, tuple) else () if before.value is None else (before.value,)
        if instead.value is None:
            return instead if instead.candidates or not was else first.offering.ask(was)
        now = instead.value if isinstance(instead.value, tuple) else (instead.value,)
        gone = tuple(value for value in was if value not in now)
        if second.holds("also", "adding-behind"):  # takes nothing back: "candles, actually soap too"
            return None
        anew = bool(set(was) & set(now))  # "Latvia and Germany, no sorry, Latvia and Austria"
        if not isinstance(instead.value, tuple) or len(was) <= 1 or not gone or anew or second.holds("only"):
            return instead
        return first.offering.ask((*gone, NONE), instead.names, kept=now)  # of several, perhaps only the last

    def _with_remark(self, reading: Reading, question: Question, sentence: Sentence) -> Reading:
        """Why a line was not understood, where that can be said: Europe is no list of countries."""
        nothing = reading.value is None and not reading.candidates and reading.command is None
        places = range(len(sentence.words))
        if (
            nothing
            and question.kind in COUNTRY_KINDS
            and any(self.words["europe"].at(sentence.words, place) for place in places)
        ):
            return replace(reading, remark="remark.europe")
        return reading


def _texts(base: KnowledgeBase) -> Iterable[Text]:
    """The texts by which English and Latvian are told apart."""
    for question in base.questions:
        yield question.ask
        for option in (*question.options, *((question.none,) if question.none else ())):
            yield option.label
            if option.hint is not None:
                yield option.hint


def _unchanged(question: Question, default: tuple[Value, ...] | None, same: tuple[Value, ...] | None) -> Reading:
    """What "the same as before" means: the answer before, or that of the question that this one names."""
    if default:
        return _empty(question, default)
    if not same:
        return Reading(remark="remark.unchanged")
    return Reading(value=same if question.many else same[0], how="phrase")


def _empty(question: Question, default: tuple[Value, ...] | None) -> Reading:
    if question.kind == "confirm":
        return Reading(value=default or (), how="confirmed")
    if default is None or (not default and not question.many):
        return NOT_UNDERSTOOD
    return Reading(value=default if question.many else default[0], how="default")
