"""Reads a line as said of the answer that stands: it agrees, adds to it, or takes from it, step by step.

"Yes, these, and Finland", "all right except the last", "the food can go". A line that does none of this is an answer of
its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from advisor.model import UNKNOWN, Option, Question, Value
from advisor.understanding.amounts import option_numbers
from advisor.understanding.answering import answer
from advisor.understanding.asked import Asked
from advisor.understanding.changing import Kind, agreement, changes, disagreement, rest_agreed
from advisor.understanding.denying import is_ne_verb
from advisor.understanding.polarity import says
from advisor.understanding.qualifying import takes_back
from advisor.understanding.reading import NOT_UNDERSTOOD, Reading
from advisor.understanding.sentences import Sentence, Words

_NEVER_REVISED = ("confirm", "yes-no", "number", "people")
_SAYING_NOTHING = ("filler", "agreeing", "unchanged", "and", "but", "only", "also", "comment", "time", "the-rest")

Asking = Callable[[str, tuple[Value, ...], tuple[Option, ...] | None], Asked]
"""A part of the line as asked: its text, the answer that stands, and the options if not all of them may be meant."""


class Revising:
    """Reads lines said to one question that has the answer `before`."""

    def __init__(self, question: Question, words: Words, before: tuple[Value, ...], asking: Asking) -> None:
        self._question = question
        self._words = words
        self._before = before
        self._asking = asking

    def read(self, sentence: Sentence, *, is_command: bool) -> Reading | None:
        """The answer as the line leaves it, or what it asks back. None: the line speaks of no answer before."""
        if self._question.kind in _NEVER_REVISED:
            return None
        if not is_command and (agreed := self._agreed(sentence)) is not None:
            return agreed
        if not self._question.many:
            return self._instead(sentence)
        changed = self._changed(sentence)
        return changed if changed is not None or is_command else self._disagreed(sentence)

    def unchanged(self) -> Reading:
        return Reading(value=self._before if self._question.many else self._before[0], how="default")

    def _agreed(self, sentence: Sentence) -> Reading | None:
        """The answer before, and what is said beside the agreement to it."""
        question, before = self._question, self._before
        rest = rest_agreed(sentence, self._words) or agreement(sentence, self._words, len(before))
        asked = self._asking(sentence.text, before, None)
        if self._means_all_of_these(asked):
            return self.unchanged()
        if rest is None or asked.is_a_name():
            return None
        if not rest or self._only_says_so(rest):
            return self.unchanged()
        more = self._asking(rest, before, None)
        reading = answer(more)
        named = tuple(value for value in _values(reading) if value != UNKNOWN)
        if more.holds("unknown", "maybe") and named and question.kind != "vendors":
            doubted = tuple(value for value in named if value not in before) or named
            return more.offering.ask(doubted, kept=tuple(value for value in before if value not in doubted))
        if question.many and (changed := self._changed(more.sentence)) is not None:
            return changed
        if question.kind == "vendors":
            return None
        if reading.added or reading.removed or reading.value == self.unchanged().value:
            return reading
        if reading.value is None:
            unclear = reading.candidates or takes_back(more.sentence, self._words) or _denies(more, self._words)
            return None if unclear else self.unchanged()
        if not isinstance(reading.value, tuple) or not reading.value:
            return None
        new = tuple(value for value in reading.value if value not in before)
        if len(new) == len(reading.value):
            return replace(reading, value=(*before, *new), added=new)
        left = tuple(value for value in before if value not in reading.value)
        return asked.offering.ask(left, kept=reading.value) if left else reading

    def _instead(self, sentence: Sentence) -> Reading | None:
        """The one answer that is told beside what is taken away: "take the private people out, only companies"."""
        steps = changes(sentence, self._words)
        if not any(step.kind == "remove" for step in steps):
            return None
        gone, told = (
            {
                value
                for step in steps
                if step.kind == kind
                for value in _values(answer(self._asking(step.text, (), None)))
            }
            for kind in ("remove", "tell")
        )
        left = told - gone
        return Reading(value=next(iter(left)), how="phrase") if len(left) == 1 else None

    def _means_all_of_these(self, asked: Asked) -> bool:
        """Whether "all of them" is said where the list is too long for anybody to mean all of it."""
        return asked.is_long and says(asked.sentence, self._words, "all") and not asked.holds("no", "not")

    def _only_says_so(self, rest: str) -> bool:
        """Whether the words behind the agreement say that all this was said before, and deny or add nothing."""
        asked = self._asking(rest, self._before, None)
        changing = ("also", "but", "only", "unknown", "maybe", "adding-behind", "and")
        return asked.holds("said-before") and not asked.holds(*changing) and not _denies(asked, self._words)

    def _disagreed(self, sentence: Sentence) -> Reading | None:
        """The answer that is said behind a no: "no, Austria, not Germany"."""
        asked = self._asking(disagreement(sentence, self._words), self._before, None)
        if not asked.sentence.tokens:
            return None
        reading = self._changed(asked.sentence) or answer(asked)
        return reading if _values(reading) else None

    def _changed(self, sentence: Sentence) -> Reading | None:
        """The answer before with what the line adds to it or takes from it."""
        reading, doubted = Reading(value=self._before), NOT_UNDERSTOOD
        told: tuple[Value, ...] = ()
        for kind, text in changes(sentence, self._words):
            step = self._step(kind, text, _values(reading), told)
            told = (_values(answer(self._asking(text, (), None))) or told) if kind == "tell" else ()
            if step is None:
                return None
            if kind == "tell" and step.candidates:
                doubted = step  # perhaps the next clause says what becomes of it: "..., add those"
                continue
            if step.candidates or step == NOT_UNDERSTOOD:
                return replace(step, names={**reading.names, **step.names})
            if step.how is None:  # says nothing, or only doubts: "the register too, but I'm not sure"
                if reading.added and self._asking(text, (), None).holds("unknown"):
                    left = tuple(value for value in _values(reading) if value not in reading.added)
                    return self._asking(text, (), None).offering.ask(reading.added, kept=left)
                continue
            reading = replace(
                reading, how=step.how, value=step.value, names={**reading.names, **step.names},
                remark=step.remark or reading.remark, ignored=(*reading.ignored, *step.ignored),
                added=(*reading.added, *step.added), removed=(*reading.removed, *step.removed),
            )  # fmt: skip
        left = tuple(item.value for item in doubted.candidates if item.value not in _values(reading))
        if left:
            return self._asking(sentence.text, (), None).offering.ask(left, reading.names, kept=_values(reading))
        return reading if reading.how is not None else None

    def _step(self, kind: Kind, text: str, now: tuple[Value, ...], told: tuple[Value, ...]) -> Reading | None:
        """The answer with one step more; without `how` if the step says nothing. None: it is no such step.

        `told` is what was named in the clause before, which "take it off" means.
        """
        asked = self._asking(text, () if kind == "add" else now, None)
        placed = self._placed(asked, now) if kind == "remove" else ()
        if not placed and asked.says_only(*_SAYING_NOTHING):
            return self._of_what_was_told(kind, now, told, rest=asked.holds("the-rest"))
        if kind == "remove":
            return self._removed(asked, now, placed)
        reading = answer(asked)
        if kind == "add":
            if reading.candidates:
                return replace(reading, kept=tuple(dict.fromkeys((*now, *reading.kept))))
            if not _values(reading):
                return None
            new = tuple(value for value in _values(reading) if value not in now)
            return replace(reading, value=(*now, *new), added=new)
        if reading.added or reading.removed:
            return reading
        said = _values(reading)
        if said and asked.holds("only") and set(said) < set(now):  # "just private customers"
            return replace(reading, value=said, removed=tuple(value for value in now if value not in said))
        new = tuple(value for value in said if value not in (*now, *self._before))
        if new and self._words["it-is"].at(asked.sentence.words):  # "cosmetics is wrong, it's food supplements"
            return replace(reading, value=(*now, *new), added=new)
        return asked.offering.ask(new, kept=now) if new else Reading(value=now)

    def _of_what_was_told(self, kind: Kind, now: tuple[Value, ...], told: tuple[Value, ...], *, rest: bool) -> Reading:
        """What "take it off", "add those" or "strike the rest" does, where `told` is what they mean."""
        if kind == "add" and (new := tuple(value for value in told if value not in now)):
            return Reading(value=(*now, *new), how="phrase", added=new)
        gone = tuple(value for value in now if (value in told) != rest) if kind == "remove" and told else ()
        left = tuple(value for value in now if value not in gone)
        return Reading(value=left, how="phrase", removed=gone) if gone else Reading(value=now)

    def _removed(self, asked: Asked, now: tuple[Value, ...], placed: tuple[Value, ...]) -> Reading | None:
        """The answer without what is named, by its name or by its place."""
        if gone := placed:
            if len(gone) > 1:
                return asked.offering.ask(gone, kept=tuple(value for value in now if value not in gone))
            reading = Reading(how="number")
        else:
            shown = tuple(option for option in asked.options if option.value in now)
            reading = answer(self._asking(asked.sentence.text, (), shown) if shown else asked)
            said = _values(reading) or _values(answer(asked)) or self._in_first_clause(asked)
            if not said:
                return None
            gone = tuple(value for value in said if value in now)
        if not gone:
            return NOT_UNDERSTOOD
        how = reading.how or "phrase"
        return replace(reading, value=tuple(v for v in now if v not in gone), how=how, removed=gone, candidates=())

    def _in_first_clause(self, asked: Asked) -> tuple[Value, ...]:
        """What the first clause names, where the others only say why: "drop Estonia, nobody there bought a thing"."""
        start, end = asked.sentence.clauses()[0]
        first = asked.sentence.typed((start, end))
        return _values(answer(self._asking(first, (), None))) if end < len(asked.sentence.words) else ()

    def _placed(self, asked: Asked, now: tuple[Value, ...]) -> tuple[Value, ...]:
        """What "the last", "the second one" or "number 9" means: of the list shown, or of the answer that stands."""
        said = asked.sentence.words
        if any(self._words["last"].at(said, place) for place in range(len(said))):
            return now[-1:]
        numbers = option_numbers(asked.sentence, self._words)
        if numbers is None or len(numbers) != 1:
            return ()
        place, shown = numbers[0], [option.value for option in asked.numbered]
        on_list = [value for value in shown[place - 1 : place] if value in now]
        of_answer = list(now[place - 1 : place]) if not any(map(str.isdecimal, said)) else []
        return tuple(dict.fromkeys((*on_list, *of_answer)))


def _values(reading: Reading) -> tuple[Value, ...]:
    return reading.value if isinstance(reading.value, tuple) else () if reading.value is None else (reading.value,)


def _denies(asked: Asked, words: Words) -> bool:
    """Whether anything in the line denies or excepts."""
    ne_verb = any(is_ne_verb(token, asked.sentence.latvian, words) for token in asked.sentence.tokens)
    return ne_verb or asked.holds("not", "none", "except", "removing", "removing-behind")
