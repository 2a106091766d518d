"""What follows from an answer that was understood: it is recorded and said back, with what it calls into question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor import story, telling
from advisor.asking import State
from advisor.case import Case
from advisor.consultation import assumed_vendors
from advisor.effects import Effect, Record, Say
from advisor.model import CONFIRM, REVIEW, STORY_CONFIRM, UNKNOWN, Question
from advisor.opening import Opening
from advisor.understanding.understand import Reading


class Accepting(Opening):
    """From readings to a case that holds them, and to what is said of it."""

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
