"""The interview: a pure function from (case, event) to (case, effects).

It decides what to ask next, understands what is said, and says what the front end should do, as effects. Terminal,
plain lines, an answers file and a replay all drive this same machine. It knows no screen, file or clock.

A question is asked while it can still matter: while some obligation that is possible but not certain hangs on it.
Here is the turn-taking; the layers below it put questions (`asking`), hear what is typed (`hearing`), make answers
of it (`recording`), explain when asked (`wondering`), listen to the opening story (`opening`) and say what follows from
an answer (`accepting`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor import telling
from advisor.accepting import Accepting
from advisor.asking import State
from advisor.case import Case
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
from advisor.understanding.naming import NONE
from advisor.understanding.understand import Candidate, Command, Reading
from advisor.wording import clean, fold

__all__ = ["Interview", "State"]

NOTE_LIMIT = 2_000


class Interview(Accepting):
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
            heard, command = self._story(state, said)
            return heard if command is None else self._command(state, command)
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
        if reading.value is None and state.candidates and state.kept and self._gives_up(state, reading):
            reading = Reading(value=state.kept, how="phrase", names=state.names, ignored=(clean(said),))
        if reading.value is None or reading.how is None:
            return self._not_understood(state, question, reading, said)
        return self._accept(state, question, subject, reading, words)

    def _gives_up(self, state: State, reading: Reading) -> bool:
        """Whether it is no use to ask on about what was said besides: nobody is held up by it."""
        if reading.candidates is state.candidates:
            return False  # nothing was said, or a number that is not on the list
        return not reading.candidates or state.asked_back > 1

    def _not_understood(
        self, state: State, question: Question, reading: Reading, said: str
    ) -> tuple[State, tuple[Effect, ...]]:
        if reading.candidates:
            words = state.doubted if reading.candidates is state.candidates else clean(said)
            if set(state.kept) & set(reading.kept) and words != state.doubted:
                words = f"{state.doubted}\n{words}"
            candidates = reading.candidates
            if question.many and reading.kept and all(candidate.value != NONE for candidate in candidates):
                label = self.understanding.words["leave-out"].entries[state.case.locale][0]
                candidates = (*candidates, Candidate(value=NONE, label=label))
            state = replace(
                state, candidates=candidates, kept=reading.kept, names=reading.names, besides=reading.besides,
                doubted=words, asked_back=state.asked_back + 1 if state.candidates else 1,
            )  # fmt: skip
            kept = self.value_name(question.id, reading.kept, state.case) if reading.kept else ""
            between = self.phrase("offer.quotes", state.case.locale)
            offer = Offer(candidates=candidates, kept=kept, about=between.join(reading.about))
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
        case = state.case.add(undo)
        before = case.answers.get(last.key, last)  # of an answer that was changed, the one before the change
        previous = self._previous(case, before) if before is not last else self._previous(state.case, last)
        if last.ask == STORY and last.key in case.answers:  # what was added to the story: its list is shown again
            return self._next(replace(state, case=case, candidates=()), (Record(turn=undo), Say(phrase="back")))
        state = replace(state, case=case, pending=last.key, candidates=(), previous=previous)
        return self._ask(state, (Record(turn=undo), Say(phrase="back")))

    def _previous(self, case: Case, answer: Answer) -> tuple[Value, ...] | None:
        """An answer as it stands when its question is put again; people by the country they work from."""
        known = tuple(value for value in answer.values() if value != UNKNOWN)
        if not known and UNKNOWN in answer.values():
            return None
        places = {of: given.value for (ask, of), given in case.answers.items() if ask == "person.country"}
        return tuple(
            place if isinstance(place := places.get(str(value), value), str | int) else value for value in known
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
