"""Replays a transcript: the same words are said again, and questions, values and plan are compared with the record.

Wording is never compared. The first divergence is reported with file, line, what was expected, what came, and the rule
responsible.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.case import Case
from advisor.effects import Effect, Offer, Record
from advisor.interview import Interview, State
from advisor.model import STORY, UNKNOWN, Answer, Mark, Note, Speak, Turn, Undo
from advisor.session import rows
from advisor.transcript import PlanRow, Transcript

_COMMANDS = {"unknown": "/unknown", "back": "/back"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """Where a replay left the recorded path."""

    file: str
    line: int
    expected: str
    got: str
    rule: str = ""

    def __str__(self) -> str:
        rule = f"\n  rule: {self.rule}" if self.rule else ""
        return f"{self.file}:{self.line}\n  expected: {self.expected}\n  got: {self.got}{rule}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a replay came to: prompts answered, the turns and the plan as they came, the first divergence."""

    prompts: int
    turns: tuple[Turn, ...]
    plan: tuple[PlanRow, ...]
    divergence: Divergence | None


def replay(transcript: Transcript, interview: Interview, accept: bool = False) -> Outcome:
    """Replays one transcript on a knowledge base.

    `accept`: what the same words are understood as, and what is assumed besides, may have changed; the outcome holds
    the turns as they came. Other questions are a divergence all the same, for to those nobody has said anything.
    """
    return _Replay(transcript, interview, accept).run()


class _Replay:
    def __init__(self, transcript: Transcript, interview: Interview, accept: bool) -> None:
        self.transcript = transcript
        self.interview = interview
        self.accept = accept
        self.turns = transcript.case.turns
        self.position = 0
        self.prompts = 0

    def run(self) -> Outcome:
        state = State(case=_begun(self.transcript))
        while self.position < len(self.turns) and _given(self.turns[self.position]):
            state = State(case=state.case.add(self.turns[self.position]))
            self.position += 1
        state, _ = self.interview.start(state.case, with_story=self._has_story())
        divergence = None
        while self.position < len(self.turns) and divergence is None:
            state, divergence = self._turn(state, self.turns[self.position])
        plan = rows(self.interview.plan(state.case))
        if divergence is None and self.transcript.finished:
            divergence = self._compare_end(state, plan)
        return Outcome(prompts=self.prompts, turns=state.case.turns, plan=plan, divergence=divergence)

    def _has_story(self) -> bool:
        """Whether the person told a story: one that was passed over is not recorded."""
        return any(isinstance(turn, Answer) and turn.ask == STORY for turn in self.turns)

    def _turn(self, state: State, turn: Turn) -> tuple[State, Divergence | None]:
        if isinstance(turn, Mark):
            self.position += 1
            return State(case=state.case.add(turn), pending=state.pending, topic=state.topic), None
        if isinstance(turn, Answer):
            if state.pending == (STORY, "") and turn.ask != STORY:  # taken back and then passed over
                state, _ = self.interview.step(state, "")
            if state.pending != turn.key:
                if turn.key not in state.case.answers:
                    asked = _key(state.pending) if state.pending else "nothing more"
                    return state, self._differs(f"question {_key(turn.key)}", f"question {asked}")
                previous = state.case.answers[turn.key].values()  # a changed answer
                state = State(case=state.case, pending=turn.key, previous=None if UNKNOWN in previous else previous)
            self.prompts += 1
        if state.pending is None:
            return state, self._differs("a question", "nothing more to ask")
        state, effects = self._say(state, turn)
        return self._compare(state, effects, turn)

    def _say(self, state: State, turn: Turn) -> tuple[State, tuple[Effect, ...]]:
        """Says again what was said, line by line; where candidates come back, the recorded ones are chosen."""
        first, *more = _words(turn).split("\n")
        following, effects = self.interview.step(state, first)
        for line in more:
            following, effects = self.interview.step(following, line)
        if isinstance(turn, Answer) and any(isinstance(effect, Offer) for effect in effects):
            offered = {candidate.value: str(number) for number, candidate in enumerate(following.candidates, start=1)}
            meant = [number for value, number in offered.items() if value in turn.values()]
            meant = meant or [number for value, number in offered.items() if value == "none"]
            return self.interview.step(following, ", ".join(meant) or "no")
        return following, effects

    def _compare(self, state: State, effects: tuple[Effect, ...], turn: Turn) -> tuple[State, Divergence | None]:
        recorded = [effect.turn for effect in effects if isinstance(effect, Record)]
        if not recorded:
            return state, self._differs(_told(turn), "not understood")
        if self.accept and _asks(recorded[0]) == _asks(turn):
            self.position += 1
            while self.position < len(self.turns) and _came_along(self.turns[self.position]):
                self.position += 1
            return state, None
        for got in recorded:
            if self.position >= len(self.turns):
                return state, self._differs("nothing more", _told(got))
            expected = self.turns[self.position]
            if _essence(expected) != _essence(got):
                return state, self._differs(_told(expected), _told(got))
            self.position += 1
        return state, None

    def _compare_end(self, state: State, plan: tuple[PlanRow, ...]) -> Divergence | None:
        end = self.transcript.lines[-1] + 1 if self.transcript.lines else 1
        if state.pending is not None:
            return Divergence(
                file=self.transcript.file, line=end, expected="the end", got=f"question {_key(state.pending)}"
            )
        if self.accept:
            return None
        for number, (expected, got) in enumerate(zip(self.transcript.plan or (), plan, strict=False), start=1):
            if expected != got:
                rule = ", ".join(sorted(set(got.rules) ^ set(expected.rules)) or got.rules)
                return Divergence(
                    file=self.transcript.file, line=end + number, expected=_row(expected), got=_row(got), rule=rule
                )
        recorded = len(self.transcript.plan or ())
        if recorded != len(plan):
            longer = plan[recorded] if len(plan) > recorded else (self.transcript.plan or ())[len(plan)]
            return Divergence(
                file=self.transcript.file,
                line=end + min(recorded, len(plan)) + 1,
                expected=f"{recorded} plan rows",
                got=f"{len(plan)}; the first other row is {_row(longer)}",
                rule=", ".join(longer.rules),
            )
        return None

    def _differs(self, expected: str, got: str) -> Divergence:
        position = min(self.position, len(self.transcript.lines) - 1)
        line = self.transcript.lines[position] if self.transcript.lines else 1
        return Divergence(file=self.transcript.file, line=line, expected=expected, got=got)


def _begun(transcript: Transcript) -> Case:
    """The case before its first turn, in the language of the header: later changes of language are turns."""
    return Case(name=transcript.case.name, as_of=transcript.case.as_of, locale=transcript.begun_in)


def _asks(turn: Turn) -> object:
    """What a turn is about, whatever it says."""
    return turn.key if isinstance(turn, Answer) else type(turn)


def _came_along(turn: Turn) -> bool:
    """Answers that were recorded with another one."""
    return isinstance(turn, Answer) and turn.how in ("assumed", "implied", "story")


def _given(turn: Turn) -> bool:
    """Answers that came from a file before anything was asked."""
    return isinstance(turn, Answer) and turn.how in ("file", "assumed")


def _words(turn: Turn) -> str:
    if isinstance(turn, Undo):
        return _COMMANDS["back"]
    if isinstance(turn, Note):
        return f"/note {turn.text}"
    if isinstance(turn, Speak):
        return f"/language {turn.locale.value}"
    assert isinstance(turn, Answer)
    if turn.how == "command":
        return _COMMANDS["unknown"]
    return turn.said


def _essence(turn: Turn) -> object:
    """What must be the same again: not the words, and not how they were understood."""
    if isinstance(turn, Answer):
        return turn.key, turn.value, turn.how if turn.how in ("assumed", "implied") else "said"
    return turn


def _told(turn: Turn) -> str:
    if isinstance(turn, Answer):
        return f"{_key(turn.key)} = {list(turn.value) if isinstance(turn.value, tuple) else turn.value}"
    return str(turn)


def _key(key: tuple[str, str]) -> str:
    return f"{key[0]}[{key[1]}]" if key[1] else key[0]


def _row(row: PlanRow) -> str:
    about = f" for {', '.join(row.about)}" if row.about else ""
    return f"{row.do} {row.band} rank {row.rank}{about}"
