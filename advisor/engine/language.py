"""Reads the rule language (docs/rule-language.md) from YAML nodes into `Rule` values.

Purely syntax: whether attributes, values and sources exist is for the cross-check; safety and stratification are for
the compiler. Problems are collected, never raised.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

from advisor.errors import did_you_mean
from advisor.fields import Fields, Report
from advisor.model import ASK_EXPERT, OBLIGATION, SHOP, Body, Conclusion, Condition, Operator, Rule, Text, Value
from advisor.yamlio import Node

MAX_BODIES = 64
MAX_CONDITIONS = 14

_KEY = re.compile(r"(?P<attribute>[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*)(\[(?P<subject>\$?[A-Za-z0-9_.-]+)\])?\Z")
_VARIABLE = re.compile(r"\$[a-z][a-z0-9_]*\Z")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_RULE_FIELDS = ("id", "when", "then", "because", "source", "checked", "confidence", "basis", "valid")
_OPERATORS: dict[str, Operator] = {"in": "in", "is-not": "is-not", "at-least": "at-least", "below": "below"}
_CONFIDENCE = re.compile(r"(V|V2)(:S\d\d(,S\d\d)*)?\Z|K\Z|\?\Z")

ALLOWED_TESTS = "a value, a $variable, any, {in: [..]}, {is-not: v}, {at-least: n} or {below: n}"


def confidence(fields: Fields) -> str:
    """The confidence mark of a rule, action or source."""
    mark = fields.word("confidence")
    if mark and not _CONFIDENCE.match(mark):
        fields.problem("confidence", f"{mark!r} is no confidence mark", 'one of V, V2, K, ? with readings: "V:S02,S05"')
    return mark


def rule(node: Node, report: Report) -> Rule | None:
    """One rule; None if it is too broken to go on with."""
    fields = Fields(node, report, "rule", _RULE_FIELDS)
    identifier = fields.word("id")
    before = len(report.problems)
    alternatives = bodies(fields)
    then = tuple(
        conclusion
        for item in fields.items("then", required=True)
        if (conclusion := _conclusion(item, report, fields.what)) is not None
    )
    concluding = fields.node("then")
    if concluding is not None and concluding.value == []:
        fields.problem("then", "concludes nothing")
    because = fields.said("because")
    sources = fields.words("source", required=True)
    found = Rule(
        id=identifier,
        bodies=alternatives,
        then=then,
        because=because,
        source=sources,
        checked=fields.day("checked"),
        confidence=confidence(fields),
        basis=fields.word("basis", "statute", ("statute", "guidance", "opinion")),  # type: ignore[arg-type]
        valid=fields.validity(),
        place=fields.place(),
    )
    if len(report.problems) == before:
        _check_safety(found, report)
    return found if identifier else None


def conditions(fields: Fields, name: str = "when") -> tuple[Condition, ...]:
    """A plain list of positive conditions, as questions and adjustments use it."""
    found: list[Condition] = []
    for item in fields.items(name):
        parsed = _pattern(item, fields.report, fields.what)
        if parsed is not None:
            found.append(parsed)
    return tuple(found)


def alternatives(fields: Fields, name: str = "when") -> tuple[tuple[Condition, ...], ...]:
    """Conditions with `any-of` multiplied out and without `not`, as questions use them; empty where there are none."""
    node = fields.node(name)
    if node is None:
        return ()
    found = _conjunction(node, fields.report, fields.what)
    if any(negative for alternative in found for negative, _ in alternative):
        fields.problem(name, f"a question's {name!r} cannot use not", "name the values for which it is asked")
    return tuple(tuple(condition for _, condition in alternative) for alternative in found)


def bodies(fields: Fields) -> tuple[Body, ...]:
    """The conditions of a rule, with `not`, and with `any-of` multiplied out into alternatives."""
    node = fields.node("when")
    if node is None:
        fields.problem("when", "'when' is missing", "write when: always for a rule without conditions")
        return ()
    if node.value == "always":
        return (Body(()),)
    if node.value == []:
        fields.problem("when", "'when' is empty", "write when: always for a rule without conditions")
        return ()
    found = []
    for alternative in _conjunction(node, fields.report, fields.what):
        if len(alternative) > MAX_CONDITIONS:
            fields.problem(
                "when", f"{len(alternative)} conditions in one rule", f"at most {MAX_CONDITIONS}: chain rules"
            )
        found.append(
            Body(
                tuple(condition for negative, condition in alternative if not negative),
                tuple(condition for negative, condition in alternative if negative),
            )
        )
    return tuple(found)


Literal = tuple[bool, Condition]
"""(negated, condition)."""


def _conjunction(node: Node, report: Report, what: str) -> list[tuple[Literal, ...]]:
    """All conditions of a list, multiplied out into alternatives."""
    if not isinstance(node.value, list):
        report.add(node.line, f"{what}: conditions must be a list", "start each condition with a dash")
        return [()]
    factors: list[list[tuple[Literal, ...]]] = []
    for item in node.value:
        key = _single_key(item, report, what)
        if key is None:
            continue
        inner = item.value[key]
        if key == "any-of":
            groups = inner.value if isinstance(inner.value, list) else []
            if not groups:
                report.add(item.line, f"{what}: any-of needs a list of groups of conditions")
                continue
            factors.append([body for group in groups for body in _conjunction(_as_list(group), report, what)])
        elif key == "not":
            parsed = _pattern(inner, report, what)
            if parsed is not None:
                factors.append([((True, parsed),)])
        else:
            parsed = _pattern(item, report, what)
            if parsed is not None:
                factors.append([((False, parsed),)])
    count = math.prod(map(len, factors))  # counted first: a few dozen any-of would never finish multiplying out
    if count > MAX_BODIES:
        report.add(node.line, f"{what}: any-of multiplies out to {count} alternatives", f"at most {MAX_BODIES}")
        return [()]
    return [tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*factors)]


def _as_list(node: Node) -> Node:
    return node if isinstance(node.value, list) else Node([node], node.line)


def _single_key(node: Node, report: Report, what: str) -> str | None:
    if not isinstance(node.value, dict) or len(node.value) != 1:
        report.add(node.line, f"{what}: each condition is one attribute and its test", f"attribute: {ALLOWED_TESTS}")
        return None
    return str(next(iter(node.value)))


def _pattern(node: Node, report: Report, what: str) -> Condition | None:
    key = _single_key(node, report, what)
    if key is None:
        return None
    test: Node = node.value[key]
    if key in (OBLIGATION, ASK_EXPERT):
        target = _KEY.match(str(test.value))
        if target is None:
            report.add(test.line, f"{what}: {test.value!r} is not an obligation")
            return None
        return Condition(key, target["subject"] or SHOP, "is", (target["attribute"],))
    target = _KEY.match(key)
    if target is None:
        report.add(node.line, f"{what}: {key!r} is not an attribute", "write attribute or attribute[subject]")
        return None
    if target["attribute"] in (OBLIGATION, ASK_EXPERT):
        report.add(node.line, f"{what}: {key!r} has its subject in the wrong place", "write obligation: id[subject]")
        return None
    parsed = _test(test, report, f"{what}, {key}")
    if parsed is None:
        return None
    return Condition(target["attribute"], target["subject"] or SHOP, *parsed)


def _test(node: Node, report: Report, what: str) -> tuple[Operator, tuple[Value, ...]] | None:
    value = node.value
    if isinstance(value, dict):
        if len(value) != 1:
            report.add(node.line, f"{what}: one test at a time", ALLOWED_TESTS)
            return None
        name, operand = next(iter(value.items()))
        if name not in _OPERATORS:
            report.add(node.line, f"{what}: there is no test {name!r}", did_you_mean(name, _OPERATORS) or ALLOWED_TESTS)
            return None
        operands = operand.value if isinstance(operand.value, list) else [operand]
        values = tuple(v for item in operands if (v := _value(item, report, what)) is not None)
        if (name != "in" and len(values) != 1) or not values:
            report.add(node.line, f"{what}: {name} takes {'a list of values' if name == 'in' else 'one value'}")
            return None
        if any(isinstance(v, str) and v.startswith("$") for v in values):
            report.add(node.line, f"{what}: {name} compares with constants only")
            return None
        return _OPERATORS[name], values
    if isinstance(value, list):
        report.add(node.line, f"{what}: a list needs {{in: [..]}}", "or one condition for each value")
        return None
    if value == "any":
        return "any", ()
    found = _value(node, report, what)
    if found is None:
        return None
    if isinstance(found, str) and found.startswith("$"):
        if not _VARIABLE.match(found):
            report.add(node.line, f"{what}: {found!r} is not a variable", "a $ and small letters")
            return None
        return "variable", (found,)
    return "is", (found,)


def _value(node: Node, report: Report, what: str) -> Value | None:
    value: Any = node.value
    if isinstance(value, bool):
        report.add(node.line, f"{what}: {str(value).lower()} is not a value", "write yes or no")
        return None
    if isinstance(value, str | int) and value != "":
        return value
    report.add(node.line, f"{what}: the value must be a word, a whole number or a date")
    return None


def _conclusion(node: Node, report: Report, what: str) -> Conclusion | None:
    key = _single_key(node, report, what)
    if key is None:
        return None
    test: Node = node.value[key]
    if key in (OBLIGATION, ASK_EXPERT):
        target = _KEY.match(str(test.value))
        if target is None:
            report.add(test.line, f"{what}: {test.value!r} is not an obligation", "obligation: id or id[$variable]")
            return None
        return Conclusion(key, target["subject"] or SHOP, target["attribute"])
    target = _KEY.match(key)
    if target is None:
        report.add(node.line, f"{what}: {key!r} is not an attribute")
        return None
    if target["attribute"] in (OBLIGATION, ASK_EXPERT):
        report.add(node.line, f"{what}: {key!r} has its subject in the wrong place", "write obligation: id[subject]")
        return None
    value = _value(test, report, what)
    if value is None:
        return None
    if value in ("any", "unknown"):
        report.add(test.line, f"{what}: a rule cannot conclude {value!r}")
        return None
    return Conclusion(target["attribute"], target["subject"] or SHOP, value)


def placeholders(text: Text) -> set[str]:
    """The names in braces in either language."""
    return set(_PLACEHOLDER.findall(text.en)) | set(_PLACEHOLDER.findall(text.lv))


def _check_safety(found: Rule, report: Report) -> None:
    """Every variable of a conclusion, a negation or the text stands in a positive condition of every alternative."""
    for body in found.bodies:
        bound = {variable for condition in body.positive for variable in condition.variables()}
        needed = {variable for conclusion in found.then for variable in conclusion.variables()}
        for variable in sorted(needed - bound):
            report.add(
                found.place.line,
                f"rule {found.id}: the conclusion uses {variable}, which no positive condition binds",
                "add a condition that says what it stands for",
            )
        for condition in body.negative:
            for variable in sorted(set(condition.variables()) - bound):
                report.add(
                    found.place.line,
                    f"rule {found.id}: 'not {condition}' uses {variable}, which no positive condition binds",
                    "add a condition that says what it stands for",
                )
        for name in sorted(placeholders(found.because) - {variable[1:] for variable in bound}):
            report.add(
                found.place.line, f"rule {found.id}: the text names {{{name}}}, which is no variable of the rule"
            )
