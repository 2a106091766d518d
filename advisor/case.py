"""One shop being advised: the turns of its consultation, and what they add up to."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from advisor.model import CONFIRM, REVIEW, STORY, STORY_CONFIRM, Answer, Locale, Mark, Note, Speak, Turn, Undo
from advisor.situation import Answers

_ABOUT_ANSWERS = (STORY, STORY_CONFIRM, REVIEW)
"""Questions whose answers say nothing about the shop that is not said by others."""
_FOLLOWING = ("assumed", "file", "story", "implied")
"""Answers that came with another one or before any; they are taken back with it or not at all."""
_UNSAID = ("assumed", "implied")
"""Answers that nobody gave as such: a review shows what they came with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case is the fold of its turns; `add` is the only way to change one."""

    name: str
    as_of: str
    locale: Locale
    turns: tuple[Turn, ...] = ()
    log: tuple[Answer, ...] = field(default=())
    """Answers in force in the order given, older ones for the same question included."""
    answers: Answers = field(default_factory=dict)
    """The latest answer to each question about each subject."""
    notes: tuple[str, ...] = ()
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def add(self, turn: Turn) -> Case:
        """The case after one more turn."""
        turns = (*self.turns, turn)
        if isinstance(turn, Answer):
            return replace(self, turns=turns, log=(*self.log, turn), answers=_in_force((turn,), self.answers))
        if isinstance(turn, Undo):
            log = self.log[: max(0, len(self.log) - turn.count)]
            return replace(self, turns=turns, log=log, answers=_in_force(log))
        if isinstance(turn, Speak):
            return replace(self, turns=turns, locale=turn.locale)
        if isinstance(turn, Note):
            return replace(self, turns=turns, notes=(*self.notes, turn.text))
        if isinstance(turn, Mark):
            return replace(self, turns=turns, marks={**self.marks, (turn.action, turn.of): turn.status})
        raise TypeError(f"{turn!r} is no turn")

    def names(self) -> Mapping[str, str]:
        """Readable names of subjects that the knowledge base does not know."""
        given = (turn for turn in self.turns if isinstance(turn, Answer))  # also those taken back since
        return {subject: name for answer in given for subject, name in answer.names.items()}

    def steps(self) -> tuple[Answer, ...]:
        """What the person answered, without what was assumed or implied on the way."""
        return tuple(answer for answer in self.log if answer.how not in _UNSAID)

    def reviewable(self) -> tuple[Answer, ...]:
        """The latest answer to each question, in the order given, as a review numbers them from 1."""
        latest = {answer.key: answer for answer in self.steps() if answer.ask not in _ABOUT_ANSWERS}
        return tuple(answer for key, answer in latest.items() if key in self.answers)

    def undo(self) -> Undo | None:
        """The turn that takes back the last answer of the person together with what was assumed after it."""
        for count, answer in enumerate(reversed(self.log), start=1):
            if answer.how not in _FOLLOWING:
                return Undo(count)
        return None


def _in_force(log: Iterable[Answer], before: Answers = MappingProxyType({})) -> Answers:
    """The latest answer to each question after those `before`, a changed one moving to the end.

    What an answer implied goes when another takes its place. Confirming the assumptions about vendors takes back those
    about every vendor that was left out.
    """
    answers = dict(before)
    for answer in log:
        for gone in _implied_by(answers, answer.key):
            del answers[gone]
        answers.pop(answer.key, None)
        answers[answer.key] = answer
        if answer.ask == CONFIRM:
            for key, other in list(answers.items()):
                if other.how == "assumed" and key[0].startswith("vendor.") and key[1] not in answer.values():
                    del answers[key]
    return answers


def _implied_by(answers: Answers, key: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """What the answer to a question implied: it stands right behind it, as answers stand in the order given."""
    if key not in answers or answers[key].how == "implied":
        return ()
    behind = list(answers)[list(answers).index(key) + 1 :]
    return tuple(itertools.takewhile(lambda other: answers[other].how == "implied", behind))
