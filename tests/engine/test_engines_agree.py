"""The reference engine and durable-rules draw the same conclusions, each with the same derivations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from generate import both, cases, examples, program_of, rule_bases, rule_text, text_of
from hypothesis import given
from hypothesis import strategies as st

from advisor.engine.durable import DurableEngine
from advisor.engine.inference import Inference
from advisor.engine.program import CERTAIN, POSSIBLE, Program
from advisor.engine.reference import ReferenceEngine
from advisor.model import SHOP, Fact, Value


def infer(program: Program, facts: Iterable[Fact]) -> Inference:
    """What both engines conclude."""
    facts = tuple(facts)
    expected = ReferenceEngine(program).infer(facts)
    assert DurableEngine(program).infer(facts) == expected
    return expected


def certain(inference: Inference, attribute: str) -> set[tuple[str, Value]]:
    """Subjects and values of the certain facts of one attribute."""
    return {(fact.subject, fact.value) for fact in inference.derived if fact.attribute == attribute + CERTAIN}


@examples(220)
@given(rule_bases(), st.lists(cases(), min_size=1, max_size=3))
def test_generated(text: str, several: list[tuple[Fact, ...]]) -> None:
    program = program_of(text)
    reference, durable = ReferenceEngine(program), DurableEngine(program)
    for facts in several:
        assert durable.infer(facts) == reference.infer(facts)


def test_generated_cases_are_worth_testing() -> None:
    """The generator reaches joins, recursion, negation that holds and negation that does not."""
    seen: list[set[str]] = []

    @examples(120)
    @given(rule_bases(), cases())
    def look(text: str, facts: tuple[Fact, ...]) -> None:
        program = program_of(text)
        seen.append(set(_features(program, ReferenceEngine(program).infer(facts))))

    look()
    share = {name: sum(name in found for found in seen) / len(seen) for name in set().union(*seen)}
    assert share["something"] > 0.7, share
    assert min(share[name] for name in ("negation", "chain", "join", "several ways", "maybe")) > 0.4, share
    assert share["recursion"] > 0.2, share


def _features(program: Program, inference: Inference) -> Iterator[str]:
    for fact, ways in inference.derived.items():
        yield "something"
        if len(ways) > 1:
            yield "several ways"
        as_certain = fact._replace(attribute=fact.attribute.removesuffix(POSSIBLE) + CERTAIN)
        if fact.attribute.endswith(POSSIBLE) and as_certain not in inference.derived:
            yield "maybe"
        for way in ways:
            clause = program.clauses[way.clause]
            if clause.negative:
                yield "negation"
            if any(premise in inference.derived for premise in way.premises):
                yield "chain"
            if any(premise.attribute == fact.attribute for premise in way.premises):
                yield "recursion"
            if len(way.premises) > 1:
                yield "join"


# --- hand-written programs --------------------------------------------------------------------------------------------


def link(*pairs: str) -> list[Fact]:
    """`ab` is a fact link.to[a]: b."""
    return [fact for pair in pairs for fact in both("link.to", pair[0], pair[1])]


REACHES = text_of(
    [
        rule_text("reach.direct", [{"link.to[$x]": "$y"}], [{"reach.to[$x]": "$y"}]),
        rule_text("reach.further", [{"reach.to[$x]": "$y"}, {"reach.to[$y]": "$z"}], [{"reach.to[$x]": "$z"}]),
    ]
)


def test_recursion_over_a_circle() -> None:
    found = infer(program_of(REACHES), link("ab", "bc", "ca"))
    assert certain(found, "reach.to") == {(x, y) for x in "abc" for y in "abc"}
    ways = found.derived[Fact("reach.to!", "a", "a")]
    assert {tuple((p.subject, p.value) for p in way.premises) for way in ways} == {
        (("a", "b"), ("b", "a")),
        (("a", "c"), ("c", "a")),
        (("a", "a"), ("a", "a")),
    }


def test_self_join_meets_the_same_fact_twice() -> None:
    text = text_of([rule_text("pair", [{"link.to[$x]": "$z"}, {"link.to[$y]": "$z"}], [{"pair.of[$x]": "$y"}])])
    found = infer(program_of(text), link("am", "bm", "cn"))
    assert certain(found, "pair.of") == {("a", "a"), ("a", "b"), ("b", "a"), ("b", "b"), ("c", "c")}


def test_same_variable_as_subject_and_value() -> None:
    text = text_of(
        [
            rule_text("loop", [{"link.to[$x]": "$x"}], [{"is.loop[$x]": "yes"}]),
            rule_text("joined", [{"is.loop[$x]": "any"}, {"link.to[$x]": "$x"}], [{"is.joined[$x]": "$x"}]),
        ]
    )
    found = infer(program_of(text), link("aa", "ab", "ba", "cc"))
    assert certain(found, "is.loop") == {("a", "yes"), ("c", "yes")}
    assert certain(found, "is.joined") == {("a", "a"), ("c", "c")}


def test_rule_without_conditions() -> None:
    text = text_of(
        [
            rule_text("always", "always", [{"shop.open": "yes"}, {"obligation": "shop.duty"}]),
            rule_text("then", [{"obligation": "shop.duty"}], [{"ask-expert": "shop.judge[a]"}]),
        ]
    )
    found = infer(program_of(text), [])
    assert certain(found, "obligation") == {(SHOP, "shop.duty")}
    assert certain(found, "ask-expert") == {("a", "shop.judge")}
    assert {way.premises for way in found.derived[Fact("shop.open!", SHOP, "yes")]} == {()}


@pytest.mark.parametrize("strata", [3, 4, 7])
@pytest.mark.parametrize("start", [True, False])
def test_chain_of_negations(strata: int, start: bool) -> None:
    """Each stratum holds exactly if the one below it does not."""
    rules = [
        rule_text(
            f"chain.{n}",
            [{"item.is[$x]": "any"}, {"not": {f"level.n{n - 1}[$x]": "yes"}}],
            [{f"level.n{n}[$x]": "yes"}],
        )
        for n in range(1, strata + 1)
    ]
    facts = [*both("item.is", "a", "b"), *(both("level.n0", "a", "yes") if start else ())]
    found = infer(program_of(text_of(reversed(rules))), facts)
    holds = [bool(certain(found, f"level.n{n}")) for n in range(1, strata + 1)]
    assert holds == [(n % 2 == 0) is start for n in range(1, strata + 1)]


def test_chain_of_negations_over_a_maybe() -> None:
    """What is neither certain nor impossible stays so through any number of negations."""
    rules = [
        rule_text(f"chain.{n}", [{"not": {f"level.n{n - 1}": "yes"}}], [{f"level.n{n}": "yes"}]) for n in range(1, 5)
    ]
    found = infer(program_of(text_of(rules)), [Fact("level.n0?", SHOP, "yes")])
    assert set(found.derived) == {Fact(f"level.n{n}?", SHOP, "yes") for n in range(1, 5)}


@pytest.mark.parametrize("count", [49, 50, 51, 63, 64, 65, 130, 300])
def test_many_rules_read_the_same_fact(count: int) -> None:
    """One fact matched by more conditions than the engine underneath can push it to."""
    rules = [
        rule_text(f"many.{n}", [{"shop.sells": "goods"}, {"link.to[$x]": "$y"}], [{f"many.m{n}[$x]": "$y"}])
        for n in range(count)
    ]
    found = infer(program_of(text_of(rules)), [*both("shop.sells", SHOP, "goods"), *link("ab", "bc")])
    assert len(found.derived) == count * 4


@pytest.mark.parametrize("count", [50, 51, 200])
def test_many_rules_wait_for_the_same_stratum(count: int) -> None:
    """More rules with `not` on one stratum than one phase can start."""
    rules = [
        rule_text("base", [{"link.to[$x]": "c"}], [{"blocked.by[$x]": "yes"}]),
        *(
            rule_text(
                f"wait.{n}", [{"link.to[$x]": "any"}, {"not": {"blocked.by[$x]": "yes"}}], [{f"free.f{n}[$x]": "yes"}]
            )
            for n in range(count)
        ),
    ]
    found = infer(program_of(text_of(rules)), link("ab", "bc"))
    assert {fact.subject for fact in found.derived if fact.attribute.startswith("free.")} == {"a"}
    assert len(found.derived) == 2 + 2 * count


def test_a_given_fact_that_is_derived_too() -> None:
    found = infer(program_of(REACHES), [*link("ab", "bc"), *both("reach.to", "a", "b")])
    assert len(found.derived[Fact("reach.to!", "a", "b")]) == 1
    assert Fact("reach.to!", "a", "b") in found.given


def test_numbers_are_never_subjects() -> None:
    """A number bound to a variable does not meet a subject of the same digits, in whichever order they are joined."""
    numbers = [*both("shop.staff", SHOP, 10), *both("item.is", "10", "a")]
    for conditions in (
        [{"shop.staff": "$n"}, {"item.is[$n]": "any"}],
        [{"item.is[$n]": "any"}, {"shop.staff": "$n"}],
    ):
        assert not infer(program_of(text_of([rule_text("r", conditions, [{"r.is": "yes"}])])), numbers).derived
    text = text_of([rule_text("r", [{"shop.staff": "$n"}, {"not": {"item.is[$n]": "any"}}], [{"r.is": "yes"}])])
    assert certain(infer(program_of(text), numbers), "r.is") == {(SHOP, "yes")}


def test_a_number_concluded_as_a_subject_becomes_a_word() -> None:
    text = text_of(
        [
            rule_text("r", [{"shop.staff": "$n"}], [{"size.of[$n]": "$n"}]),
            rule_text("s", [{"size.of[$n]": "any"}], [{"seen.as": "$n"}]),
        ]
    )
    found = infer(program_of(text), both("shop.staff", SHOP, 10))
    assert certain(found, "size.of") == {("10", 10)}
    assert certain(found, "seen.as") == {(SHOP, "10")}


def test_a_subject_called_unknown_is_not_an_unknown_answer() -> None:
    text = text_of([rule_text("r", [{"item.is[$v]": "any"}, {"not": {"shop.has": "$v"}}], [{"r.is": "yes"}])])
    found = infer(program_of(text), [*both("item.is", "unknown", "a"), *both("shop.has", SHOP, "unknown")])
    assert certain(found, "r.is") == {(SHOP, "yes")}
