"""The opening of an interview: a few sentences about the shop, and the list of what they told, to be put right."""

from __future__ import annotations

from dataclasses import replace

from advisor import story
from advisor.asking import State
from advisor.case import Case
from advisor.effects import Effect, Record, Say
from advisor.model import STORY, Answer
from advisor.retelling import retold
from advisor.understanding.understand import Command, Reading
from advisor.wondering import Wondering
from advisor.wording import clean, fold

STORY_LIMIT = 4_000
_MOST_UNHEARD = 4
"""Parts of a story that are quoted back as not noted; a longer list nobody reads."""


class Opening(Wondering):
    """Listens to the story before the questions begin."""

    def _story(self, state: State, said: str) -> tuple[tuple[State, tuple[Effect, ...]], Reading | None]:
        """A few sentences about the shop, or nothing: then the questions begin. Beside it a command, if it is one."""
        if (STORY, "") in state.case.answers:  # said at the list, in a consultation that is replayed
            told = self._retold(state, said)
            return (told if told is not None else self._again(state)), None
        reading = self.understanding.command(said, state.case.locale)
        if reading is not None and reading.command is not Command.UNKNOWN:
            return (state, ()), reading
        text = clean(said, STORY_LIMIT)
        if reading is not None or not text or fold(text) in self._plain["words.no"]:
            return self._next(state, ()), None
        read = self.understanding.read_story(text, state.case.locale)
        facts = story.written(read)
        answer = Answer(ask=STORY, said=text, value=facts, how="phrase")
        effects: tuple[Effect, ...] = (Record(turn=answer), Say(phrase="story.heard" if facts else "story.nothing"))
        unheard = self.understanding.unheard_of_story(text, state.case.locale, read) if facts else ()
        if unheard:
            between = self.phrase("offer.quotes", state.case.locale)
            effects = (*effects, Say(phrase="story.unheard", words={"parts": between.join(unheard[:_MOST_UNHEARD])}))
        return self._next(replace(state, case=state.case.add(answer)), effects), None

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
