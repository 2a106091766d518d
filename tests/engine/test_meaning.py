"""What each condition means for an answer that is known, unknown or still open, in both engines.

A row: the condition, what was answered (None: not asked yet), and whether the condition then holds: `yes` is certain,
`maybe` is possible and not certain, `no` is neither.
"""

from __future__ import annotations

from typing import Any

import pytest
from generate import DOMAINS, Answers, both, facts_of, program_of, rule_text, text_of

from advisor.engine.durable import DurableEngine
from advisor.engine.reference import ReferenceEngine
from advisor.model import SHOP, Fact, Value

NOT = {"base.word": "a"}

ROWS: list[tuple[Any, tuple[Value, ...] | None, str]] = [
    ({"base.word": "a"}, ("a",), "yes"),
    ({"base.word": "a"}, ("b",), "no"),
    ({"base.word": "a"}, ("a", "b"), "yes"),
    ({"base.word": "a"}, ("b", "unknown"), "maybe"),
    ({"base.word": "a"}, (), "no"),
    ({"base.word": "a"}, ("unknown",), "maybe"),
    ({"base.word": "a"}, None, "maybe"),
    ({"base.word": "elsewhere"}, None, "no"),  # not among the answers to this question
    ({"base.word": "unknown"}, ("unknown",), "yes"),
    ({"base.word": "unknown"}, ("a",), "no"),
    ({"base.word": "unknown"}, None, "maybe"),
    ({"base.word": {"in": ["a", "unknown"]}}, ("unknown",), "yes"),
    ({"base.word": {"in": ["a", "unknown"]}}, ("b",), "no"),
    ({"base.word": {"in": ["a", "b"]}}, ("unknown",), "maybe"),
    ({"base.word": {"is-not": "a"}}, ("b",), "yes"),
    ({"base.word": {"is-not": "a"}}, ("a",), "no"),
    ({"base.word": {"is-not": "a"}}, (), "no"),
    ({"base.word": {"is-not": "a"}}, ("a", "b"), "yes"),
    ({"base.word": {"is-not": "a"}}, ("unknown",), "maybe"),
    ({"base.word": "any"}, ("a",), "yes"),
    ({"base.word": "any"}, (), "no"),
    ({"base.word": "any"}, ("unknown",), "maybe"),
    ({"base.word": "any"}, None, "maybe"),
    ({"base.word": "$x"}, ("a",), "yes"),
    ({"base.word": "$x"}, ("unknown",), "maybe"),
    ({"base.number": {"at-least": 10}}, (10,), "yes"),
    ({"base.number": {"at-least": 10}}, (9,), "no"),
    ({"base.number": {"below": 10}}, (9,), "yes"),
    ({"base.number": {"below": 10}}, (10,), "no"),
    ({"base.number": {"below": 10}}, ("unknown",), "maybe"),
    ({"base.number": {"below": 9}}, ("unknown",), "no"),  # no answer to this question is below 9
    ({"base.number": 10}, ("10",), "no"),
    ({"base.mixed": {"at-least": "2026-06-19"}}, ("2026-06-19",), "yes"),
    ({"base.mixed": {"below": "2026-06-19"}}, ("2026-06-19",), "no"),
    ({"base.mixed": {"at-least": 10}}, ("2026-06-19",), "no"),
    ({"not": NOT}, ("a",), "no"),
    ({"not": NOT}, ("b",), "yes"),
    ({"not": NOT}, (), "yes"),
    ({"not": NOT}, ("unknown",), "maybe"),
    ({"not": NOT}, ("b", "unknown"), "maybe"),
    ({"not": NOT}, None, "maybe"),
    ({"not": {"base.word": "unknown"}}, ("unknown",), "no"),
    ({"not": {"base.word": "unknown"}}, ("a",), "yes"),
    ({"not": {"base.word": "any"}}, ("unknown",), "maybe"),
    ({"any-of": [[{"base.word": "a"}], [{"base.word": "b"}]]}, ("b",), "yes"),
    ({"any-of": [[{"base.word": "a"}], [{"not": NOT}]]}, ("b",), "yes"),
    # No alternative is certain by itself, although one of them must hold: unknown is not reasoned about by cases.
    ({"any-of": [[{"base.word": "a"}], [{"not": NOT}]]}, ("unknown",), "maybe"),
]


@pytest.mark.parametrize("engine", [ReferenceEngine, DurableEngine])
@pytest.mark.parametrize(("condition", "values", "expected"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_condition(engine: Any, condition: Any, values: tuple[Value, ...] | None, expected: str) -> None:
    (key,) = condition.get("not", condition)
    attribute = key if key in DOMAINS else "base.word"
    given: Answers = {(attribute, SHOP): values}
    program = program_of(text_of([rule_text("row", [condition], [{"row.holds": "yes"}])]))
    derived = engine(program).infer(facts_of(given)).derived
    certain, possible = (Fact(f"row.holds{mark}", SHOP, "yes") in derived for mark in "!?")
    assert {(True, True): "yes", (False, True): "maybe", (False, False): "no"}[certain, possible] == expected


def test_a_conclusion_drawn_from_not_knowing_goes_when_it_is_known() -> None:
    """The one way in which an answer takes back something certain, and rule authors ask for it by naming `unknown`."""
    text = text_of(
        [rule_text("ask", [{"vendor.dpa[$v]": {"in": ["none", "unknown"]}}], [{"obligation": "dpa.get[$v]"}])]
    )
    engine = ReferenceEngine(program_of(text))
    assert engine.infer(both("vendor.dpa", "v", "unknown")).derived
    assert not engine.infer(both("vendor.dpa", "v", "signed")).derived


@pytest.mark.parametrize("engine", [ReferenceEngine, DurableEngine])
@pytest.mark.parametrize(
    ("values", "expected"),
    [(("a", "unknown"), ("b",)), (("unknown",), ("a", "b")), (("a",), ()), (("b",), ()), (None, ())],
)
def test_beside_unknown_not_asks_what_was_said(
    engine: Any, values: tuple[Value, ...] | None, expected: tuple[Value, ...]
) -> None:
    """Of "a, and perhaps more" a is certain; a rule that names `unknown` concludes about the rest only."""
    conditions = [{"base.word": "unknown"}, {"base.many": "$x"}, {"not": {"base.word": "$x"}}]
    program = program_of(text_of([rule_text("rest", conditions, [{"row.holds": "$x"}])]))
    facts = [*facts_of({("base.word", SHOP): values}), *both("base.many", SHOP, "a"), *both("base.many", SHOP, "b")]
    derived = engine(program).infer(facts).derived
    assert {fact.value for fact in derived if fact.attribute == "row.holds!"} == set(expected)


def test_rules_hold_from_their_first_to_their_last_day() -> None:
    rule = rule_text("dated", "always", [{"rule.holds": "yes"}], valid={"from": "2026-06-19", "until": "2026-12-31"})
    program = program_of(text_of([rule]))
    days = ("2026-06-18", "2026-06-19", "2026-12-31", "2027-01-01")
    assert [bool(ReferenceEngine(program.on(day)).infer([]).derived) for day in days] == [False, True, True, False]
