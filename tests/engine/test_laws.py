"""Laws of the rule language, whatever the rules: what may change and no conclusion with it, and what answering does.

Shown on the reference engine, which defines the meaning of the language; the others are held against it elsewhere.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable

from generate import (
    PLACES,
    Answers,
    answers,
    cases,
    examples,
    facts_of,
    possible_answers,
    rule_bases,
    rules_of,
)
from hypothesis import given
from hypothesis import strategies as st

from advisor.engine.durable import DurableEngine
from advisor.engine.inference import Inference
from advisor.engine.program import CERTAIN, POSSIBLE, compile_rules
from advisor.engine.reference import ReferenceEngine
from advisor.model import UNKNOWN, Body, Conclusion, Condition, Fact, Rule, Value

Conclusions = frozenset[tuple[str, str, Value]]


def infer(rules: Iterable[Rule], facts: Iterable[Fact]) -> Inference:
    program, problems = compile_rules(rules)
    assert not problems
    return ReferenceEngine(program).infer(facts)


def concluded(inference: Inference, mark: str) -> Conclusions:
    """What is concluded in one reading, without its mark."""
    return frozenset(
        (fact.attribute[:-1], fact.subject, fact.value) for fact in inference.derived if fact.attribute.endswith(mark)
    )


def ways(rules: tuple[Rule, ...], inference: Inference) -> frozenset[tuple[Fact, str, frozenset[Fact]]]:
    """Derivations by rule and facts, whatever the places of rules and conditions."""
    program, _ = compile_rules(rules)
    return frozenset(
        (fact, program.clauses[way.clause].rule, frozenset(way.premises))
        for fact, found in inference.derived.items()
        for way in found
    )


# --- what does not matter ---------------------------------------------------------------------------------------------


@examples(80)
@given(rule_bases(), cases(), st.randoms(use_true_random=False))
def test_order_of_facts(text: str, facts: tuple[Fact, ...], random: random.Random) -> None:
    rules = rules_of(text)
    program, _ = compile_rules(rules)
    expected = ReferenceEngine(program).infer(facts)
    durable = DurableEngine(program)
    for _ in range(2):
        mixed = [*facts, *facts[:3]]
        random.shuffle(mixed)
        assert ReferenceEngine(program).infer(mixed) == expected
        assert durable.infer(mixed) == expected


@examples(80)
@given(rule_bases(), cases(), st.randoms(use_true_random=False))
def test_order_of_rules_alternatives_and_conditions(text: str, facts: tuple[Fact, ...], random: random.Random) -> None:
    rules = rules_of(text)
    expected = ways(rules, infer(rules, facts))
    mixed = tuple(_mixed(rule, random) for rule in random.sample(rules, len(rules)))
    assert ways(mixed, infer(mixed, facts)) == expected
    durable = DurableEngine(compile_rules(mixed)[0])
    assert ways(mixed, durable.infer(facts)) == expected


def _mixed(rule: Rule, random: random.Random) -> Rule:
    def some_order(items: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(items, len(items)))

    bodies = (Body(some_order(body.positive), some_order(body.negative)) for body in rule.bodies)  # type: ignore[arg-type]
    return _changed(rule, bodies=some_order(tuple(bodies)), then=some_order(rule.then))


def _changed(rule: Rule, **fields: object) -> Rule:
    return Rule(**{name: getattr(rule, name) for name in rule.__struct_fields__} | fields)


@examples(80)
@given(rule_bases(), cases())
def test_names_of_variables_and_rules(text: str, facts: tuple[Fact, ...]) -> None:
    rules = rules_of(text)
    renamed = tuple(_renamed(rule, f"z{len(rules) - number}") for number, rule in enumerate(rules))
    assert infer(renamed, facts) == infer(rules, facts)


def _renamed(rule: Rule, identifier: str) -> Rule:
    """The same rule under another id, its variables called by each other's names."""
    names = {"$x": "$z", "$y": "$x", "$z": "$y1"}

    def condition(old: Condition) -> Condition:
        operands = (names[str(old.operands[0])],) if old.operator == "variable" else old.operands
        return Condition(old.attribute, names.get(old.subject, old.subject), old.operator, operands)

    def conclusion(old: Conclusion) -> Conclusion:
        value = names.get(old.value, old.value) if isinstance(old.value, str) else old.value
        return Conclusion(old.attribute, names.get(old.subject, old.subject), value)

    bodies = tuple(
        Body(tuple(map(condition, body.positive)), tuple(map(condition, body.negative))) for body in rule.bodies
    )
    return _changed(rule, id=identifier, bodies=bodies, then=tuple(map(conclusion, rule.then)))


@examples(60)
@given(rule_bases(), cases())
def test_drawing_conclusions_again_from_them_adds_nothing(text: str, facts: tuple[Fact, ...]) -> None:
    rules = rules_of(text)
    first = infer(rules, facts)
    again = infer(rules, [*facts, *first.derived])
    assert again.derived == first.derived


# --- certain, possible, and what answering does -----------------------------------------------------------------------


@examples(150)
@given(rule_bases(), cases())
def test_what_is_certain_is_possible(text: str, facts: tuple[Fact, ...]) -> None:
    found = infer(rules_of(text), facts)
    assert concluded(found, CERTAIN) <= concluded(found, POSSIBLE)


@examples(60)
@given(rule_bases(), answers())
def test_nothing_is_maybe_once_everything_is_answered(text: str, given: Answers) -> None:
    """With no open and no unknown answer left, the two readings are one."""
    known = {place: tuple(value for value in values or () if value != UNKNOWN) for place, values in given.items()}
    found = infer(rules_of(text), facts_of(known))
    assert concluded(found, CERTAIN) == concluded(found, POSSIBLE)


@examples(60)
@given(rule_bases(), answers(), st.sampled_from(PLACES))
def test_answering_what_is_open(text: str, given: Answers, place: tuple[str, str]) -> None:
    """Whatever the answer, "I don't know" included."""
    _answering_moves_maybes_only(text, {**given, place: None}, place, possible_answers(place[0]))


@examples(60)
@given(rule_bases(names_unknown=False), answers(), st.sampled_from(PLACES))
def test_answering_what_is_unknown(text: str, given: Answers, place: tuple[str, str]) -> None:
    """Only if no rule names `unknown`: a conclusion drawn from not knowing goes when it is known."""
    for before in ((UNKNOWN,), (possible_answers(place[0])[0][0], UNKNOWN)):
        after = [
            values
            for values in possible_answers(place[0])
            if set(values) >= {value for value in before if value != UNKNOWN}
        ]
        _answering_moves_maybes_only(text, {**given, place: before}, place, after)


def _answering_moves_maybes_only(
    text: str, given: Answers, place: tuple[str, str], possible: Iterable[tuple[Value, ...]]
) -> None:
    """What was certain stays certain, and nothing becomes possible that was not."""
    rules = rules_of(text)
    before = infer(rules, facts_of(given))
    for values in possible:
        after = infer(rules, facts_of({**given, place: values}))
        assert concluded(before, CERTAIN) <= concluded(after, CERTAIN), values
        assert concluded(before, POSSIBLE) >= concluded(after, POSSIBLE), values


@examples(40)
@given(rule_bases(), answers(), st.permutations(PLACES))
def test_a_whole_interview(text: str, given: Answers, order: list[tuple[str, str]]) -> None:
    """From nothing answered to everything answered, conclusions only ever settle."""
    rules = rules_of(text)
    known: dict[tuple[str, str], tuple[Value, ...] | None] = dict.fromkeys(PLACES)
    steps = [infer(rules, facts_of(known))]
    for place in order:
        known[place] = given[place]
        steps.append(infer(rules, facts_of(known)))
    for before, after in itertools.pairwise(steps):
        assert concluded(before, CERTAIN) <= concluded(after, CERTAIN)
        assert concluded(before, POSSIBLE) >= concluded(after, POSSIBLE)
