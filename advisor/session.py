"""A consultation as it happens: performs the interview's effects on a front end and a transcript.

The order is what makes it safe: a turn is on disk before anything else is done with it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from pathlib import Path

from advisor.effects import Ask, Effect, Explain, Leave, Offer, Record, Say, ShowPlan
from advisor.errors import Interrupted
from advisor.interview import Interview, State
from advisor.model import Question
from advisor.planning import Plan
from advisor.render.page import page
from advisor.render.text import PlanText, Styled, wrap
from advisor.render.tree import draw
from advisor.transcript import PlanRow, Writer
from advisor.ui import Choice, ClearedLine, EndOfInput, FrontEnd, Prompt
from advisor.ui.interrupts import Interrupts

_HEADED = ("help", "why", "status", "review", "change.which")


def rows(plan: Plan) -> tuple[PlanRow, ...]:
    """The plan as a transcript keeps it."""
    return tuple(
        PlanRow(do=line.id, band=line.band, rank=line.rank, about=line.about, rules=line.rules) for line in plan.lines
    )


class Session:
    """One sitting at one case."""

    def __init__(
        self, interview: Interview, front: FrontEnd, writer: Writer, state: State, interrupts: Interrupts
    ) -> None:
        self.interview = interview
        self.front = front
        self.interrupts = interrupts
        self.writer = writer
        self.state = state
        self._prompt: Prompt | None = None
        self._asked: Question | None = None
        self._menus: dict[str, str] = {}  # questions put with their options, and of whom first
        self._finished = False
        self._left = False
        self._warned = False

    @property
    def file(self) -> Path:
        return self.writer.path

    def run(self, effects: Iterable[Effect]) -> bool:
        """Goes on until the interview ends (True) or the person leaves (False). Raises Interrupted, StorageError."""
        self._perform(effects)
        try:
            while not (self._finished or self._left):
                said = self._listen()
                if said is None:
                    break
                state, effects = self.interview.step(self.state, said)
                for effect in effects:
                    if isinstance(effect, Record):
                        self.writer.add(effect.turn)  # on disk before anything is done with it
                self.state = state
                self._perform(effects)
        finally:
            gc.enable()
        return self._finished

    def _listen(self) -> str | None:
        """What the person types next; None if they close the input. Ctrl-C never becomes an answer."""
        assert self._prompt is not None
        pressed = self.interrupts.taken()
        if pressed:
            self.say("interrupt.once", file=str(self.file))
        while True:
            self.interrupts.waiting = True
            try:
                return self.front.ask(self._prompt, self._meanwhile)
            except EndOfInput:
                self.say("leave")
                return None
            except ClearedLine:
                pressed = False
                self.say("interrupt.cleared")
            except KeyboardInterrupt:
                if pressed:
                    raise Interrupted(self.interview.phrase("leave", self.state.case.locale)) from None
                pressed = True
                self.say("interrupt.once", file=str(self.file))
            finally:
                self.interrupts.waiting = False
                gc.disable()

    def _meanwhile(self) -> None:
        """While a person reads and types there is time: for garbage too, which would else be collected at an answer."""
        gc.enable()
        self.interrupts.waiting = False  # Ctrl-C waits: it must not come in the middle of durable-rules
        self.interview.prepare(self.state)
        self.interrupts.waiting = True
        if self.interrupts.taken():
            raise KeyboardInterrupt

    def _perform(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Say):
                self._say(effect)
            elif isinstance(effect, Ask):
                self._prompt = self._ask(effect)
            elif isinstance(effect, Offer):
                self._offer(effect)
            elif isinstance(effect, ShowPlan):
                self._plan(effect)
            elif isinstance(effect, Explain):
                self._explain(effect)
            elif isinstance(effect, Leave):
                self._leave(effect)
        self._tell_disagreement()

    def say(self, name: str, **words: str) -> None:
        """Shows a phrase."""
        text = self.interview.phrase(name, self.state.case.locale, **words)
        self.front.show([Styled(line, "faint") for line in wrap(text, self.front.width)])

    def _say(self, effect: Say) -> None:
        text = self.interview.phrase(effect.phrase, self.state.case.locale, **effect.words)
        if effect.phrase == "topic":
            self.front.show([Styled(""), Styled(f"== {text} ==", "heading")])
            return
        headed = effect.phrase in _HEADED
        shown = [Styled(line, "strong" if headed else "faint") for line in wrap(text, self.front.width)]
        for line in effect.lines:
            indent = "  " if line.startswith("- ") else "   " if line[:1].isdigit() else ""
            shown.extend(Styled(part) for part in wrap(line, self.front.width, indent, ""))
        self.front.show(shown)

    def _ask(self, effect: Ask) -> Prompt:
        locale = self.state.case.locale
        say = self.interview.phrase
        progress = effect.progress
        note = ""
        if effect.previous is not None:
            value = self.interview.value_name(effect.question.id, effect.previous, self.state.case)
            note = say("told" if effect.told else "previous", locale, value=value)
        elif effect.question.first:
            count = str(len(effect.question.options) - effect.question.first)
            note = say("several.more", locale, count=count)
        elif effect.question.many and effect.question.kind != "vendors":
            note = say("several", locale)
        bar = say(
            "bar",
            locale,
            topic=progress.topic.in_(locale),
            number=str(progress.number),
            topics=str(progress.topics),
            answered=str(progress.answered),
            left=str(progress.left),
            actions=str(progress.actions),
        )
        short = say(
            "bar.short",
            locale,
            number=str(progress.number),
            topics=str(progress.topics),
            left=str(progress.left),
            actions=str(progress.actions),
        )
        choices = tuple(
            Choice(label=option.label.in_(locale), hint=option.hint.in_(locale) if option.hint else "")
            for option in effect.options
        )
        self._asked = effect.question
        first = self._menus.setdefault(effect.question.id, effect.of)
        return Prompt(
            text=effect.text,
            choices=() if effect.repeat else choices,
            known=first != effect.of,
            note="" if effect.repeat else note,
            bar=bar,
            short_bar=short,
            hints=say("bar.hints", locale),
            words=tuple(choice.label for choice in choices),
        )

    def _offer(self, effect: Offer) -> None:
        locale = self.state.case.locale
        name = "offer" if len(effect.candidates) > 1 else "offer.one"
        if effect.kept:
            name = "offer.part" if effect.about else "offer.besides"
        self._prompt = Prompt(
            text=self.interview.phrase(name, locale, value=effect.kept, parts=effect.about),
            choices=tuple(Choice(label=candidate.label) for candidate in effect.candidates),
            bar=self._prompt.bar if self._prompt else "",
            short_bar=self._prompt.short_bar if self._prompt else "",
            hints=self._prompt.hints if self._prompt else "",
        )

    def _explain(self, effect: Explain) -> None:
        for branch in effect.branches:
            heading, *lines = draw((branch,), self.front.width, self.front.guides)
            self.front.show([Styled(heading, "strong"), *(Styled(line) for line in lines)])

    def _plan(self, effect: ShowPlan) -> None:
        if effect.final:
            self.say("finished")
        plan = self.interview.plan(self.state.case)
        text = PlanText(self.interview, page(self.interview, self.state.case, plan), self.front.width)
        if effect.final:
            self.front.show([Styled(""), *text.short(self.state.case.name)])
        elif effect.whole:
            self.front.show([Styled(""), *text.lines(final=False)])
        else:
            self.front.show([Styled(""), *text.summary(final=False), *text.start()])
            self.say("plan.whole")

    def _leave(self, effect: Leave) -> None:
        if effect.finished:
            plan = self.interview.plan(self.state.case)
            self.writer.finish(rows(plan), len(self.state.case.turns))
            self.front.show([Styled("")])
            self.say("saved.at", file=str(self.file))
            self.say("finished.again", case=self.state.case.name)
            self._finished = True
        else:
            self.say("leave")
            self._left = True

    def _tell_disagreement(self) -> None:
        disagreements: Sequence[str] = getattr(self.interview.engine, "disagreements", ())
        if disagreements and not self._warned:
            self._warned = True
            self.say("engine.disagree")
