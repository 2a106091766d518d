"""Runs durable-rules hard, to be started as a process of its own: if the engine's C code crashes, only this dies.

    PYTHONPATH=. python tests/engine/fuzz_durable.py hostile SECONDS   random cases with words nobody would write
    PYTHONPATH=. python tests/engine/fuzz_durable.py interrupt         Ctrl-C at every single line of one evaluation
    PYTHONPATH=. python tests/engine/fuzz_durable.py wide COUNT        so many rules on different values

Prints how much was tried. Ends with an ordinary error if a result is wrong, and with a signal if the engine crashes.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

from generate import both, cases, program_of, rule_bases, rule_text, text_of
from hypothesis import HealthCheck, Phase, given, settings

from advisor.engine import durable
from advisor.engine.durable import DurableEngine, EngineFailure
from advisor.engine.reference import ReferenceEngine
from advisor.model import SHOP, Fact

WORDS = (
    "", " ", "a", "costarring", "liquid", "t0", "t1", "c0", "g0", "p0", "sentinel", "sid", "$s", "$x", "m0", "null",
    "true", '"', "\\", "{}", '{"k": "c0"}', "\x00", "\x1b[2J", "\n", "ķēķis", "🕯", "\ud800", "9" * 40, "1e400",
    "x" * 100_000,
)  # fmt: skip
"""Words that a careless way through JSON and C strings stumbles over."""
NUMBERS = (0, -1, 10, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**30)


def hostile(seconds: float) -> None:
    """The generated rule bases, on cases whose facts are partly replaced by such words."""
    deadline = time.monotonic() + seconds
    count = 0

    @settings(
        max_examples=100_000,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rule_bases(), cases())
    def attack(text: str, facts: tuple[Fact, ...]) -> None:
        nonlocal count
        if time.monotonic() > deadline:
            raise TimeoutError
        program = program_of(text)
        reference, engine = ReferenceEngine(program), DurableEngine(program)
        for salt in range(6):
            spoilt = [_spoilt(fact, random.Random(f"{count} {salt} {fact}")) for fact in facts[: salt * 12]]
            assert engine.infer(spoilt) == reference.infer(spoilt)
            count += 1

    with contextlib.suppress(TimeoutError):
        attack()
    sys.stdout.write(f"{count} cases\n")


def _spoilt(fact: Fact, chance: random.Random) -> Fact:
    if chance.random() < 0.6:
        return fact
    subject = chance.choice((fact.subject, *WORDS))
    return Fact(fact.attribute, subject, chance.choice((fact.value, subject, *WORDS, *NUMBERS)))


def wide(count: int) -> None:
    """Rules that each look for a value of their own."""
    rules = [rule_text(f"r{n}", [{"shop.sells": f"v{n}"}], [{"shop.found": f"v{n}"}]) for n in range(count)]
    facts = [fact for n in range(count) for fact in both("shop.sells", SHOP, f"v{n}")]
    program = program_of(text_of(rules))
    found = DurableEngine(program).infer(facts)
    assert found == ReferenceEngine(program).infer(facts)
    sys.stdout.write(f"{len(found.derived)} facts\n")


def interrupt() -> None:
    """Interrupts one evaluation at its first line, then at its second, and so on to the end."""
    text = text_of(
        [
            rule_text("base", [{"link.to[$x]": "$y"}, {"link.to[$y]": "$z"}], [{"link.far[$x]": "$z"}]),
            rule_text("not", [{"link.to[$x]": "any"}, {"not": {"link.far[$x]": "any"}}], [{"link.near[$x]": "yes"}]),
        ]
    )
    facts = [*both("link.to", "a", "b"), *both("link.to", "b", "c")]
    program = program_of(text)
    expected = ReferenceEngine(program).infer(facts)
    engine = DurableEngine(program)
    engine.infer(facts)
    tried = told = 0
    interrupted = True
    while interrupted:
        tried += 1
        interrupted, outcome = _interrupted(lambda: engine.infer(facts), tried)
        if isinstance(outcome, BaseException):
            told += 1
            assert isinstance(outcome, KeyboardInterrupt | EngineFailure), repr(outcome)
        else:
            assert outcome == expected, f"interrupted at line {tried}: a wrong result, and nothing said"
        assert engine.infer(facts) == expected, f"interrupted at line {tried}: wrong ever after"
    assert told > tried * 0.9
    sys.stdout.write(f"{tried} interruptions\n")


def _interrupted(call: Callable[[], Any], at: int) -> tuple[bool, Any]:
    """Calls, raising KeyboardInterrupt at the given line executed in the adapter or in the engine's Python part."""
    files = {durable.__file__, sys.modules["durable.engine"].__file__}
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            count += 1
            if count == at:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        outcome = call()
    except BaseException as error:
        outcome = error
    finally:
        sys.settrace(None)
    return count >= at, outcome


if __name__ == "__main__":
    warnings.simplefilter("ignore", DeprecationWarning)  # utcfromtimestamp, at every action
    if sys.argv[1] == "interrupt":
        interrupt()
    elif sys.argv[1] == "wide":
        wide(int(sys.argv[2]))
    else:
        hostile(float(sys.argv[2]))
