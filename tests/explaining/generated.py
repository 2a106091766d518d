"""Small random shops: a rule base of a dozen rules and a case for it, for tests that try everything there is to try.

Rules are stratified by construction: what is derived stands on two levels, a rule reads its own level and those below
and negates only what lies below, so rules of one level may feed each other. Questions may depend on one another,
partners may be named or not, answers may be missing or unknown. The same seed gives the same shop.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.case import Case
from advisor.consultation import Consultation
from tests.explaining.shared import case_from, tiny

ANSWERS = ("yes", "no")
OF_SHOP = ("shop.p", "shop.q", "shop.r")
OF_VENDOR = ("vendor.m", "vendor.n")
LEVELS = (("shop.one", "vendor.one"), ("shop.two", "vendor.two"))
DUTY = "shop.lights"

_QUESTION = """
  - id: {name}
    type: yes-no{of}{when}
    title: {{en: T, lv: T}}
    ask: {{en: "{name}?", lv: "{name}?"}}
    help: {{en: H., lv: H.}}
"""
_RULE = """
  - id: {name}
    when: [{when}]
    then: [{then}]
    because: {{en: "{name} speaks.", lv: "{name} runā."}}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K{valid}
"""
_DECISION = """
  - id: {name}-{value}
    attribute: {attribute}
    {what}: {value}
    text: {{en: "take {value}", lv: "ņemt {value}"}}
"""


def shop_of(seed: int) -> tuple[Consultation, Case]:
    """A random shop. Its only obligation is DUTY, concluded by several rules, for the shop or for partners."""
    chance = random.Random(seed)
    consultation = tiny(_text(chance))
    return consultation, case_from(consultation, _answers(chance))


def every_answer(consultation: Consultation) -> Iterator[Case]:
    """Every case with at most one partner in which every question is answered."""
    for vendors in ([], [{"name": "Alfa", "function": "hosting"}]):
        names = [*OF_SHOP, *(OF_VENDOR if vendors else ())]
        for values in itertools.product(ANSWERS, repeat=len(names)):
            given: dict[str, Any] = dict(zip(names, values, strict=True))
            about = {name.removeprefix("vendor."): given.pop(name) for name in names if name.startswith("vendor.")}
            yield case_from(
                consultation, {"shop.sells": ["services"], **given, "vendors": [{**item, **about} for item in vendors]}
            )


def _text(chance: random.Random) -> str:
    when = f"\n    when: [{{{chance.choice(OF_SHOP[:2])}: yes}}]" if chance.random() < 0.5 else ""
    questions = [_QUESTION.format(name=name, of="", when=when if name == OF_SHOP[2] else "") for name in OF_SHOP]
    questions += [_QUESTION.format(name=name, of="\n    of: vendor", when="") for name in OF_VENDOR]
    decisions = [
        _DECISION.format(name=name.replace(".", "-"), attribute=name, what="to", value=value)
        for name in (*OF_SHOP, *OF_VENDOR)
        for value in ANSWERS
        if chance.random() < 0.6
    ]
    if chance.random() < 0.5:
        decisions.append(_DECISION.format(name="vendors", attribute="shop.vendors", what="without", value="any"))
    rules = [
        _rule(chance, f"{head}.r{number}", head, level)
        for level, heads in enumerate(LEVELS)
        for head in heads
        for number in range(chance.randint(1, 3))
    ]
    rules += [_rule(chance, f"{DUTY}.r{number}", DUTY, len(LEVELS)) for number in range(chance.randint(2, 3))]
    return "".join(
        (
            "topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}\nquestions:",
            *questions,
            "changeable:" if decisions else "",
            *decisions,
            "rules:",
            *rules,
        )
    )


def _rule(chance: random.Random, name: str, head: str, level: int) -> str:
    """One rule. What it negates is of a lower level; its partner is one of the shop's."""
    about_vendor = head.startswith("vendor.") or chance.random() < 0.5
    given = [*OF_SHOP, *(OF_VENDOR if about_vendor else ())]
    derived = [item for below in LEVELS[: level + 1] for item in below if about_vendor or item.startswith("shop.")]
    lower = [*given, *(item for below in LEVELS[:level] for item in below if about_vendor or item.startswith("shop."))]
    conditions = ["{shop.vendors: $v}"] if about_vendor else []
    conditions += [_condition(chance, chance.choice([*given, *derived])) for _ in range(chance.randint(1, 2))]
    if chance.random() < 0.6:
        conditions.append(f"{{not: {_condition(chance, chance.choice(lower))}}}")
    if head == DUTY:
        then = f'{{obligation: "{DUTY}{"[$v]" if about_vendor and chance.random() < 0.5 else ""}"}}'
    else:
        then = f'{{"{head}{"[$v]" if head.startswith("vendor.") else ""}": yes}}'
    valid = chance.choice([*[""] * 8, "\n    valid: {from: 2026-01-01}", "\n    valid: {until: 2026-01-01}"])
    return _RULE.format(name=name, when=", ".join(conditions), then=then, valid=valid)


def _condition(chance: random.Random, name: str) -> str:
    value = "yes" if name in itertools.chain(*LEVELS) else chance.choice(["yes", "yes", "no", "unknown"])
    return f'{{"{name}{"[$v]" if name.startswith("vendor.") else ""}": {value}}}'


def _answers(chance: random.Random) -> Mapping[str, Any]:
    def some(names: tuple[str, ...]) -> dict[str, Any]:
        said = {name: chance.choice(["yes"] * 5 + ["no"] * 5 + ["unknown", None]) for name in names}
        return {name: value for name, value in said.items() if value is not None}

    found: dict[str, Any] = {"shop.sells": ["services"], **some(OF_SHOP)}
    named = chance.choice([[], ["Alfa"], ["Alfa"], ["Alfa", "Beta"], ["Alfa", "Beta"], None])
    if named is not None:
        about = [(name, some(OF_VENDOR)) for name in named]
        found["vendors"] = [
            {"name": name, "function": "hosting", **{key.removeprefix("vendor."): value for key, value in said.items()}}
            for name, said in about
        ]
    return found
