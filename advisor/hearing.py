"""Hearing what was typed at a question: as an answer, a choice among candidates, or what takes its place.

Between the words and `understanding`: it knows what is on the screen, what was understood before, and what the numbers
mean. It changes no case.
"""

from __future__ import annotations

import re
from dataclasses import replace

from advisor.asking import Asking, State
from advisor.engine.inference import Engine
from advisor.engine.program import Program
from advisor.model import (
    CONFIRM,
    REVIEW,
    STORY,
    STORY_CONFIRM,
    UNKNOWN,
    Answer,
    KnowledgeBase,
    Locale,
    Option,
    Question,
    Value,
)  # fmt: skip
from advisor.understanding.understand import Command, Reading, Understanding
from advisor.wording import clean, fold

_NUMBERS = re.compile(r"\s*\d+(?:(?:\s*[,;+&.]\s*|\s*[,;]?\s*(?:and|un|or|vai)\s+|\s+)\d+)*(?=\W|\Z)")
_NOTHING = "qxzvj, no qxzvj"
"""A line that names nothing, like nothing and denies it: to read it, everything is looked at."""
_SAYING_WRONG = ("wrong", "no", "not", "filler", "comment", "disagreeing")
"""Lists of words by which an answer is only said to be wrong."""
_SURE = ("label", "alias", "code", "phrase")
"""How something is read that can hardly mean anything else."""
_REMARKED = re.compile(r"(?:^|[,;.!?]\s*)(\d{1,2})\s*[-–—:]\s")


class Hearing(Asking):
    """What a typed line says, given the state of the conversation."""

    def __init__(self, base: KnowledgeBase, program: Program, engine: Engine, as_of: str) -> None:
        super().__init__(base, program, engine, as_of)
        self.understanding = Understanding(base)
        self._plain = {
            name: {fold(word) for locale in Locale for word in base.phrases[name].in_(locale).split(",")}
            for name in ("words.yes", "words.no", "words.both", "words.keep", "words.leave-out", "words.only")
        }

    def prepare(self, state: State) -> None:
        """What has time while a person reads the question: indexes and word lists for the answer, checking the engine.

        Nothing is said, and nothing changes: a line is read that means nothing, and whatever that needs is there then.
        """
        self._make_ready(state)
        self.check()

    def _make_ready(self, state: State) -> None:
        if state.pending is None:
            return
        name, subject = state.pending
        if name == STORY:
            self.understanding.command(_NOTHING, state.case.locale)
            self.understanding.read_story(_NOTHING, state.case.locale)
            return
        question = self.question(name)
        self._read(state, question, self.shown_options(question, subject, state.case), _NOTHING)

    def _read(self, state: State, question: Question, options: tuple[Option, ...], said: str) -> tuple[Reading, str]:
        """The reading and the words it stands for. While candidates are offered, a number means one of them."""
        typed = clean(said)
        if state.candidates:
            chosen = self._chosen(state, typed, question)
            if chosen is not None:
                more = self._beside_numbers(state, typed, question)
                if isinstance(chosen.value, tuple):
                    gone = self._denied_beside_numbers(state, typed, question, chosen.value)
                    new = tuple(value for value in more if value not in chosen.value)
                    left = tuple(value for value in chosen.value if value not in gone)
                    if new or gone:
                        return replace(chosen, value=(*left, *new)), f"{state.doubted}\n{typed}"
                return chosen, state.doubted
        if question.id == REVIEW and typed[:1].isdecimal():  # "21 is not right", "10: also nuts"
            answer, _, rest = typed.partition(" ")
            instead = self.understanding.telling(rest, state.case.locale, *_SAYING_WRONG)
            argument = f"{answer.rstrip('.,:;')} {instead}".strip()
            return Reading(command=Command.CHANGE, argument=argument), typed
        default = state.previous
        if question.id in (CONFIRM, STORY_CONFIRM):
            default = tuple(option.value for option in options)
            numbers = leading_numbers(typed, len(options))  # "8, I use another one": the rest says why
            if numbers := numbers | each_numbered(typed, len(options)):
                kept = tuple(value for number, value in enumerate(default, start=1) if number not in numbers)
                return Reading(value=kept, how="number"), typed
        if default and question.many and fold(typed) in self._plain["words.yes"] | self._plain["words.keep"]:
            return Reading(value=default, how="default"), typed
        same = state.case.answers.get((question.same, "")) or _of_another(state, question)
        meant = same.values() if same is not None else None
        if not question.first:
            reading = self.understanding.read(question, said, state.case.locale, options, default, meant)
            numbered = self.understanding.numbers(said, state.case.locale)
            if question.among and not (reading.value is not None or reading.command or numbered):  # what is not shown
                named = self.understanding.read(question, said, state.case.locale, None, default, meant)
                reading = named if named.value is not None else reading
            return reading, typed
        # The menu shows the first options only; the others are understood by name, and "all" means the menu.
        reading = self.understanding.read(question, said, state.case.locale, None, default, meant)
        if isinstance(reading.value, tuple) and len(reading.value) == len(question.options):
            reading = replace(reading, value=tuple(option.value for option in options if option is not question.none))
        return reading, typed

    def _with_kept(self, state: State, reading: Reading, words: str) -> tuple[Reading, str]:
        """What was understood before the candidates were shown stands beside what is now said instead of a number."""
        by_number = words.startswith(state.doubted)
        if not state.candidates or not state.kept or by_number:
            return reading, words
        if reading.value is not None and not self._plain["words.only"].isdisjoint(fold(words).split()):
            return reading, words
        names = {**state.names, **reading.names}
        if reading.candidates:
            return replace(reading, kept=tuple(dict.fromkeys((*state.kept, *reading.kept))), names=names), words
        if not isinstance(reading.value, tuple) or reading.how == "default":
            return reading, words
        # "No, nothing more": none of the candidates, and what was understood stands.
        value = tuple(dict.fromkeys((*state.kept, *reading.value)))
        return replace(reading, value=value, names=names), f"{state.doubted}\n{words}"

    def _chosen(self, state: State, typed: str, question: Question) -> Reading | None:
        """What numbers, or a plain yes or no, mean while candidates are shown. None: something else was said."""
        words = fold(typed)
        numbers = sorted(leading_numbers(typed, len(state.candidates)))  # "1, but later"
        if not numbers and (ranks := self.understanding.numbers(typed, state.case.locale)):  # "the first"
            numbers = sorted(ranks) if max(ranks) <= len(state.candidates) else []
        if not words and state.kept:  # Enter: what was understood besides stands
            return Reading(value=state.kept, how="number")
        if words in self._plain["words.yes"] and len(state.candidates) == 1:
            numbers = [1]
        elif words in self._plain["words.both"] and question.many:
            numbers = list(range(1, len(state.candidates) + 1))
        elif not numbers and (rest := self._behind_refusal(state, typed, question)) is not None:
            return self._without_candidates(state, question, rest)
        elif not numbers and words and not words[:1].isdecimal():
            return None
        if not numbers or (len(numbers) > 1 and not question.many):
            return Reading(candidates=state.candidates, kept=state.kept, names=state.names, besides=state.besides)
        chosen = [state.candidates[number - 1] for number in dict.fromkeys(numbers)]
        new = question.kind == "vendors"
        named = {str(item.value): item.label for item in chosen if new and item.value not in self.base.providers}
        values = tuple(item.value for item in chosen if item.value != "none")
        value = (*state.kept, *values) if question.many else chosen[0].value
        meant = value if isinstance(value, tuple) else (value,)
        names = {subject: name for subject, name in {**state.names, **named}.items() if subject in meant}
        return Reading(value=value, how="number", names=names, besides=state.besides)

    def _behind_refusal(self, state: State, typed: str, question: Question) -> str | None:
        """What is said behind a refusal of the candidates. None: it is none, or no is an answer itself."""
        if question.kind == "yes-no" or not typed:
            return None
        several = len(state.candidates) > 1  # of one alone "no" says that it was not meant
        if several and not question.many and any(item.value in ("no", "none") for item in state.candidates):
            return None
        return self.understanding.declined(typed, state.case.locale)

    def _without_candidates(self, state: State, question: Question, rest: str) -> Reading | None:
        """What stands where none of the candidates was meant, with what is said instead. None: read that instead."""
        if not question.many or not state.kept:
            return None if rest else Reading(candidates=())
        more = self.understanding.read(question, rest, state.case.locale, None, state.kept) if rest else None
        if more is not None and (more.added or more.removed):
            return more
        sure = more is not None and isinstance(more.value, tuple) and more.how in _SURE and question.kind != "vendors"
        new = (
            tuple(v for v in more.value if v not in state.kept)
            if more and sure and isinstance(more.value, tuple)
            else ()
        )
        names = {subject: name for subject, name in state.names.items() if subject in state.kept}
        ignored = (rest,) if rest and not new else ()
        return Reading(value=(*state.kept, *new), how="number", names=names, besides=state.besides, ignored=ignored)

    def _beside_numbers(self, state: State, typed: str, question: Question) -> tuple[Value, ...]:
        """What is surely named behind the numbers of candidates: "1, 3 and delivery too"."""
        numbers = _NUMBERS.match(typed)
        rest = typed[numbers.end() :].strip(" ,;.") if numbers is not None else ""
        if not rest or not question.many or question.kind == "vendors":
            return ()
        reading = self.understanding.read(question, rest, state.case.locale)
        return reading.value if isinstance(reading.value, tuple) and reading.how in _SURE else ()

    def _denied_beside_numbers(
        self, state: State, typed: str, question: Question, chosen: tuple[Value, ...]
    ) -> tuple[Value, ...]:
        """What is denied behind the numbers of candidates: "1, and no pixel for now"."""
        numbers = _NUMBERS.match(typed)
        rest = typed[numbers.end() :].strip(" ,;.") if numbers is not None else ""
        if not rest or not question.many or not chosen:
            return ()
        return self.understanding.read(question, rest, state.case.locale, None, chosen).removed

    def _chosen_command(self, commands: tuple[Reading, ...], said: str) -> Reading | None:
        """The command that a number, or a yes where there is one, chooses; an empty one for no. None: neither."""
        numbers, words = leading_numbers(said, len(commands)), fold(said)
        if not words:  # Enter takes nothing, and is no answer to the question that waits
            return Reading()
        if len(numbers) == 1 and words.isdecimal():
            return commands[next(iter(numbers)) - 1]
        if words in self._plain["words.yes"] and len(commands) == 1:
            return commands[0]
        return Reading() if words in self._plain["words.no"] else None


def _of_another(state: State, question: Question) -> Answer | None:
    """The last answer that was given to the same question about another partner or person: "same as before"."""
    if not question.of or state.pending is None:
        return None
    _, subject = state.pending
    given = (answer for answer in reversed(state.case.steps()) if answer.ask == question.id and answer.of != subject)
    return next((answer for answer in given if UNKNOWN not in answer.values()), None)


def numbered_parts(typed: str, most: int) -> tuple[tuple[frozenset[int], str], ...]:
    """The numbers that a line names, each or several with the words behind them; no numbers with all its words."""
    marks = [mark for mark in _REMARKED.finditer(typed) if each_numbered(typed, most)]
    if len(marks) > 1:
        ends = [*(mark.start() for mark in marks[1:]), len(typed)]
        parts = zip(marks, ends, strict=True)
        return tuple((frozenset((int(mark[1]),)), typed[mark.end() : end].strip(" ,;.")) for mark, end in parts)
    if not (numbers := leading_numbers(typed, most)):
        return ((frozenset(), typed),)
    found = _NUMBERS.match(typed)
    return ((numbers, typed[found.end() if found else 0 :].strip(" ,;.:-–—")),)


def each_numbered(typed: str, most: int) -> frozenset[int]:
    """The numbers with a remark behind each: "12 - a private account, 10 - my mother"."""
    numbers = frozenset(map(int, _REMARKED.findall(typed)))
    return numbers if all(1 <= number <= most for number in numbers) else frozenset()


def leading_numbers(typed: str, most: int) -> frozenset[int]:
    """The numbers that a line begins with; none if one of them is not on the list."""
    found = _NUMBERS.match(typed)
    numbers = frozenset(map(int, re.findall(r"\d+", found[0]))) if found else frozenset()
    return numbers if all(1 <= number <= most for number in numbers) else frozenset()
