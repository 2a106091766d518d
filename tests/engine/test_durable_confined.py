"""What is known to make durable-rules crash, hang or conclude wrong things: the adapter survives it or refuses.

The engine underneath is C code without a sanitiser, so what might crash or hang runs in a process of its own.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from generate import FULL, both, program_of, rule_text, rules_of, text_of

from advisor.engine.durable import (
    MAX_ANTECEDENTS,
    MAX_BRANCHES,
    MAX_CHILDREN,
    MAX_CLASSES,
    MAX_CLAUSES,
    DurableEngine,
    EngineFailure,
    EngineLimit,
)
from advisor.engine.inference import Inference
from advisor.engine.program import Clause, Program, compile_rules
from advisor.engine.reference import ReferenceEngine
from advisor.model import Conclusion, Condition, Fact, Value

PAIRS = text_of(
    [
        rule_text("pair", [{"item.is[$x]": "$y"}, {"item.of[$y]": "$z"}], [{"pair.is[$x]": "$z"}]),
        rule_text("same", [{"item.is[$x]": "$x"}], [{"item.same[$x]": "yes"}]),
        rule_text("alone", [{"item.is[$x]": "any"}, {"not": {"pair.is[$x]": "any"}}], [{"item.alone[$x]": "yes"}]),
    ]
)
"""A join, an equality within one fact, and a negation."""


def agree(text: str, facts: Iterable[Fact]) -> Inference:
    facts = tuple(facts)
    program = program_of(text)
    expected = ReferenceEngine(program).infer(facts)
    assert DurableEngine(program).infer(facts) == expected
    return expected


def isolated(*arguments: str, seconds: float = 60) -> str:
    """Runs the fuzzer as a process of its own; a signal, an error or a hang is a failure."""
    command = [sys.executable, str(Path(__file__).with_name("fuzz_durable.py")), *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=environment)
    assert done.returncode == 0, f"ended with {done.returncode}\n{done.stderr[-4000:]}"
    return done.stdout


# --- words ------------------------------------------------------------------------------------------------------------

COLLIDING = ("costarring", "liquid", "declinate", "macallums", "altarage", "zinke")
"""Pairs of words with the same 32-bit FNV-1a hash, by which alone the engine would tell them apart."""

HARD_WORDS = (
    *COLLIDING, "1", "01", "1.0", "1e1", "true", "false", "null", "yes", "no", "", " ", "ķēķis", "Ķēķis", "🕯️",
    "e\u0301", "é", '"', "'", "\\", '\\"', "{}", '{"k": "c0"}', "\x00", "\x1b[31m", "\n", "\ud800", "t0", "c0",
    "sentinel", "$x", "sid",
)  # fmt: skip
NUMBERS = (0, 1, -1, 10, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**63 + 1, -(2**63), 10**30)


def test_every_word_is_itself_only() -> None:
    """Each word joins with itself and with nothing that looks or hashes like it."""
    facts = [fact for word in HARD_WORDS for fact in both("item.is", f"of {word}", word)]
    facts += [fact for word in HARD_WORDS for fact in both("item.of", word, f"from {word}")]
    found = agree(PAIRS, facts)
    pairs = {(fact.subject, fact.value) for fact in found.derived if fact.attribute == "pair.is!"}
    assert pairs == {(f"of {word}", f"from {word}") for word in HARD_WORDS}


@pytest.mark.parametrize("value", [*NUMBERS, *HARD_WORDS])
def test_every_value_is_itself_only(value: Value) -> None:
    """A rule that names a value is met by this value, not by a number or word that reads the same."""
    clause = Clause(
        rule="r",
        positive=(Condition("item.is", "$x", "is", (value,)),),
        negative=(),
        heads=(Conclusion("item.found", "$x", "yes"),),
        stratum=0,
    )
    facts = [Fact("item.is", f"s{number}", other) for number, other in enumerate((*NUMBERS, *HARD_WORDS))]
    found = DurableEngine(Program(clauses=(clause,))).infer(facts)
    assert {fact.subject for fact in found.derived} == {f"s{(*NUMBERS, *HARD_WORDS).index(value)}"}


def test_numbers_join_with_equal_numbers_only() -> None:
    text = text_of([rule_text("r", [{"a.is[$x]": "$n"}, {"b.is[$y]": "$n"}], [{"pair.is[$x]": "$y"}])])
    values: tuple[Value, ...] = (*NUMBERS, "0", "1", "-1", "10", str(2**63))
    facts = [fact for number, value in enumerate(values) for fact in both("a.is", f"a{number}", value)]
    facts += [fact for number, value in enumerate(values) for fact in both("b.is", f"b{number}", value)]
    found = agree(text, facts)
    assert {(fact.subject[1:], str(fact.value)[1:]) for fact in found.derived} == {
        (str(number), str(number)) for number in range(len(values))
    }


def test_very_long_words() -> None:
    long, longer = "x" * 1_000_000, "x" * 1_065_536  # lengths alike modulo 65,536
    found = agree(PAIRS, [*both("item.is", long, longer), *both("item.of", longer, "y"), *both("item.of", long, "z")])
    assert {fact.value for fact in found.derived if fact.attribute == "pair.is!"} == {"y"}


# --- facts ------------------------------------------------------------------------------------------------------------


def test_no_facts_and_no_rules() -> None:
    assert agree(PAIRS, []).derived == {}
    assert DurableEngine(Program(clauses=())).infer(both("a.is", "b", "c")).derived == {}


def test_duplicates_count_once() -> None:
    facts = [*both("item.is", "a", "b"), *both("item.of", "b", "c")]
    assert agree(PAIRS, facts * 3) == agree(PAIRS, facts)


def test_facts_no_rule_looks_at() -> None:
    noise = [Fact(f"noise.n{number}!", "a", "b") for number in range(100)]
    facts = [*both("item.is", "a", "b"), *both("item.of", "b", "c")]
    found = agree(PAIRS, [*noise, *facts, *noise])
    assert found.derived == agree(PAIRS, facts).derived


def test_a_negated_fact_that_is_derived_late() -> None:
    """It follows only over a long chain, while everything else the negating rule needs is there from the start."""
    chain = [rule_text(f"c{n}", [{f"step.s{n}[$x]": "yes"}], [{f"step.s{n + 1}[$x]": "yes"}]) for n in range(20)]
    rules = [
        rule_text("not", [{"item.is[$x]": "any"}, {"not": {"step.s20[$x]": "yes"}}], [{"item.free[$x]": "yes"}]),
        rule_text("after", [{"item.free[$x]": "yes"}, {"item.is[$x]": "$y"}], [{"item.seen[$y]": "$x"}]),
        *chain,
    ]
    facts = [*both("item.is", "a", "p"), *both("item.is", "b", "q"), *both("step.s0", "a", "yes")]
    found = agree(text_of(rules), facts)
    assert {fact.subject for fact in found.derived if fact.attribute == "item.free!"} == {"b"}
    assert {fact.subject for fact in found.derived if fact.attribute == "item.seen!"} == {"q"}


def test_facts_that_hash_alike_are_asserted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine takes a fact for another one: it is salted and tried again; if that never helps, it is told."""
    facts = [*both("item.is", "a", "b"), *both("item.of", "b", "c")]
    engine = DurableEngine(program_of(PAIRS))
    expected = engine.infer(facts)
    assert_fact = engine._ruleset.assert_fact

    def collides(times: int) -> Callable[[dict[str, str]], Any]:
        def stub(message: dict[str, str]) -> Any:
            if "s" in message and int(message.get("x", -1)) < times:
                raise engine._observed(message)
            return assert_fact(message)

        return stub

    monkeypatch.setattr(engine._ruleset, "assert_fact", collides(3))
    assert engine.infer(facts) == expected
    monkeypatch.setattr(engine._ruleset, "assert_fact", collides(100))
    with pytest.raises(EngineFailure, match="collided"):
        engine.infer(facts)
    monkeypatch.undo()
    assert engine.infer(facts) == expected


# --- size -------------------------------------------------------------------------------------------------------------


def test_too_many_conditions_are_refused() -> None:
    def clause(count: int) -> Program:
        conditions = tuple(Condition(f"a.b{number}", "$x", "any") for number in range(count))
        head = Conclusion("a.c", "$x", "yes")
        return Program(clauses=(Clause(rule="r", positive=conditions, negative=(), heads=(head,), stratum=0),))

    facts = [Fact(f"a.b{number}", "s", "v") for number in range(MAX_ANTECEDENTS)]
    assert DurableEngine(clause(MAX_ANTECEDENTS)).infer(facts).derived
    with pytest.raises(EngineLimit, match="16 conditions"):
        DurableEngine(clause(MAX_ANTECEDENTS + 1))


def test_the_longest_rule_of_the_language_fits() -> None:
    when = [*({f"a.b{n}[$x]": "any"} for n in range(13)), {"not": {"a.c[$x]": "any"}}]
    text = text_of([rule_text("r", when, [{"a.d[$x]": "yes"}])])
    assert agree(text, [fact for n in range(13) for fact in both(f"a.b{n}", "s", "v")]).derived


def test_too_many_clauses_are_refused() -> None:
    (rule,) = rules_of(text_of([rule_text("r", "always", [{"a.b": "yes"}])]))
    with pytest.raises(EngineLimit, match="clauses"):
        DurableEngine(compile_rules([rule] * (MAX_CLAUSES // 2 + 1))[0])


def test_too_many_classes_of_facts_are_refused() -> None:
    count = MAX_CLASSES // 20 + 1  # rules of ten conditions, each in two readings
    rules = [rule_text(f"r{n}", [{f"a.b{n}-{m}": "any"} for m in range(10)], [{"a.c": 1}]) for n in range(count)]
    with pytest.raises(EngineLimit, match="classes"):
        DurableEngine(program_of(text_of(rules)))


def test_more_classes_of_facts_than_one_node_bears() -> None:
    """From 512 different constants at one place on, the engine would never finish reading its rules."""
    assert MAX_CHILDREN < 512
    for count in (MAX_CHILDREN // 2, MAX_CHILDREN // 2 + 1, 260, 900):  # each rule has two readings
        assert isolated("wide", str(count)) == f"{2 * count} facts\n"


def test_many_identical_rules() -> None:
    rules = [
        rule_text(f"r{n}", [{"item.is[$x]": "$y"}, {"item.is[$y]": "$x"}], [{"a.b[$x]": "$y"}]) for n in range(300)
    ]
    assert len(rules) > MAX_BRANCHES * 5
    found = agree(text_of(rules), [*both("item.is", "a", "b"), *both("item.is", "b", "a")])
    assert {len(ways) for ways in found.derived.values()} == {300}


# --- a long life ------------------------------------------------------------------------------------------------------


def memory_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_a_thousand_evaluations() -> None:
    """More than the number of sessions the engine can hold at once; none is left behind and memory does not grow."""
    facts = [fact for n in range(10) for fact in (*both("item.is", f"a{n}", f"b{n}"), *both("item.of", f"b{n}", "c"))]
    engine = DurableEngine(program_of(PAIRS))
    expected = engine.infer(facts)
    for _ in range(200):
        engine.infer(facts)
    gc.collect()
    before = memory_mb()
    for _ in range(1_100):
        assert engine.infer(facts) == expected
    gc.collect()
    assert memory_mb() - before < 15


def test_each_evaluation_starts_afresh() -> None:
    engine = DurableEngine(program_of(PAIRS))
    reference = ReferenceEngine(program_of(PAIRS))
    first = [*both("item.is", "a", "b"), *both("item.of", "b", "c")]
    for facts in (first, [], first[:2], first[2:], both("item.is", "a", "a"), first):
        assert engine.infer(facts) == reference.infer(facts)


def test_no_threads_are_started() -> None:
    before = threading.active_count()
    DurableEngine(program_of(PAIRS)).infer(both("item.is", "a", "a"))
    assert threading.active_count() == before


# --- interruptions ----------------------------------------------------------------------------------------------------


def test_an_action_that_takes_too_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten seconds of wall clock, a laptop asleep say, the engine drops what a rule found and says nothing."""
    import durable.engine

    engine = DurableEngine(program_of(PAIRS))
    facts = [*both("item.is", "a", "b"), *both("item.of", "b", "c")]
    expected = engine.infer(facts)
    clock = iter(range(0, 10**9, 11))
    monkeypatch.setattr(durable.engine, "_unix_now", lambda: next(clock))
    with pytest.raises(EngineFailure):
        engine.infer(facts)
    monkeypatch.undo()
    assert engine.infer(facts) == expected


def test_an_interrupt_never_becomes_a_result() -> None:
    """Ctrl-C at any line either leaves as an exception or changes nothing, and the next evaluation is right again."""
    assert int(isolated("interrupt").split()[0]) > 500


def test_an_interrupt_within_an_action_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine swallows whatever is raised while a rule fires, Ctrl-C included."""
    import durable.engine

    class Pressed(dict[str, Any]):
        def __contains__(self, key: object) -> bool:
            raise KeyboardInterrupt

    class Closure(durable.engine.Closure):  # type: ignore[misc]
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self._m = Pressed(self._m)

    engine = DurableEngine(program_of(PAIRS))
    monkeypatch.setattr(durable.engine, "Closure", Closure)
    with pytest.raises(KeyboardInterrupt):
        engine.infer(both("item.is", "a", "a"))
    monkeypatch.undo()
    assert engine.infer(both("item.is", "a", "a")).derived


def test_hostile_words_never_crash_it() -> None:
    assert int(isolated("hostile", "120" if FULL else "6", seconds=300).split()[0]) > 50
