"""Mutating rules: which changes there are, who notices them; that only a part of the rules is run changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.engine.program import Program, compile_rules
from advisor.engine.reference import ReferenceEngine
from advisor.model import Fact
from advisor.mutating.mutants import clauses_of, mutants
from advisor.mutating.surviving import Trial
from advisor.mutating.triggers import is_table, triggers
from advisor.mutating.witnesses import Witness, seen
from advisor.yamlio import parse
from tests.explaining.generated import shop_of
from tests.explaining.running import run
from tests.explaining.shared import DAY, ROOT, tiny

RULES = """
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
  - id: shop.rooms
    type: number
    number: {min: 0, max: 100}
    title: {en: T, lv: T}
    ask: {en: Rooms?, lv: Telpas?}
    help: {en: H., lv: H.}
rules:
  - id: shop.large
    when: [{shop.rooms: {at-least: 10}}]
    then: [{shop.large: yes}]
    because: {en: Large., lv: Liels.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.lights.rooms
    when:
      - shop.sells: {in: [goods, services]}
      - shop.vendors: $v
      - {"vendor.function[$v]": hosting}
      - not: {shop.large: yes}
    then: [{obligation: "shop.lights[$v]"}]
    because: {en: "{v} needs light.", lv: "{v} vajag gaismu."}
    source: ["act:2"]
    checked: 2026-01-01
    confidence: K
    valid: {from: 2026-01-01, until: 2026-12-31}
"""


def test_every_change_that_is_still_a_rule() -> None:
    rules = tiny(RULES).rules
    assert [mutant.what for mutant in mutants(rules["shop.lights.rooms"])] == [
        "left out",
        "also before 2026-01-01",
        "also after 2026-12-31",
        "without shop.sells: {in: [goods, services]}",
        "not shop.sells: {in: [goods, services]}",
        "shop.sells: {in: [goods, services]} as shop.sells: {in: [services]}",
        "shop.sells: {in: [goods, services]} as shop.sells: {in: [goods]}",
        "without shop.vendors: $v",
        "not shop.vendors: $v",
        "without vendor.function[$v]: hosting",
        "not vendor.function[$v]: hosting",
        "without not shop.large: yes",
        "shop.large: yes instead of not",
    ]
    assert "shop.rooms: {at-least: 10} as shop.rooms: {at-least: 11}" in {
        mutant.what for mutant in mutants(rules["shop.large"])
    }


def test_what_is_negated_is_settled_before() -> None:
    """Two rules that read each other: to negate one of them in the other would be a circle, and is no mutant."""
    ring = RULES.replace(
        "when: [{shop.rooms: {at-least: 10}}]", "when: [{shop.rooms: {at-least: 10}}, {shop.wide: yes}]"
    )
    ring += """
  - id: shop.wide
    when: [{shop.large: yes}]
    then: [{shop.wide: yes}]
    because: {en: Wide., lv: Plats.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
"""
    consultation = tiny(ring)
    refused = {
        (name, mutant.what)
        for name in ("shop.large", "shop.wide")
        for mutant in mutants(consultation.rules[name])
        if clauses_of(mutant, consultation.program) is None
    }
    assert refused == {("shop.large", "not shop.wide: yes"), ("shop.wide", "not shop.large: yes")}


TABLE = """
- rule: shop.large
  fires: {shop.rooms: 10}
  not: {shop.rooms: 9}
- rule: shop.lights.rooms
  as_of: 2026-12-31
  fires: {shop.sells: [goods], shop.rooms: 3, vendors: [{name: Alfa, function: hosting}]}
  not: {shop.sells: [goods], shop.rooms: 30, vendors: [{name: Alfa, function: hosting}]}
  not_as_of: 2027-01-01
"""


def test_tables_of_triggers_are_read() -> None:
    found = triggers(TABLE.encode(), "table.yaml")
    assert [(item.rule, item.line, item.day, item.speaks) for item in found] == [
        ("shop.large", 2, "", True),
        ("shop.large", 2, "", False),
        ("shop.large", 2, "", False),  # without its only answer
        ("shop.lights.rooms", 5, "2026-12-31", True),
        *[("shop.lights.rooms", 5, "2026-12-31", False)] * 4,  # the neighbour, and without each of three answers
        ("shop.lights.rooms", 5, "2027-01-01", False),
    ]
    assert found[0].answers == "shop.rooms: 10\n"
    for text, table in ((TABLE, True), ("rules: []", False), ("[1, 2]", False), ("- {rule: a}", False)):
        assert is_table(parse(text, "x.yaml")[0]) is table


def test_what_nobody_notices(tmp_path: Path) -> None:
    """The table says nothing of services, of other work than hosting, or of the first day; all else is noticed."""
    knowledge = tmp_path / "base"
    for part in ("rules", "knowledge"):
        (knowledge / part).mkdir(parents=True)
        for path in (ROOT / "tests" / "knowledge" / "base" / part).glob("*.yaml"):
            (knowledge / part / path.name).write_bytes(path.read_bytes())
    (knowledge / "knowledge" / "phrases_all.yaml").write_bytes((ROOT / "knowledge" / "phrases.yaml").read_bytes())
    (knowledge / "knowledge" / "extra.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "table.yaml").write_text(TABLE, encoding="utf-8")
    arguments = ("mutate", str(tmp_path / "tables"), "--knowledge", str(knowledge), "--rule", "shop.l", "--as-of", DAY)
    done = run(tmp_path, *arguments, "--format", "json")
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert [item["mutation"] for item in found["unnoticed"] if item["rule"] == "shop.lights.rooms"] == [
        "also before 2026-01-01",
        "shop.sells: {in: [goods, services]} as shop.sells: {in: [goods]}",
        "without shop.vendors: $v",
        "without vendor.function[$v]: hosting",
    ]
    text = run(tmp_path, *arguments).stdout
    assert "shop.lights.rooms (knowledge/extra.yaml:" in text and "\n  also before 2026-01-01\n" in text
    assert text.endswith(f"{found['tried']} mutants, {found['tried'] - len(found['unnoticed'])} noticed, "
                         f"{len(found['unnoticed'])} not\n")  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mutate", "docs"), "there are no cases"),
        (("mutate", "transcripts", "--rule", "transfer.scx"), "there is no rule 'transfer.scx'"),
        (("mutate", "transcripts", "--as-of", "yesterday"), "is not a date"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2 and said in done.stderr


def test_a_part_of_the_rules_notices_what_the_whole_does() -> None:
    """Random small rule bases: every mutant is noticed exactly if the whole mutated program shows another plan."""
    outcomes = {True: 0, False: 0}
    for seed in range(25):
        consultation, case = shop_of(seed)
        program, _ = compile_rules(consultation.base.rules)
        facts = consultation.situations.of(case.answers).facts
        trial = Trial(program, [Witness(name="shop", day=DAY, facts=facts)])
        before = _plan(program.on(DAY), facts)
        for rule in consultation.base.rules:
            for mutant in mutants(rule):
                clauses = clauses_of(mutant, program)
                if clauses is None:
                    assert trial.noticed_by(mutant) is None
                    continue
                others = [clause for clause in program.clauses if clause.rule != rule.id]
                everything = sorted((*others, *clauses), key=lambda clause: clause.stratum)
                after = _plan(Program(clauses=tuple(everything)).on(DAY), facts)
                outcomes[before != after] += 1
                assert trial.noticed_by(mutant) == ("shop" if before != after else ""), (seed, mutant.id, mutant.what)
    assert min(outcomes.values()) > 50


def _plan(program: Program, facts: tuple[Fact, ...]) -> object:
    return seen(ReferenceEngine(program).infer(facts), program, {"shop.lights"})
