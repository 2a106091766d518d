"""Small random rule bases and cases for the tests of the engines.

Rule bases are texts in the rule language, safe and stratified by construction: attributes live on levels, a rule
concludes facts of one level, reads that level and those below, and negates only what lies below. Cases are answers
given, partly given, unknown or still open, written out as facts of both readings.

The number of examples is fixed and the same on every run; ADVISOR_TESTS=full runs many more, with fresh randomness.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from advisor.engine import language
from advisor.engine.program import CERTAIN, POSSIBLE, Program, compile_rules
from advisor.errors import Problem
from advisor.fields import Report
from advisor.model import SHOP, UNKNOWN, Fact, Rule, Value
from advisor.yamlio import flow, parse

FULL = os.environ.get("ADVISOR_TESTS") == "full"

SUBJECTS = ("a", "b", "10", SHOP)
CONSTANTS: tuple[Value, ...] = ("a", "b", "10", 10, 11, "2026-06-19", "2027-01-01")
DOMAINS: Mapping[str, tuple[Value, ...]] = {
    "base.word": ("a", "b", "10"),
    "base.number": (9, 10, 11),
    "base.mixed": ("a", "2026-06-19", "10", 10),
}
"""The attributes that answers give, with all the values they can have."""
LEVELS: tuple[tuple[str, ...], ...] = (
    tuple(DOMAINS),
    ("one.p", "one.q", "obligation one.duty"),
    ("two.p", "obligation two.duty"),
    ("three.p", "obligation three.duty", "ask-expert three.judge"),
)
VARIABLES = ("$x", "$y", "$z")

Answers = Mapping[tuple[str, str], tuple[Value, ...] | None]
"""What was answered for each (attribute, subject): the values, or None while it is open."""


def examples(quick: int) -> Callable[[Any], Any]:
    """Settings for a test with so many examples in an ordinary run."""
    return settings(
        max_examples=quick * 40 if FULL else quick,
        derandomize=not FULL,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# --- reading ----------------------------------------------------------------------------------------------------------


def read(text: str) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of a text and everything that is wrong with them, the circles through `not` included."""
    root, problems = parse(text, "test.yaml")
    if root is None:
        return (), problems
    report = Report("test.yaml")
    found = [language.rule(node, report) for node in root.value["rules"].value]
    rules = tuple(rule for rule in found if rule is not None)
    return rules, (*problems, *report.problems, *compile_rules(rules)[1])


def rules_of(text: str) -> tuple[Rule, ...]:
    """The rules of a text that is known to be right."""
    rules, problems = read(text)
    assert problems == (), "\n".join(map(str, problems))
    return rules


def program_of(text: str) -> Program:
    return compile_rules(rules_of(text))[0]


def rule_text(identifier: str, when: Any, then: list[Any], **more: Any) -> str:
    """One rule, as one line of YAML."""
    fixed = {"because": {"en": "so", "lv": "tā"}, "source": ["gdpr:1"], "checked": "2026-11-23", "confidence": "K"}
    return "- " + flow({"id": identifier, "when": when, "then": then} | fixed | more)


def text_of(rules: Iterable[str]) -> str:
    return "\n".join(["rules:", *rules]) + "\n"


def both(attribute: str, subject: str, value: Value) -> tuple[Fact, Fact]:
    """A fact that is certain, and therefore possible as well."""
    return Fact(attribute + CERTAIN, subject, value), Fact(attribute + POSSIBLE, subject, value)


# --- rule bases -------------------------------------------------------------------------------------------------------


def _pattern(name: str, subject: str, test: Any) -> dict[str, Any]:
    """A condition or conclusion; obligations have no value to test."""
    bracket = "" if subject == SHOP else f"[{subject}]"
    if " " in name:
        kind, identifier = name.split()
        return {kind: identifier + bracket}
    return {name + bracket: test}


def _tests(variables: tuple[str, ...], constants: tuple[Value, ...]) -> st.SearchStrategy[Any]:
    constant = st.sampled_from(constants)
    kinds: list[st.SearchStrategy[Any]] = [
        constant,
        st.just("any"),
        st.lists(constant, min_size=1, max_size=3).map(lambda values: {"in": values}),
        constant.map(lambda value: {"is-not": value}),
        st.sampled_from([{"at-least": 10}, {"below": 11}, {"at-least": "2026-12-01"}, {"below": "2027-01-01"}]),
    ]
    if variables:  # twice, because joins are what is most worth testing
        kinds = [st.sampled_from(variables), st.sampled_from(variables), *kinds]
    return st.one_of(kinds)


@st.composite
def _positive(draw: st.DrawFn, level: int, constants: tuple[Value, ...]) -> tuple[dict[str, Any], frozenset[str]]:
    """A condition on this level or below, and the variables it binds."""
    name = draw(st.sampled_from(LEVELS[draw(st.sampled_from((level, 0, *range(level))))]))
    subject = draw(st.sampled_from((*VARIABLES, "$x", "$x", *SUBJECTS)))
    test = draw(_tests(VARIABLES, constants))
    bound = {word for word in (subject, None if " " in name else test) if isinstance(word, str) and word[0] == "$"}
    return _pattern(name, subject, test), frozenset(bound)


@st.composite
def _negative(draw: st.DrawFn, level: int, bound: tuple[str, ...], constants: tuple[Value, ...]) -> dict[str, Any]:
    """A negated condition below this level, whose variables are bound."""
    name = draw(st.sampled_from(LEVELS[draw(st.integers(0, level - 1))]))
    subject = draw(st.sampled_from((*bound, *SUBJECTS)))
    return {"not": _pattern(name, subject, draw(_tests(bound, constants)))}


@st.composite
def _rule(draw: st.DrawFn, number: int, constants: tuple[Value, ...]) -> str:
    level = 1 + number % (len(LEVELS) - 1)
    count = draw(st.sampled_from((2, 1, 0, 2, 3, 3)))
    found = [draw(_positive(level, constants)) for _ in range(count)]
    bound = tuple(sorted(frozenset().union(*(variables for _, variables in found))))
    when: list[Any] = [condition for condition, _ in found]
    if draw(st.integers(0, 4)) == 0:
        group = st.lists(
            st.one_of(_positive(level, constants).map(lambda pair: pair[0]), _negative(level, bound, constants)),
            min_size=1,
            max_size=2,
        )
        when.append({"any-of": draw(st.lists(group, min_size=2, max_size=3))})
    when += draw(st.lists(_negative(level, bound, constants), max_size=2))
    value = st.sampled_from((*bound, *bound, *CONSTANTS))
    head = st.builds(_pattern, st.sampled_from(LEVELS[level]), st.sampled_from((*bound, *bound, *SUBJECTS)), value)
    then = draw(st.lists(head, min_size=1, max_size=2))
    return rule_text(f"test.rule-{number}", when or "always", then)


CLOSURE = (
    rule_text("test.start", [{"base.word[$x]": "$y"}], [{"one.p[$x]": "$y"}]),
    rule_text("test.further", [{"one.p[$x]": "$y"}, {"one.p[$y]": "$z"}], [{"one.p[$x]": "$z"}]),
)


@st.composite
def rule_bases(draw: st.DrawFn, *, names_unknown: bool = True) -> str:
    """A rule base as text. Without `names_unknown`, no condition treats "I don't know" as a value of its own."""
    constants = (*CONSTANTS, UNKNOWN) if names_unknown else CONSTANTS
    rules = [draw(_rule(number, constants)) for number in range(draw(st.sampled_from((6, 9, 12, 3))))]
    return text_of([*rules, *draw(st.sampled_from(((), CLOSURE)))])


# --- cases ------------------------------------------------------------------------------------------------------------

PLACES = tuple((attribute, subject) for attribute in DOMAINS for subject in SUBJECTS)


def possible_answers(attribute: str) -> tuple[tuple[Value, ...], ...]:
    """Everything that can be answered: one value, several, none of them, unknown, or some and more unknown."""
    domain = DOMAINS[attribute]
    return (*((value,) for value in domain), domain[:2], (), (UNKNOWN,), (domain[0], UNKNOWN))


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    return {
        (attribute, subject): draw(st.sampled_from((None, (), *possible_answers(attribute))))
        for attribute, subject in PLACES
    }


def facts_of(given: Answers) -> tuple[Fact, ...]:
    """The facts of both readings: what is open or unknown may be anything, also unknown."""
    facts: list[Fact] = []
    for (attribute, subject), values in given.items():
        if values is None or UNKNOWN in values:
            facts += (Fact(attribute + POSSIBLE, subject, value) for value in (*DOMAINS[attribute], UNKNOWN))
        for value in values or ():
            facts += both(attribute, subject, value)
    return tuple(dict.fromkeys(facts))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Fact, ...]:
    """The facts of a case, now and then with given facts of attributes that rules conclude as well."""
    extra = st.tuples(
        st.sampled_from(("one.p", "two.p")),
        st.sampled_from(SUBJECTS),
        st.sampled_from(CONSTANTS),
        st.booleans(),
    )
    facts = list(facts_of(draw(answers())))
    for attribute, subject, value, certain in draw(st.lists(extra, max_size=2)):
        facts += both(attribute, subject, value) if certain else both(attribute, subject, value)[1:]
    return tuple(facts)
