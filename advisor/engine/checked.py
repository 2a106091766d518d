"""Two engines for one answer: durable-rules concludes, the incremental engine checks it.

They have nothing in common but the program, so that where they agree there is no doubt. Where they disagree the
reference engine is asked, which is right by definition; the disagreement is kept for the shell to report. Where
durable-rules is missing or refuses the program, the incremental engine serves alone and `notice` says why.

durable-rules takes thirty times as long. An interview puts the next question first and has both compared while it is
read: never is more than one inference unchecked, and after a disagreement none is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from advisor.engine.incremental import IncrementalEngine
from advisor.engine.inference import Engine, Inference
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.model import Fact

Notice = Literal["", "engine.missing", "engine.limit"]

MAX_DISAGREEMENTS = 20


class CheckedEngine:
    """Infers with both engines and compares conclusions and derivations."""

    name = "durable-rules, checked"

    def __init__(self, program: Program, later: bool = False) -> None:
        """`later`: an inference is handed out at once and checked by `check`, or else before the next one."""
        self.program = program
        self._later = later
        self._unchecked: tuple[tuple[Fact, ...], Inference] | None = None
        self._was_right = True
        self.incremental = IncrementalEngine(program)
        self.disagreements: list[str] = []
        self.notice: Notice = ""
        self.durable: Engine | None = None
        try:
            from advisor.engine.durable import DurableEngine, EngineLimit
        except ImportError:
            self.notice = "engine.missing"
            return
        try:
            self.durable = DurableEngine(program)
        except ImportError:  # also what a binary built for another Python looks like
            self.notice = "engine.missing"
        except EngineLimit:
            self.notice = "engine.limit"

    def infer(self, given: Iterable[Fact]) -> Inference:
        self._catch_up()
        facts = tuple(given)
        found = self.incremental.infer(facts)
        if self._later and not self.disagreements:
            self._unchecked = (facts, found)
            return found
        return self._checked(facts, found)

    def check(self) -> bool:
        """Checks what was handed out unchecked. False: something that was handed out since the last time is wrong."""
        self._catch_up()
        was_right, self._was_right = self._was_right, True
        return was_right

    def _catch_up(self) -> None:
        if self._unchecked is not None:
            facts, found = self._unchecked
            self._was_right = self._checked(facts, found).derived == found.derived and self._was_right
            self._unchecked = None  # only now: an interruption leaves it to be checked

    def _checked(self, facts: tuple[Fact, ...], found: Inference) -> Inference:
        if self.durable is None:
            return found
        from advisor.engine.durable import EngineFailure

        try:
            other = self.durable.infer(facts)
        except EngineFailure as failure:
            self._disagree(str(failure))
            return self._right(facts, found)
        if other.derived == found.derived:
            return found
        right = self._right(facts, found)
        if other.derived != right.derived:
            self._disagree(_difference("durable-rules", right, other))
        return right

    def _right(self, facts: tuple[Fact, ...], found: Inference) -> Inference:
        """What the reference engine says, in an hour of doubt."""
        right = ReferenceEngine(self.program).infer(facts)
        if found.derived != right.derived:
            self._disagree(_difference(self.incremental.name, right, found))
        return right

    def _disagree(self, what: str) -> None:
        if len(self.disagreements) < MAX_DISAGREEMENTS:
            self.disagreements.append(what)


def _difference(name: str, right: Inference, other: Inference) -> str:
    missing = [str(fact) for fact in right.derived if fact not in other.derived]
    extra = [str(fact) for fact in other.derived if fact not in right.derived]
    if missing or extra:
        return f"{name} misses {missing[:3]} and adds {extra[:3]}"
    changed = [str(fact) for fact in right.derived if right.derived[fact] != other.derived[fact]]
    return f"{name} derives differently: {changed[:3]}"
