"""Two engines for one answer: durable-rules concludes, the reference engine checks it.

Where they disagree the reference is right by definition; the disagreement is kept for the shell to report. Where
durable-rules is missing or refuses the program, the reference engine serves alone and `notice` says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from advisor.engine.inference import Engine, Inference
from advisor.engine.program import Program
from advisor.engine.reference import ReferenceEngine
from advisor.model import Fact

Notice = Literal["", "engine.missing", "engine.limit"]

MAX_DISAGREEMENTS = 20


class CheckedEngine:
    """Infers with both engines and compares conclusions and derivations."""

    name = "durable-rules, checked"

    def __init__(self, program: Program) -> None:
        self.reference = ReferenceEngine(program)
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
        facts = tuple(given)
        right = self.reference.infer(facts)
        if self.durable is not None:
            from advisor.engine.durable import EngineFailure

            try:
                other = self.durable.infer(facts)
            except EngineFailure as failure:
                self._disagree(str(failure))
            else:
                if other.derived != right.derived:
                    self._disagree(_difference(right, other))
        return right

    def _disagree(self, what: str) -> None:
        if len(self.disagreements) < MAX_DISAGREEMENTS:
            self.disagreements.append(what)


def _difference(right: Inference, other: Inference) -> str:
    missing = [str(fact) for fact in right.derived if fact not in other.derived]
    extra = [str(fact) for fact in other.derived if fact not in right.derived]
    if missing or extra:
        return f"durable-rules misses {missing[:3]} and adds {extra[:3]}"
    changed = [str(fact) for fact in right.derived if right.derived[fact] != other.derived[fact]]
    return f"durable-rules derives differently: {changed[:3]}"
