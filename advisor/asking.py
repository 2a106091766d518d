"""Putting the questions: which comes next, with what, and when the interview is over. Understands nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor import story, telling
from advisor.case import Case
from advisor.consultation import Consultation, Key
from advisor.effects import Ask, Effect, Leave, Say, ShowPlan
from advisor.model import REVIEW, STORY, STORY_CONFIRM, Value
from advisor.understanding.understand import Candidate, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the conversation stands. Everything lasting is in the case."""

    case: Case
    pending: Key | None = None
    candidates: tuple[Candidate, ...] = ()
    kept: tuple[Value, ...] = ()
    """What was understood beside the candidates, to be added to the one that is chosen."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Readable names of what was kept."""
    besides: Value | None = None
    """The country that was told besides."""
    doubted: str = ""
    """The words that led to the candidates: what was really said when a number chooses one."""
    asked_back: int = 0
    """How often candidates were shown in a row for this answer."""
    meant: tuple[Reading, ...] = ()
    """The commands among which a number chooses, where it was not clear what was to be explained."""
    previous: tuple[Value, ...] | None = None
    topic: str = ""
    is_reviewed: bool = False
    """Whether all answers have been shown at the end."""


class Asking(Consultation):
    """What is asked, in which order."""

    def start(self, case: Case, with_story: bool = False) -> tuple[State, tuple[Effect, ...]]:
        """Begins or resumes a consultation; `with_story`: a new one opens with "tell me about your shop"."""
        if with_story and not case.log:
            return self._ask(State(case=case, pending=(STORY, "")), ())
        return self._next(State(case=case), ())

    def _next(self, state: State, effects: tuple[Effect, ...]) -> tuple[State, tuple[Effect, ...]]:
        """Puts the next question, or shows the plan and finishes."""
        if story.is_to_be_confirmed(state.case):
            return self._ask(replace(state, pending=(STORY_CONFIRM, ""), candidates=()), effects)
        waiting = self.open_questions(state.case)
        if not waiting and (REVIEW, "") in state.case.answers:  # before the end nothing is left unchecked
            self.check()
            waiting = self.open_questions(state.case)
        if waiting:
            told = story.mentioned(state.case, self.question(waiting[0][0]))
            before = state.case.answers.get(waiting[0])  # of a joint question that has to be put again
            previous = told or (before.values() if before is not None else None)
            state = replace(state, pending=waiting[0], candidates=(), previous=previous)
            return self._ask(state, effects)
        if (REVIEW, "") not in state.case.answers:
            if not state.is_reviewed:  # after a correction the whole list again would hide it
                effects = (*effects, Say(phrase="review", lines=tuple(telling.review_lines(self, state.case))))
            state = replace(state, pending=(REVIEW, ""), candidates=(), previous=("yes",), is_reviewed=True)
            return self._ask(state, effects)
        finished = replace(state, pending=None, candidates=(), previous=None)
        return finished, (*effects, ShowPlan(final=True), Leave(finished=True))

    def _ask(self, state: State, effects: tuple[Effect, ...], repeat: bool = False) -> tuple[State, tuple[Effect, ...]]:
        assert state.pending is not None
        name, subject = state.pending
        question = self.question(name)
        topic = question.topic
        if name in (STORY, STORY_CONFIRM, REVIEW):
            topic = state.topic
        elif topic != state.topic:
            said = telling.topic_line(self, state.case, state.topic) if state.topic else ""
            if said:
                effects = (*effects, Say(phrase="topic.summary", words={"answers": said}))
            title = next(item.title for item in self.base.topics if item.id == topic)
            effects = (*effects, Say(phrase="topic", words={"topic": title.in_(state.case.locale)}))
        text = self.question_text(question, subject, state.case)
        if question.example is not None and not repeat:
            text = f"{text} {question.example.in_(state.case.locale)}"
        ask = Ask(
            question=question,
            of=subject,
            text=text,
            options=self.shown_options(question, subject, state.case),
            previous=state.previous if question.kind not in ("confirm", "story") else None,
            progress=self.progress(state.case, question.topic),
            repeat=repeat,
            told=state.pending not in state.case.answers and bool(story.mentioned(state.case, question)),
        )
        return replace(state, topic=topic), (*effects, ask)

    def _again(self, state: State, *effects: Effect, repeat: bool = False) -> tuple[State, tuple[Effect, ...]]:
        return self._ask(replace(state, candidates=()), effects, repeat)
