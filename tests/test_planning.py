"""How the plan is ordered: gates, scores, inheritance, adjustments inside a band, what hangs on open answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from advisor.case import Case
from advisor.interview import Interview
from advisor.planning import Plan, score


@pytest.fixture
def plan(interview: Interview, case_of: Callable[..., Case]) -> Callable[..., Plan]:
    def make(**answers: Any) -> Plan:
        named = {name.replace("__", "."): value for name, value in answers.items()}
        return interview.plan(case_of(interview, named))

    return make


def ranks(plan: Plan) -> dict[str, int]:
    return {line.id: line.rank for line in plan.lines}


def test_a_stop_is_p0_whatever_its_points(plan: Callable[..., Plan], interview: Interview) -> None:
    line = plan(shop__goods=["tobacco_nicotine"], shop__sells=["goods"]).line("adjacent.tobacco-ban")
    assert line is not None and line.band == "P0" and line.rank == 1
    assert line.action.gate and score(interview.base, line.action) < 150


def test_the_score_is_the_published_formula(interview: Interview) -> None:
    action = interview.base.actions["seller-info.identity"]
    rate = action.rate
    assert score(interview.base, action) == (
        10 * rate.severity + 6 * rate.likelihood + 8 * rate.deadline - 3 * (rate.effort - 1)
    )


def test_prerequisites_inherit_the_band(plan: Callable[..., Plan]) -> None:
    """Retention is P2 by itself and P1 because the privacy notice needs it."""
    line = plan().line("purpose.retention")
    assert line is not None and line.band == "P1" and line.action.band == "P2"
    assert line.inherited_from == "purpose.privacy-notice"


def test_what_a_stop_needs_becomes_p1_not_p0(plan: Callable[..., Plan]) -> None:
    found = plan(vendors=[{"name": "Far Ltd", "function": "crm", "role": "processor", "country": "RU",
                           "processing_countries": ["RU"], "consumer_grade": "no"}])  # fmt: skip
    stop, mapped = found.line("transfer.high-risk-country"), found.line("transfer.map")
    assert stop is not None and stop.band == "P0" and not stop.maybe
    assert mapped is not None and mapped.band == "P1"


def test_facts_reorder_inside_a_band_and_are_named(plan: Callable[..., Plan]) -> None:
    planned, live = plan(shop__status="planned"), plan(shop__status="live")
    assert {line.id: line.band for line in planned.lines} == {
        line.id: line.band for line in live.lines if line.id in ranks(planned)
    }
    assert all(any(item.id == "live" for item in line.adjustments) for line in live.lines)
    assert not any(line.adjustments for line in planned.lines)


def test_one_action_for_several_subjects(plan: Callable[..., Plan]) -> None:
    vendors = [
        {"name": name, "function": "crm", "role": "processor", "country": "EE", "processing_countries": ["EE"],
         "dpa": "none", "consumer_grade": "no"}
        for name in ("Alpha Ltd", "Beta Ltd")
    ]  # fmt: skip
    line = plan(vendors=vendors).line("processor.dpa")
    assert line is not None and line.about == ("alpha-ltd", "beta-ltd")


def test_a_maybe_says_on_what_it_hangs_and_stands_apart(plan: Callable[..., Plan]) -> None:
    found = plan()
    (line,) = [line for line in found.maybe if line.id == "seller-info.vat-number"]
    assert line.maybe and line.hangs_on == (("seller.vat_registered", "shop"),)
    assert "seller-info.vat-number" not in ranks(found)
    assert ("seller.vat_registered", "shop") in found.unanswered


def test_dont_know_keeps_the_maybe_and_no_drops_it(plan: Callable[..., Plan]) -> None:
    assert any(line.id == "seller-info.vat-number" for line in plan(seller__vat_registered="unknown").maybe)
    closed = plan(seller__vat_registered="no")
    assert not any(line.id == "seller-info.vat-number" for line in (*closed.maybe, *closed.lines))


def test_assumptions_are_listed_with_their_date(plan: Callable[..., Plan]) -> None:
    found = plan(vendors=["Mailchimp"])
    assumed = {(item.ask, item.of): item for item in found.assumptions}
    assert assumed["vendor.country", "mailchimp"].value == "US"
    assert assumed["vendor.dpf_active", "mailchimp"].value == "unknown"
    assert all(item.as_of for item in found.assumptions)


def test_upcoming_law_concerns_this_plan(plan: Callable[..., Plan]) -> None:
    for item in plan(shop__sells=["goods"], shop__own_brand="yes").upcoming:
        assert "2026-11-23" < item.day <= "2027-11-24"
