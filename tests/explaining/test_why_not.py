"""Why not: for every obligation that is not certain, what is suggested does conclude it, by the rule that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.case import Case
from advisor.explaining.changes import changed
from advisor.explaining.lines import why_not_lines
from advisor.explaining.refusals import why_not_branch
from advisor.explaining.why_not import RULES, Check, WhyNot, why_not
from advisor.explaining.words import Words
from advisor.interview import Interview
from advisor.model import Locale
from tests.explaining.shared import SCENARIOS, case_from, shop, tiny
from tests.explaining.test_how import texts


def missing(interview: Interview, case: Case) -> list[str]:
    """The obligations that are not certain."""
    certain = {due.id for due in interview.conclusions(case).certain}
    return [name for name in interview.base.actions if name not in certain]


def check_suggestions(interview: Interview, case: Case, found: WhyNot, spare: bool = True) -> None:
    """Something is suggested, or no rule is law on that day; what is suggested works, and nothing can be spared."""
    concluding = {rule.id for rule in interview.base.rules if any(head.value == found.obligation for head in rule.then)}
    if not found.nearest:
        assert {rule.id for rule in found.out_of_force} == concluding, found.obligation
    assert len(found.nearest) <= RULES
    for item in found.nearest:
        after = interview.conclude(changed(case, item.answers).answers)
        due = next(due for due in after.certain if due.id == found.obligation and due.subject == item.subject)
        assert item.rule in after.rules_for(due)
        for taken in item.answers if spare and len(item.answers) > 1 else ():
            fewer = changed(case, [answer for answer in item.answers if answer is not taken])
            left = interview.conclude(fewer.answers)
            assert due not in left.certain or item.rule not in left.rules_for(due), (found.obligation, taken)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_suggestion_works(path: Path, interview: Interview) -> None:
    case = shop(path, interview)
    for name in missing(interview, case):
        check_suggestions(interview, case, why_not(interview, case, name))


def test_from_the_first_question_on(interview: Interview) -> None:
    """Nobody has said anything yet: partners and people have to be named first."""
    case = Case(name="empty", as_of=interview.as_of, locale=Locale.EN)
    for name in missing(interview, case):
        check_suggestions(interview, case, why_not(interview, case, name), spare=False)


def test_what_holds_and_what_fails(interview: Interview) -> None:
    case = case_from(
        interview,
        {"vendors": [{"name": "Alfa", "function": "hosting", "role": "processor", "dpa": "signed"}]},
    )
    found = why_not(interview, case, "processor.no-dpa-stop", "alfa")
    (item,) = found.nearest
    assert [(answer.ask, answer.of, answer.value) for answer in item.answers] == [("vendor.dpa", "alfa", "not_offered")]
    assert flat(item.checks) == [("vendor.acts_as", "holds"), ("vendor.dpa", "fails")]
    assert why_not_lines(interview, case, "processor.no-dpa-stop for Alfa", width=200)[-2:] == (
        "  - with this answer it would apply:",
        "    - Alfa: what is agreed in writing about how it handles your customers' data (a data processing agreement, "
        "DPA)? → It refuses or offers none",
    )


def flat(checks: tuple[Check, ...]) -> list[tuple[str, str]]:
    return [(check.condition.attribute, check.status) for check in checks]


def test_a_rule_of_another_day_is_named(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    found = why_not(interview, case, "seller-info.odr-link")
    assert not found.nearest and [rule.id for rule in found.out_of_force] == ["seller-info.odr-link"]
    assert "until 2025-07-19" in " ".join(why_not_lines(interview, case, "seller-info.odr-link"))


def test_what_does_apply_is_said_to(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    lines = why_not_lines(interview, case, "transfer.map")
    assert lines[0] == "It does apply to you." and lines[1].startswith("Why this applies to you")


def test_what_is_negated_must_go() -> None:
    """The rule negates a derived fact that two answers support: both have to be different."""
    consultation = tiny("""
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
  - id: shop.noise
    type: choices
    title: {en: T, lv: T}
    ask: {en: Noise?, lv: Troksnis?}
    help: {en: H., lv: H.}
    none: {label: {en: Quiet, lv: Kluss}}
    options:
      - {value: radio, label: {en: Radio, lv: Radio}}
      - {value: engine, label: {en: Engine, lv: Dzinējs}}
rules:
  - id: shop.loud.radio
    when: [{shop.noise: radio}]
    then: [{shop.loud: yes}]
    because: {en: The radio is on., lv: Radio ir ieslēgts.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.loud.engine
    when: [{shop.noise: engine}, {shop.sells: services}]
    then: [{shop.loud: yes}]
    because: {en: The engine runs., lv: Dzinējs darbojas.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.lights.quiet
    when: [{shop.sells: services}, {not: {shop.loud: yes}}]
    then: [{obligation: shop.lights}]
    because: {en: Quiet services need light., lv: Klusiem pakalpojumiem vajag gaismu.}
    source: ["act:2"]
    checked: 2026-01-01
    confidence: K
""")
    case = case_from(consultation, {"shop.sells": ["services"], "shop.noise": ["radio", "engine"]})
    found = why_not(consultation, case, "shop.lights")
    quiet = next(item for item in found.nearest if item.rule == "shop.lights.quiet")
    assert [(answer.ask, answer.value) for answer in quiet.answers] == [("shop.noise", ())]
    assert "  - stands against it: The radio is on." in why_not_lines(consultation, case, "shop.lights")


@pytest.mark.parametrize("locale", list(Locale))
def test_every_refusal_is_said(locale: Locale, interview: Interview) -> None:
    case = shop(SCENARIOS[5], interview, locale)
    words = Words(interview, case)
    for name in missing(interview, case):
        for text in texts(why_not_branch(words, why_not(interview, case, name))):
            assert text.strip() and "{" not in text and "$" not in text, (name, text)
