"""Differences of plans: what moved and why; and what is behind each of them, facts, law or the knowledge base."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest

from advisor.engine.program import Program
from advisor.explaining.comparing import Comparison, compare
from advisor.explaining.differences import Row, differences
from advisor.explaining.differing import comparison_branch
from advisor.explaining.sides import Consultations, Side
from advisor.interview import Interview
from advisor.knowledge.files import KnowledgeFile, read
from advisor.knowledge.load import load
from advisor.model import KnowledgeBase
from advisor.planning import Plan
from tests.explaining.shared import DAY, ROOT, SCENARIOS, case_from, shop, tiny, tiny_files
from tests.explaining.test_how import texts

Knowledge = tuple[KnowledgeBase, Program]
Compare = Callable[..., Comparison]

BEFORE = "2026-06-18"
AFTER = "2026-06-19"


@pytest.fixture(scope="module")
def other_knowledge() -> Knowledge:
    """A later knowledge base: one rule gone, one changed, one new, one said differently, one action rated higher."""

    def edited(file: KnowledgeFile) -> KnowledgeFile:
        text = file.data.decode()
        text = text.replace("- shop.accounts: mandatory\n    then:", "- shop.accounts: optional\n    then:")
        text = text.replace(
            "Every shop passes customer data to others", "Each and every shop passes customer data to others"
        )
        if file.name == "rules/processor.yaml":
            start = text.index("  - id: processor.staff-and-freelancers\n")
            text = text[:start] + text[text.index("  - id: processor.staff-and-freelancers.person\n") :]
            text += NEW_RULE
        return KnowledgeFile(file.name, text.encode())

    base, program = load(tuple(edited(file) for file in read(ROOT)))
    return base, program


NEW_RULE = """
  - id: processor.card-data.any
    when: [{shop.online_ordering: yes}]
    then: [{obligation: processor.card-data}]
    because: {en: Card data everywhere., lv: Karšu dati visur.}
    source: ["gdpr:32"]
    checked: 2026-11-23
    confidence: K
"""


def side(knowledge: Knowledge, interview: Interview, number: int = 1, day: str = DAY, **other: object) -> Side:
    base, program = knowledge
    case = case_from(interview, other) if other else shop(SCENARIOS[number], interview)
    return Side(case=case, base=base, program=program, day=day)


def by_key(found: Comparison) -> dict[tuple[str, str], tuple[str, ...]]:
    return {item.row.key: tuple(cause.factor for cause in item.causes) for item in found.rows}


# --- what is different ---


def plans(interview: Interview, before: dict[str, object], after: dict[str, object]) -> tuple[Plan, Plan]:
    return interview.plan(case_from(interview, before)), interview.plan(case_from(interview, after))


def test_the_same_plan_has_no_differences(interview: Interview) -> None:
    for path in SCENARIOS:
        plan = interview.plan(shop(path, interview))
        assert differences(plan, plan) == ()


def test_there_and_back_is_the_opposite(interview: Interview) -> None:
    opposite = {"added": "removed", "removed": "added", "possible": "ruled-out", "ruled-out": "possible"}
    opposite["uncertain"] = "added"
    all_plans = [interview.plan(shop(path, interview)) for path in SCENARIOS]
    for before, after in itertools.pairwise(all_plans):
        there = {row.key for row in differences(before, after) if row.kind in opposite}
        back = {row.key for row in differences(after, before) if row.kind in opposite}
        for these, others in ((there, back), (back, there)):
            for name, kind in these:
                assert (name, opposite[kind]) in others or (kind == "added" and (name, "uncertain") in others)


def test_what_only_may_be_any_more_is_not_gone(interview: Interview) -> None:
    """An answer that is not known any more makes lines uncertain; nobody may think that they went away."""
    before, after = plans(interview, {"shop.audience": "b2c"}, {"shop.audience": "unknown"})
    rows = {row.key: row for row in differences(before, after)}
    row = rows["seller-info.complaints", "uncertain"]
    assert row.after is not None and row.after.maybe and ("shop.audience", "shop") in row.after.hangs_on
    assert not any(kind == "removed" for _, kind in rows)


def test_a_line_moves_with_what_needs_it(interview: Interview) -> None:
    """Children bring an assessment that needs the list of purposes: it moves up, and is said to be needed for that."""
    before, after = plans(interview, {"data.children": "no"}, {"data.children": "offered_directly"})
    rows = {row.key: row for row in differences(before, after)}
    added = {name for name, kind in rows if kind == "added"}
    assert "purpose.children" in added
    for row in rows.values():
        if row.kind in ("up", "down"):
            assert row.before is not None and row.after is not None
            assert set(row.needed_by) <= added and all(
                row.id in interview.base.actions[name].needs for name in row.needed_by
            )


def test_only_what_changed_its_place_has_moved(interview: Interview) -> None:
    """An open shop adds points to some lines only: the others keep their order and are not said to have moved."""
    before, after = plans(interview, {"shop.status": "planned"}, {"shop.status": "live"})
    moved = [row for row in differences(before, after) if row.kind in ("up", "down")]
    for row in moved:
        assert row.before is not None and row.after is not None
        assert row.adjustments or row.before.score != row.after.score or row.before.band != row.after.band
    order = [line.id for line in before.lines]
    still = [name for name in order if name not in {row.id for row in moved}]
    assert [line.id for line in after.lines if line.id in still] == [name for name in still if after.line(name)]


def test_other_subjects_and_other_reasons(interview: Interview) -> None:
    vendor = {"function": "hosting", "role": "processor", "dpa": "none", "country": "LV", "consumer_grade": "no"}
    before, after = plans(
        interview,
        {"vendors": [{"name": "Alfa", **vendor}], "shop.audience": "b2c", "shop.online_ordering": "yes"},
        {"vendors": [{"name": "Beta", **vendor}], "shop.audience": "both", "shop.online_ordering": "yes"},
    )
    rows: dict[tuple[str, str], Row] = {row.key: row for row in differences(before, after)}
    about = rows["processor.dpa", "about"]
    assert about.about == ("beta",) and about.gone_about == ("alfa",)
    reasons = rows["seller-info.terms", "reasons"]
    assert reasons.rules == ("seller-info.terms.mixed-shop",) and reasons.gone_rules == ()


# --- what is behind it ---


def test_two_days_differ_by_law_alone(knowledge: Knowledge, interview: Interview) -> None:
    found = compare(side(knowledge, interview, day=BEFORE), side(knowledge, interview, day=AFTER), Consultations())
    assert found.factors == ("law",) and found.reworded == ()
    assert by_key(found) == {("seller-info.withdrawal-function", "added"): ("law",)}
    (cause,) = found.rows[0].causes
    assert cause.rules == ("seller-info.withdrawal-function",)


def test_an_adequacy_decision_that_ends_is_law(knowledge: Knowledge, interview: Interview) -> None:
    vendor = {"name": "Alfa", "function": "hosting", "role": "processor", "country": "GB", "mechanism": "adequacy"}
    left = side(knowledge, interview, day="2031-12-27", vendors=[vendor])
    right = side(knowledge, interview, day="2031-12-28", vendors=[vendor])
    found = compare(left, right, Consultations())
    gone = next(item for item in found.rows if item.row.key == ("transfer.adequacy", "uncertain"))
    assert gone.causes[0].factor == "law" and gone.causes[0].countries == ("GB",)
    said = texts(comparison_branch(found, Consultations()))
    assert any("before: United Kingdom: adequacy decision" in text and "no adequacy decision" in text for text in said)


def test_two_cases_differ_by_facts_alone(knowledge: Knowledge, interview: Interview) -> None:
    found = compare(side(knowledge, interview, 0), side(knowledge, interview, 6), Consultations())
    assert found.factors == ("facts",)
    vat = next(item for item in found.rows if item.row.key == ("adjacent.vat-check", "removed"))
    ((before, after),) = vat.causes[0].answers
    assert before is not None and after is not None
    assert (before.ask, before.value, after.value) == ("seller.vat_registered", "no", "yes")


def test_two_knowledge_bases_differ_by_rules_and_wording(
    knowledge: Knowledge, other_knowledge: Knowledge, interview: Interview
) -> None:
    found = compare(side(knowledge, interview), side(other_knowledge, interview), Consultations())
    assert found.factors == ("rules",)
    rules = {item.row.key: item.causes[0].rules for item in found.rows}
    assert rules["processor.card-data", "added"] == ("processor.card-data.any",)
    assert rules["processor.staff-and-freelancers", "uncertain"] == ("processor.staff-and-freelancers",)
    assert rules["purpose.guest-checkout", "added"] == ("purpose.guest-checkout",)
    assert [(item.id, item.rules) for item in found.reworded] == [("processor.register", ("processor.register",))]
    said = texts(comparison_branch(found, Consultations()))
    for text in ("new rule: processor.card-data.any", "rule gone: processor.staff-and-freelancers",
                 "changed rule: purpose.guest-checkout", "changed reasons: processor.register"):  # fmt: skip
        assert text in said


def test_everything_at_once_is_taken_apart(
    knowledge: Knowledge, other_knowledge: Knowledge, interview: Interview
) -> None:
    """Other answers, another day and another knowledge base: each difference has its own cause."""
    answers = {
        "shop.audience": "b2c",
        "shop.sells": ["goods"],
        "shop.goods": ["general"],
        "shop.online_ordering": "yes",
        "shop.excluded_contracts": "none",
    }
    left = side(knowledge, interview, day=BEFORE, **answers, **{"seller.vat_registered": "no"})
    right = side(other_knowledge, interview, day=AFTER, **answers, **{"seller.vat_registered": "yes"})
    found = compare(left, right, Consultations())
    assert found.factors == ("facts", "law", "rules")
    causes = by_key(found)
    assert causes["seller-info.vat-number", "added"] == ("facts",)
    assert causes["adjacent.vat-check", "uncertain"] == ("facts",)
    assert causes["seller-info.withdrawal-function", "added"] == ("law",)
    assert causes["processor.card-data", "added"] == ("rules",)


def test_what_needs_two_changes_at_once_names_both(knowledge: Knowledge, interview: Interview) -> None:
    """A rule that begins, and an answer without which it would say nothing."""
    left = side(knowledge, interview, day="2026-08-01", **{"shop.ai_chat": "none"})
    right = side(knowledge, interview, day="2026-08-02", **{"shop.ai_chat": "own_branded_bot"})
    assert by_key(compare(left, right, Consultations()))["adjacent.ai-chat", "added"] == ("facts", "law")


def test_a_coming_change_of_law_touches_some_cases(knowledge: Knowledge, interview: Interview) -> None:
    """The online withdrawal function concerns every reference shop that sells to consumers, and only those."""
    pairs = [
        (side(knowledge, interview, number, BEFORE), side(knowledge, interview, number, AFTER))
        for number in range(len(SCENARIOS))
    ]
    consultations = Consultations()
    names = [left.case.name for left, right in pairs if compare(left, right, consultations).touched]
    assert names == [path.stem for path in SCENARIOS if path.stem != "f8-wholesaler"]


# --- what no explanation can name ---

LAMPS = """
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
  - id: shop.markets
    type: countries
    title: {en: T, lv: T}
    ask: {en: Where?, lv: Kur?}
    help: {en: H., lv: H.}
rules:
  - id: shop.daylight.goods
    when: [{shop.sells: goods}]
    then: [{shop.daylight: yes}]
    because: {en: Goods are shown by day., lv: Preces rāda dienā.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.daylight.services
    when: [{shop.sells: services}]
    then: [{shop.daylight: yes}]
    because: {en: Services happen by day., lv: Pakalpojumi notiek dienā.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.lights.dark
    when: [{shop.sells: services}, {not: {shop.daylight: yes}}]
    then: [{obligation: shop.lights}]
    because: {en: It is dark., lv: Ir tumšs.}
    source: ["act:2"]
    checked: 2026-01-01
    confidence: K
  - id: shop.lights.abroad
    when: [{shop.markets: $c}, {"country.status[$c]": third}]
    then: [{obligation: shop.lights}]
    because: {en: "Far away: {c}.", lv: "Tālu: {c}."}
    source: ["act:2"]
    checked: 2026-01-01
    confidence: K
countries:
  - {iso: XX, name: {en: Exland, lv: Eksija, ru: Икс}}
"""


def lamps(text: str, **answers: object) -> Side:
    consultation = tiny(text)
    case = case_from(consultation, {"shop.sells": ["services"], "shop.markets": ["LV"], **answers})
    return Side(case=case, base=consultation.base, program=consultation.program, day=DAY)


def test_a_rule_that_is_gone_is_behind_what_it_prevented() -> None:
    start, end = LAMPS.index("  - id: shop.daylight.services"), LAMPS.index("  - id: shop.lights.dark")
    found = compare(lamps(LAMPS), lamps(LAMPS[:start] + LAMPS[end:]), Consultations())
    (item,) = found.rows
    assert item.row.key == ("shop.lights", "added") and item.causes[0].rules == ("shop.daylight.services",)


def test_a_rule_that_ends_is_behind_what_it_prevented() -> None:
    said = "lv: Pakalpojumi notiek dienā.}\n"
    dated = LAMPS.replace(said, f"{said}    valid: {{until: 2026-06-30}}\n")
    sides = []
    for day in ("2026-06-30", "2026-07-01"):
        base, program = load(tiny_files(dated))
        sides.append(Side(case=lamps(LAMPS).case, base=base, program=program, day=day))
    (item,) = compare(sides[0], sides[1], Consultations()).rows
    assert item.row.key == ("shop.lights", "added") and item.causes[0].factor == "law"
    assert item.causes[0].rules == ("shop.daylight.services",)


def test_what_is_known_of_a_country_is_behind_it() -> None:
    here = lamps(LAMPS, **{"shop.markets": ["XX"]})
    there = lamps(LAMPS.replace("ru: Икс}}", "ru: Икс}, eea: yes}"), **{"shop.markets": ["XX"]})
    (item,) = compare(here, there, Consultations()).rows
    assert item.row.kind == "removed" and item.causes[0].countries == ("XX",) and item.causes[0].rules == ()


def test_an_action_rated_otherwise_is_behind_its_move(knowledge: Knowledge, interview: Interview) -> None:
    def edited(file: KnowledgeFile) -> KnowledgeFile:
        text = file.data.decode()
        if "  - id: processor.register\n" in text:
            start = text.index("  - id: processor.register\n")
            rated = re.sub(
                r"rate: {[^}]*}", "rate: {severity: 5, likelihood: 5, deadline: 3, effort: 1}", text[start:], count=1
            )
            text = text[:start] + re.sub(r"band: P\d", "band: P1", rated, count=1)
        return KnowledgeFile(file.name, text.encode())

    base, program = load(tuple(edited(file) for file in read(ROOT)))
    found = compare(side(knowledge, interview), side((base, program), interview), Consultations())
    (item,) = [item for item in found.rows if item.row.id == "processor.register"]
    assert item.row.kind == "up" and item.causes[0].actions == ("processor.register",)
