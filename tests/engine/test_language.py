"""Broken rules are refused with the right line and words that help; right ones are read as they are meant.

Each row is the part of a rule that is broken. The line where the problem must be reported carries the mark `# <-`.
"""

from __future__ import annotations

import time

import pytest
from generate import program_of, read, rule_text, rules_of, text_of

from advisor.model import SHOP, Body, Conclusion, Condition

RULE = {
    "id": "  - id: test.rule",
    "when": "    when:\n      - vendor.role[$v]: processor",
    "then": "    then:\n      - obligation: test.duty[$v]",
    "because": "    because: {en: 'Because {v} does.', lv: 'Tāpēc ka {v}.'}",
    "source": "    source: [gdpr:28]",
    "checked": "    checked: 2026-11-23",
    "confidence": "    confidence: K",
}
"""A rule without mistakes, part by part."""


def whole(**parts: str) -> str:
    """The rule with some parts replaced; an empty part is left out."""
    return "\n".join(["rules:", *(text for text in (RULE | parts).values() if text)]) + "\n"


def marked_line(text: str) -> int:
    return 1 + next(number for number, line in enumerate(text.splitlines()) if "# <-" in line)


BROKEN: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "unknown test": (
        {"when": "    when:\n      - vendor.role[$v]: any\n      - shop.staff: {at-leest: 10} # <-"},
        ("no test 'at-leest'", "did you mean at-least?"),
    ),
    "unlike any test": (
        {"when": "    when:\n      - vendor.role[$v]: {matches: x} # <-"},
        ("no test 'matches'", "{below: n}"),
    ),
    "two tests": (
        {"when": "    when:\n      - vendor.role[$v]: {in: [a], is-not: b} # <-"},
        ("one test at a time",),
    ),
    "two keys": (
        {"when": "    when:\n      - vendor.role[$v]: processor # <-\n        vendor.country[$v]: US"},
        ("each condition is one attribute",),
    ),
    "a bare word": ({"when": "    when:\n      - vendor.role # <-"}, ("each condition is one attribute",)),
    "not a list": ({"when": "    when:\n      vendor.role[$v]: any # <-"}, ("conditions must be a list", "dash")),
    "list without in": ({"when": "    when:\n      - vendor.role[$v]: [a, b] # <-"}, ("a list needs {in: [..]}",)),
    "empty in": ({"when": "    when:\n      - vendor.role[$v]: {in: []} # <-"}, ("takes a list of values",)),
    "is-not a list": ({"when": "    when:\n      - vendor.role[$v]: {is-not: [a, b]} # <-"}, ("takes one value",)),
    "compared with a variable": (
        {"when": "    when:\n      - vendor.role[$v]: {is-not: $v} # <-"},
        ("compares with constants only",),
    ),
    "boolean": ({"when": "    when:\n      - vendor.role[$v]: true # <-"}, ("true is not a value", "write yes or no")),
    "fraction": ({"when": "    when:\n      - vendor.role[$v]: 1.5 # <-"}, ("a word, a whole number or a date",)),
    "no value": ({"when": "    when:\n      - vendor.role[$v]: # <-"}, ("a word, a whole number or a date",)),
    "no variable name": ({"when": "    when:\n      - vendor.role[$v]: $V # <-"}, ("'$V' is not a variable",)),
    "no attribute": (
        {"when": "    when:\n      - vendor role[$v]: any # <-"},
        ("'vendor role[$v]' is not an attribute",),
    ),
    "bracket left open": ({"when": "    when:\n      - vendor.role[$v: any # <-"}, ("is not an attribute",)),
    "no obligation": ({"when": "    when:\n      - obligation: Pay Up # <-"}, ("'Pay Up' is not an obligation",)),
    "obligation with its subject before it": (
        {"when": "    when:\n      - obligation[$v]: any # <-"},
        ("subject in the wrong place", "obligation: id[subject]"),
    ),
    "empty any-of": (
        {"when": "    when:\n      - vendor.role[$v]: any\n      - any-of: # <-"},
        ("any-of needs a list",),
    ),
    "mistake within any-of": (
        {"when": "    when:\n      - any-of:\n          - - vendor.role[$v]: a\n          - - a.b[$v]: {on: b} # <-"},
        ("no test 'on'",),
    ),
    "mistake within not": (
        {"when": "    when:\n      - vendor.role[$v]: any\n      - not:\n          vendor.dpa[$v]: [a] # <-"},
        ("a list needs {in: [..]}",),
    ),
    "no when": ({"id": RULE["id"] + " # <-", "when": ""}, ("'when' is missing", "when: always")),
    "no then": ({"id": RULE["id"] + " # <-", "then": ""}, ("'then' is missing",)),
    "empty then": ({"then": "    then: [] # <-"}, ("concludes nothing",)),
    "concluding unknown": (
        {"then": "    then:\n      - vendor.dpa[$v]: unknown # <-"},
        ("cannot conclude 'unknown'",),
    ),
    "concluding any": ({"then": "    then:\n      - vendor.dpa[$v]: any # <-"}, ("cannot conclude 'any'",)),
    "concluding a list": (
        {"then": "    then:\n      - vendor.dpa[$v]: [a, b] # <-"},
        ("a word, a whole number or a date",),
    ),
    "concluding an obligation with its subject before it": (
        {"then": "    then:\n      - ask-expert[$v]: test.duty # <-"},
        ("subject in the wrong place",),
    ),
    "unbound in the conclusion": (
        {"id": RULE["id"] + " # <-", "then": "    then:\n      - obligation: test.duty[$w]"},
        ("the conclusion uses $w", "add a condition"),
    ),
    "unbound in the conclusion's value": (
        {"id": RULE["id"] + " # <-", "then": "    then:\n      - vendor.reaches[$v]: $c"},
        ("the conclusion uses $c",),
    ),
    "unbound in not": (
        {
            "id": RULE["id"] + " # <-",
            "when": "    when:\n      - vendor.role[$v]: any\n      - not:\n          vendor.dpa[$w]: signed",
        },
        ("'not vendor.dpa[$w]: signed' uses $w",),
    ),
    "bound only in not": (
        {"id": RULE["id"] + " # <-", "when": "    when:\n      - not:\n          vendor.dpa[$v]: signed"},
        ("the conclusion uses $v",),
    ),
    "bound in one alternative only": (
        {
            "id": RULE["id"] + " # <-",
            "when": "    when:\n      - any-of:\n          - - vendor.role[$v]: any\n          - - shop.staff: 1",
        },
        ("the conclusion uses $v",),
    ),
    "unbound in the text": (
        {"id": RULE["id"] + " # <-", "because": "    because: {en: 'Because of {w}.', lv: 'Tā.'}"},
        ("the text names {w}",),
    ),
    "no Latvian": ({"because": "    because: {en: So.} # <-"}, ("text in Latvian is missing",)),
    "empty English": ({"because": "    because: {en: ' ', lv: Tā.} # <-"}, ("text in English is missing",)),
    "no reason": ({"id": RULE["id"] + " # <-", "because": ""}, ("the text 'because' is missing",)),
    "no source": ({"id": RULE["id"] + " # <-", "source": ""}, ("'source' is missing",)),
    "empty source": ({"source": "    source: [] # <-"}, ("'source' is empty",)),
    "no date": ({"id": RULE["id"] + " # <-", "checked": ""}, ("'checked' is missing",)),
    "wrong date": ({"checked": "    checked: 23.11.2026 # <-"}, ("must be a date such as 2026-11-23",)),
    "a date that does not exist": ({"checked": "    checked: 2026-02-30 # <-"}, ("must be a date",)),
    "ends before it begins": (
        {"checked": RULE["checked"] + "\n    valid: {from: 2027-01-01, until: 2026-01-01} # <-"},
        ("ends before it begins",),
    ),
    "bad confidence": (
        {"confidence": "    confidence: sure # <-"},
        ("'sure' is no confidence mark", "one of V, V2, K, ?"),
    ),
    "bad reading": ({"confidence": "    confidence: 'V:17' # <-"}, ("'V:17' is no confidence mark",)),
    "no confidence": ({"id": RULE["id"] + " # <-", "confidence": ""}, ("'confidence' is missing",)),
    "unknown basis": ({"confidence": RULE["confidence"] + "\n    basis: opinon # <-"}, ("did you mean opinion?",)),
    "unknown field": (
        {"confidence": RULE["confidence"] + "\n    sources: [x] # <-"},
        ("no field 'sources'", "source?"),
    ),
    "no id": ({"id": "", "when": "  - when: # <-\n      - vendor.role[$v]: any"}, ("'id' is missing",)),
    "multiplies out too far": (
        {"when": "    when:\n      - vendor.role[$v]: any # <-" + "\n      - any-of: [[a.a: 1], [a.b: 1]]" * 7},
        ("any-of multiplies out to 128 alternatives", "at most 64"),
    ),
    "too many conditions": (
        {"when": "    when:\n      - vendor.role[$v]: any # <-" + "".join(f"\n      - a.a{n}: 1" for n in range(14))},
        ("15 conditions in one rule", "at most 14"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken(name: str) -> None:
    parts, fragments = BROKEN[name]
    text = whole(**parts)
    _, problems = read(text)
    assert problems, "nothing was found"
    assert {problem.line for problem in problems} == {marked_line(text)}
    for fragment in fragments:
        assert any(fragment in f"{problem.what} {problem.hint}" for problem in problems), problems


def test_the_rule_without_mistakes() -> None:
    assert read(whole())[1] == ()


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    first = whole(checked="    checked: soon", confidence="    confidence: sure", source="")
    second = whole(then="    then:\n      - vendor.dpa[$v]: unknown")
    assert len(read(first + second.removeprefix("rules:\n"))[1]) == 4


def test_multiplying_out_without_end_is_refused_quickly() -> None:
    when = [{"any-of": [[{"a.a": 1}], [{"a.b": 1}], [{"a.c": 1}]]}] * 60
    start = time.perf_counter()
    _, problems = read(text_of([rule_text("r", when, [{"a.d": 1}])]))
    assert "multiplies out" in problems[0].what
    assert time.perf_counter() - start < 2


# --- circles ----------------------------------------------------------------------------------------------------------


def test_circle_through_not_in_one_rule() -> None:
    text = text_of([rule_text("r", [{"a.item[$x]": "any"}, {"not": {"a.b[$x]": "yes"}}], [{"a.b[$x]": "yes"}])])
    (problem,) = read(text)[1]
    assert (problem.line, problem.what) == (2, "rule r: a circle through 'not': a.b <- a.b")
    assert "settled without this rule" in problem.hint


@pytest.mark.parametrize("turned", [False, True])
def test_circle_through_not_over_two_rules(turned: bool) -> None:
    rules = [
        rule_text("r", [{"a.item": "any"}, {"not": {"a.b": "yes"}}], [{"a.c": "yes"}]),
        rule_text("s", [{"a.c": "yes"}], [{"a.b": "yes"}]),
    ]
    (problem,) = read(text_of(reversed(rules) if turned else rules))[1]
    assert (problem.line, problem.what) == (3 if turned else 2, "rule r: a circle through 'not': a.c <- a.b <- a.c")


def test_circle_through_not_over_a_second_conclusion() -> None:
    """The conclusions of one rule are drawn together, so each counts as reading what the rule reads."""
    text = text_of([rule_text("r", [{"not": {"a.b": "yes"}}], [{"a.c": "yes"}, {"a.b": "yes"}])])
    assert "circle through 'not'" in read(text)[1][0].what


def test_circle_through_obligations() -> None:
    def duty(own: str, other: str) -> str:
        return rule_text(own, [{"not": {"obligation": other}}], [{"obligation": own}])

    assert "circle" in read(text_of([duty("a.one", "a.two"), duty("a.two", "a.one")]))[1][0].what
    assert read(text_of([duty("a.one", "a.two"), duty("a.two", "a.three")]))[1] == ()


def test_circle_through_positive_conditions_is_fine() -> None:
    rules = [
        rule_text("r", [{"a.b[$x]": "yes"}], [{"a.c[$x]": "yes"}]),
        rule_text("s", [{"a.c[$x]": "yes"}, {"not": {"a.item[$x]": "any"}}], [{"a.b[$x]": "yes"}]),
    ]
    assert read(text_of(rules))[1] == ()
    assert {clause.stratum for clause in program_of(text_of(rules)).clauses} == {1}


# --- reading ----------------------------------------------------------------------------------------------------------


def test_what_is_read() -> None:
    text = whole(
        when="""    when:
      - vendor.role[$v]: {in: [processor, NO]}
      - vendor.country[$v]: $c
      - shop.staff: {at-least: 10}
      - obligation: test.other[$v]
      - not: {"vendor.dpa[$v]": no}
      - any-of:
          - - country.status[$c]: third
            - not: {shop.since: {below: 2026-01-01}}
          - - country.flag[RU]: any""",
        then="    then:\n      - ask-expert: test.duty\n      - vendor.checked[$v]: $c",
        checked=RULE["checked"] + "\n    valid: {from: 2026-06-19}",
    )
    (rule,) = rules_of(text)
    shared = (
        Condition("vendor.role", "$v", "in", ("processor", "NO")),
        Condition("vendor.country", "$v", "variable", ("$c",)),
        Condition("shop.staff", SHOP, "at-least", (10,)),
        Condition("obligation", "$v", "is", ("test.other",)),
    )
    dpa = Condition("vendor.dpa", "$v", "is", ("no",))
    assert rule.bodies == (
        Body(
            (*shared, Condition("country.status", "$c", "is", ("third",))),
            (dpa, Condition("shop.since", SHOP, "below", ("2026-01-01",))),
        ),
        Body((*shared, Condition("country.flag", "RU", "any")), (dpa,)),
    )
    assert rule.then == (Conclusion("ask-expert", SHOP, "test.duty"), Conclusion("vendor.checked", "$v", "$c"))
    assert (rule.id, rule.source, rule.place.line, rule.basis) == ("test.rule", ("gdpr:28",), 2, "statute")
    assert rule.valid.covers("2026-06-19") and not rule.valid.covers("2026-06-18")
    assert str(rule.bodies[0].positive[0]) == "vendor.role[$v]: {in: [processor, NO]}"
    assert str(rule.then[0]) == "ask-expert: test.duty"
