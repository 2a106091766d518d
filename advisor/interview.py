"""The interview: a pure function from (case, event) to (case, effects).

It decides what to ask next, understands what is said, and says what the front end should do, as effects. Terminal,
plain lines, an answers file and a replay all drive this same machine. It knows no screen, file or clock.

A question is asked while it can still matter: while some obligation that is possible but not certain hangs on it.
Here is the turn-taking; the layers below it put questions (`asking`), hear what is typed (`hearing`), make answers
of it (`recording`) and explain when asked (`wondering`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from advisor import story, telling
from advisor.asking import State
from advisor.case import Case
from advisor.consultation import assumed_vendors
from advisor.effects import Effect, Leave, Offer, Record, Say, ShowPlan
from advisor.hearing import leading_numbers
from advisor.model import (
    CONFIRM,
    REVIEW,
    STORY,
    STORY_CONFIRM,
    UNKNOWN,
    Answer,
    Locale,
    Note,
    Question,
    Speak,
    Value,
)
from advisor.retelling import retold
from advisor.understanding.understand import Command, Reading
from advisor.wondering import Wondering
from advisor.wording import clean, fold

if TYPE_CHECKING:
    pass

__all__ = ["Interview", "State"]

NOTE_LIMIT = 2_000
STORY_LIMIT = 4_000


class Interview(Wondering):
    """The rules of the conversation for one knowledge base on one day. Holds no state of a case."""

    @property
    def listed(self) -> str:
        """The question that lists the partners."""
        return next(question.id for question in self.base.questions if question.kind == "vendors")

    # --- what is said ---

    def step(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]]:
        """One thing the person typed."""
        assert state.pending is not None
        name, subject = state.pending
        question = self.question(name)
        if state.meant:
            state, chosen = replace(state, meant=()), self._chosen_command(state.meant, said)
            if chosen is not None:
                return self._explain(state, chosen) if chosen.command is not None else self._again(state)
        if name == STORY:
            return self._story(state, said)
        if name == STORY_CONFIRM and (told := self._retold(state, said)) is not None:
            return told
        options = self.shown_options(question, subject, state.case)
        if not state.candidates:
            if self.understanding.disowns(said, state.case.locale):
                if question.of == "vendor":
                    return self._restate(state, "disown", [subject])
                if name == CONFIRM and (struck := leading_numbers(said, len(options))):
                    return self._restate(state, "disown", [options[number - 1].value for number in sorted(struck)])
            if name == CONFIRM:
                for phrase, partners in self._partners_changed(state.case, said).items():
                    return self._restate(state, phrase, partners)
        reading, words = self._with_kept(state, *self._read(state, question, options, said))
        if reading.command is not None:
            return self._command(state, reading)
        if question.id == REVIEW and reading.value == ():  # not everything is right
            return self._change(state, "")
        if reading.value is None or reading.how is None:
            return self._not_understood(state, question, reading, said)
        return self._accept(state, question, subject, reading, words)

    def _not_understood(
        self, state: State, question: Question, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        if reading.candidates:
            words = state.doubted if reading.candidates is state.candidates else clean(said)
            if set(state.kept) & set(reading.kept) and words != state.doubted:
                words = f"{state.doubted}\n{words}"
            state = replace(
                state, candidates=reading.candidates, kept=reading.kept, names=reading.names, besides=reading.besides,
                doubted=words,
            )  # fmt: skip
            kept = self.value_name(question.id, reading.kept, state.case) if reading.kept else ""
            offer = Offer(candidates=reading.candidates, kept=kept, about=", ".join(reading.about))
            return state, (Say(phrase=reading.remark), offer) if reading.remark else (offer,)
        if state.candidates and fold(said) in self._plain["words.no"]:
            return self._again(state)
        repeat = not state.candidates
        if not clean(said):
            return self._again(state, Say(phrase="empty"), repeat=repeat)
        phrase = (
            "not-understood" if question.options or question.kind in ("yes-no", "confirm") else "not-understood.free"
        )
        if question.kind == "number":
            phrase = "not-understood.number"
        if question.id == STORY_CONFIRM:
            phrase = "story.unplaced"
        phrase = reading.remark or phrase
        limits = {"low": str(question.low), "high": str(question.high), "words": clean(said)}
        return self._again(state, Say(phrase=phrase, words=limits), repeat=repeat)

    def _accept(
        self, state: State, question: Question, subject: str, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        assert reading.value is not None and reading.how is not None
        if (
            question.kind == "number"
            and isinstance(reading.value, int)
            and not question.low <= reading.value <= question.high
        ):
            words = {"low": str(question.low), "high": str(question.high)}
            return self._again(state, Say(phrase="not-understood.number", words=words))
        turns = self.turns(state.case, question, subject, reading, said)
        case = state.case
        for turn in turns:
            case = case.add(turn)
        first = turns[0]
        told = [answer for answer in turns[1:] if answer.ask == question.besides]
        echo = "; ".join(self.value_name(answer.ask, answer.value, case) for answer in (first, *told))
        if question.id == STORY_CONFIRM:
            said_back = Say(phrase="story.confirmed")
            if reading.how != "default" and (left := self._unplaced(state.case, said)):
                said_back = Say(phrase="story.unused", words={"words": left})
        elif question.id == CONFIRM:
            doubted = [vendor for vendor in assumed_vendors(state.case) if vendor not in first.values()]
            phrase = "confirmed.except" if doubted else "confirmed"
            names = ", ".join(self.subject_name(vendor, case) for vendor in doubted)
            said_back = Say(phrase=phrase, words={"vendors": names})
        elif set(first.values()) == {UNKNOWN} and not told:
            said_back = Say(phrase="echo.unknown")
        else:
            said_back = Say(phrase="echo", words={"value": echo})
        effects: tuple[Effect, ...] = tuple(Record(turn=turn) for turn in turns)
        if reading.ignored:
            words = {"parts": ", ".join(reading.ignored)}
            said_back = Say(phrase="echo.ignored", words={"value": echo, **words})
        if question.id != REVIEW:
            effects = (*effects, said_back)
        if reading.remark:
            effects = (*effects, Say(phrase=reading.remark))
        if question.kind == "people":
            effects = (*effects, *self._recognised(state.case, case, turns, said))
        if more := telling.more_words(self, state.case, case):  # progress goes backwards: say why
            effects = (*effects, Say(phrase="progress.more", words=more))
        effects = (*effects, *self._queries(state.case, case, question, reading))
        return self._next(replace(state, case=case, candidates=(), previous=None), effects)

    def _queries(self, before: Case, case: Case, question: Question, reading: Reading) -> Iterator[Effect]:
        """What does not fit together any more since an answer, or was told in the story and is left out now."""
        known = {clash.name for clash in self.clashes(before)}
        for clash in self.clashes(case):
            if clash.name not in known:
                yield Say(phrase="contradiction", words=telling.clash_words(self, case, clash))
        left = [value for value in story.left_out(case, question) if value not in reading.removed]
        if left:
            yield Say(phrase="story.left-out", words={"values": self.value_name(question.id, tuple(left), case)})
        if question.kind == "people" and reading.value == ():
            countries = self.understanding.countries_in(story.words(case), case.locale)
            elsewhere = story.unexplained(case, (iso for iso in countries if not self.base.countries[iso].eea))
            if elsewhere:
                names = ", ".join(self.base.countries[iso].name(case.locale) for iso in elsewhere)
                yield Say(phrase="story.somewhere", words={"countries": names})

    # --- the opening story ---

    def _story(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]]:
        """A few sentences about the shop, or nothing: then the questions begin at once."""
        if (STORY, "") in state.case.answers:  # said at the list, in a consultation that is replayed
            told = self._retold(state, said)
            return told if told is not None else self._again(state)
        reading = self.understanding.command(said, state.case.locale)
        if reading is not None and reading.command is not Command.UNKNOWN:
            return self._command(state, reading)
        text = clean(said, STORY_LIMIT)
        if reading is not None or not text or fold(text) in self._plain["words.no"]:
            return self._next(state, ())
        facts = story.written(self.understanding.read_story(text, state.case.locale))
        answer = Answer(ask=STORY, said=text, value=facts, how="phrase")
        heard = Say(phrase="story.heard" if facts else "story.nothing")
        return self._next(replace(state, case=state.case.add(answer)), (Record(turn=answer), heard))

    def _retold(self, state: State, said: str) -> tuple[State, tuple[Effect, ...]] | None:
        """What is added or corrected at the list of what the story told: the list is shown again. None: nothing is."""
        command, words = self.understanding.command(said, state.case.locale), fold(said)
        if not words or words in self._plain["words.yes"] | self._plain["words.no"]:
            return None
        asks_back = command is not None and command.command in (Command.HELP, Command.WHY) and "?" in said
        if command is not None and command.command is not Command.CHANGE and not asks_back:
            return None
        if state.candidates and words.isdecimal():
            return None
        changing = self.understanding.behind(said, state.case.locale, "change")  # "change 3 Mozello"
        now = retold(self, self.understanding, state.case, changing if changing[:1].isdecimal() else said)
        if not now.is_told_anew:
            return None
        answer = Answer(ask=STORY, said=clean(said, STORY_LIMIT), value=now.facts, how="phrase")
        case = state.case.add(answer)
        shown = [f"{self.question_title(ask, '', case)}: {self.value_name(ask, story.told(case)[ask], case)}"
                 for ask in now.changed]  # fmt: skip
        effects: tuple[Effect, ...] = (Record(turn=answer),)
        if shown:
            effects = (*effects, Say(phrase="story.changed", words={"changes": "; ".join(shown)}))
        if gone := [self.question_title(ask, "", case) for ask in now.struck if ask not in now.changed]:
            effects = (*effects, Say(phrase="story.struck", words={"titles": "; ".join(gone)}))
        return self._next(replace(state, case=case, candidates=()), effects)

    def _unplaced(self, case: Case, said: str) -> str:
        """What was said at that list beside a yes or the numbers of lines, and changed nothing."""
        return "" if fold(said) in self._plain["words.yes"] else retold(self, self.understanding, case, said).unplaced

    # --- commands ---

    def _command(self, state: State, reading: Reading) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        command, pending = reading.command, state.pending
        if command is Command.UNKNOWN:
            return self._unknown(state)
        if command is Command.BACK:
            return self._back(state)
        if command is Command.QUIT:
            return state, (Leave(finished=False),)
        if command is Command.HELP:
            return self._again(state, Say(phrase="help", lines=telling.help_lines(self, state.case, pending)))
        if command is Command.WHY:
            return self._again(state, Say(phrase="why", lines=tuple(telling.why_lines(self, state.case, pending))))
        if command is Command.PLAN:
            return self._again(state, ShowPlan(final=False, whole=bool(reading.argument)))
        if command is Command.STATUS:
            return self._again(state, Say(phrase="status", lines=telling.status_lines(self, state.case, pending)))
        if command is Command.REVIEW:
            return self._again(state, Say(phrase="review", lines=tuple(telling.review_lines(self, state.case))))
        if command is Command.LANGUAGE:
            return self._language(state, reading.argument)
        if command is Command.NOTE:
            return self._note(state, reading.argument)
        if command is Command.CHANGE:
            return self._change(state, reading.argument)
        return self._explain(state, reading)

    def _unknown(self, state: State) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        if name in (CONFIRM, REVIEW):
            return self._again(state, Say(phrase="confirm.unknown" if name == CONFIRM else "review.unknown"))
        if name == STORY_CONFIRM:
            return self._again(state, Say(phrase="story.unknown"))
        question = self.question(name)
        value: Value | tuple[Value, ...] = (UNKNOWN,) if question.many else UNKNOWN
        answer = Answer(ask=name, of=subject, value=value, how="command")
        turns = (answer, *self.implied(state.case, answer))
        case = state.case
        for turn in turns:
            case = case.add(turn)
        recorded = tuple(Record(turn=turn) for turn in turns)
        return self._next(
            replace(state, case=case, candidates=(), previous=None), (*recorded, Say(phrase="echo.unknown"))
        )

    def _back(self, state: State) -> tuple[State, tuple[Effect, ...]]:
        undo = state.case.undo()
        if undo is None:
            return self._again(state, Say(phrase="back.first"))
        last = state.case.log[-undo.count]
        previous = self._previous(state.case, last)
        case = state.case.add(undo)
        if last.ask == STORY and last.key in case.answers:  # what was added to the story: its list is shown again
            return self._next(replace(state, case=case, candidates=()), (Record(turn=undo), Say(phrase="back")))
        state = replace(state, case=case, pending=last.key, candidates=(), previous=previous)
        return self._ask(state, (Record(turn=undo), Say(phrase="back")))

    def _previous(self, case: Case, answer: Answer) -> tuple[Value, ...] | None:
        """An answer as it stands when its question is put again; people by the country they work from."""
        if UNKNOWN in answer.values():
            return None
        places = {of: given.value for (ask, of), given in case.answers.items() if ask == "person.country"}
        return tuple(
            place if isinstance(place := places.get(str(value), value), str | int) else value
            for value in answer.values()
        )

    def _restate(self, state: State, phrase: str, vendors: Iterable[str]) -> tuple[State, tuple[Effect, ...]]:
        """Takes partners off the list or adds to it, in the words in which the list would be answered anew."""
        case = state.case
        before = case.answers[self.listed, ""].values()
        words = self.phrase(
            phrase, case.locale, partner=", ".join(self.subject_name(vendor, case) for vendor in vendors)
        )
        return self.step(replace(state, pending=(self.listed, ""), candidates=(), previous=before), words)

    def _partners_changed(self, case: Case, said: str) -> Mapping[str, tuple[str, ...]]:
        """The partners that a line at the list of assumptions adds, or else says are none: "also PayPal"."""
        if self.understanding.holds(said, case.locale, "wrong"):  # what is assumed of it, not the partner
            return {}
        before = case.answers[self.listed, ""].values()
        changes = [change for change in self.understanding.suppose(said, case.locale).sure if change.ask == self.listed]
        missing = tuple(str(each.value) for each in changes if each.kind == "add" and each.value not in before)
        gone = tuple(str(each.value) for each in changes if each.kind == "without" and each.value in before)
        return {"adding": missing} if missing else {"disown": gone} if gone else {}

    def _change(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        """`change 3`: the third answer of the review, `change 3 SIA` at once; without a number the review is shown."""
        steps = state.case.reviewable()
        found = re.match(r"\s*(\d+)[\s.,:=]*(.*)", argument)
        if found is None or not 1 <= int(found[1]) <= len(steps):
            return self._again(state, Say(phrase="change.which", lines=tuple(telling.review_lines(self, state.case))))
        answer = steps[int(found[1]) - 1]
        previous = self._previous(state.case, answer)
        topic = self.question(answer.ask).topic
        state = replace(state, pending=answer.key, candidates=(), previous=previous, topic=topic)
        if found[2]:
            return self.step(state, found[2])
        return self._ask(state, ())

    def _language(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        wanted = argument.strip().lower()[:2]
        if wanted in ("en", "an"):
            locale = Locale.EN
        elif wanted in ("lv", "la"):
            locale = Locale.LV
        else:
            locale = Locale.EN if state.case.locale is Locale.LV else Locale.LV
        turn = Speak(locale)
        state = replace(state, case=state.case.add(turn), topic="")
        return self._again(state, Record(turn=turn), Say(phrase="language"))

    def _note(self, state: State, argument: str) -> tuple[State, tuple[Effect, ...]]:
        text = clean(argument, NOTE_LIMIT)
        if not text:
            return self._again(state, Say(phrase="note.empty"))
        turn = Note(text)
        return self._again(replace(state, case=state.case.add(turn)), Record(turn=turn), Say(phrase="note"))
