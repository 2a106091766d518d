"""The law of the day asked for: what begins, ends and is announced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from advisor.case import Case
from advisor.interview import Interview
from advisor.planning import Plan

SHOP: Mapping[str, Any] = {
    "shop.audience": "b2c",
    "shop.online_ordering": "yes",
    "shop.sells": ["goods"],
    "shop.goods": ["general"],
    "shop.excluded_contracts": "none",
    "shop.odr_link_present": "yes",
    "shop.status": "live",
    "vendors": [
        {"name": "Londonmail Ltd", "function": "email_marketing", "role": "processor", "country": "GB",
         "processing_countries": ["GB"], "dpa": "signed", "mechanism": "adequacy", "consumer_grade": "no"}
    ],
}  # fmt: skip


@pytest.fixture
def plan_on(interview_on: Callable[[str], Interview], case_of: Callable[..., Case]) -> Callable[..., Plan]:
    def on(day: str, **more: Any) -> Plan:
        interview = interview_on(day)
        return interview.plan(case_of(interview, {**SHOP, **more}))

    return on


@pytest.mark.parametrize(
    ("obligation", "absent", "present"),
    [
        ("seller-info.withdrawal-function", "2026-06-18", "2026-06-19"),
        ("seller-info.odr-link-removal", "2025-07-19", "2025-07-20"),
        ("seller-info.odr-link", "2025-07-20", "2025-07-19"),
    ],
)
def test_duties_begin_and_end_on_their_day(
    plan_on: Callable[..., Plan], obligation: str, absent: str, present: str
) -> None:
    assert obligation in {line.id for line in plan_on(present).lines}
    assert obligation not in {line.id for line in plan_on(absent).lines}


def test_the_guarantee_notice_is_a_reason_from_its_day_on(plan_on: Callable[..., Plan]) -> None:
    rules = {
        day: set(plan_on(day).line("seller-info.legal-guarantee").rules)  # type: ignore[union-attr]
        for day in ("2026-09-26", "2026-09-27")
    }
    assert rules["2026-09-26"] < rules["2026-09-27"]


def test_the_uk_decision_ends_and_is_announced(plan_on: Callable[..., Plan]) -> None:
    before, after = plan_on("2031-12-27"), plan_on("2031-12-28")
    assert "transfer.adequacy" in {line.id for line in before.lines}
    assert "transfer.scc" not in {line.id for line in before.lines}
    assert "transfer.scc" in {line.id for line in after.lines}
    assert any(item.day == "2031-12-27" for item in plan_on("2031-01-15").upcoming)
    assert not any(item.day == "2031-12-27" for item in plan_on("2030-06-01").upcoming)


def test_brazil_is_adequate_from_its_decision_on(plan_on: Callable[..., Plan]) -> None:
    vendors = [{**SHOP["vendors"][0], "country": "BR", "processing_countries": ["BR"]}]
    before, after = plan_on("2026-01-25", vendors=vendors), plan_on("2026-01-26", vendors=vendors)
    assert "transfer.adequacy" not in {line.id for line in before.lines}
    assert "transfer.adequacy" in {line.id for line in after.lines}


@pytest.mark.parametrize("day", ["2025-01-01", "2025-06-01", "2026-06-19", "2026-11-23", "2027-06-01", "2032-01-01"])
def test_any_day_gives_a_plan(plan_on: Callable[..., Plan], day: str) -> None:
    plan = plan_on(day)
    assert len(plan.lines) > 25 and plan.as_of == day and plan.knowledge_day == "2026-11-23"
