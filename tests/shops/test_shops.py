"""Shops that no scenario describes, read as a lawyer would: must, must not, and where a person has to judge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor import yamlio
from advisor.case import Case
from advisor.interview import Interview
from advisor.model import Locale
from advisor.render.page import page


def _shops() -> tuple[dict[str, Any], ...]:
    path = Path(__file__).parent / "shops.yaml"
    root, problems = yamlio.parse(path.read_text(encoding="utf-8"), path.name)
    assert root is not None and not problems, "\n".join(map(str, problems))
    said = root.plain()
    return tuple(shop | {"answers": _over(said["base"], shop["answers"])} for shop in said["shops"])


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in (base | own).items() if value is not None}


SHOPS = _shops()


@pytest.mark.parametrize("shop", SHOPS, ids=[shop["id"] for shop in SHOPS])
def test_the_plan_holds_what_it_must(shop: dict[str, Any], interview: Interview, case_of: Callable[..., Case]) -> None:
    plan = interview.plan(case_of(interview, shop["answers"]))
    bands = {line.id: line.band for line in plan.lines}
    must = {name: band for band, names in shop["must"].items() for name in names}
    assert {name: bands.get(name) for name in must} == must
    assert bands.keys() & set(shop["must_not"]) == set()


@pytest.mark.parametrize("shop", SHOPS, ids=[shop["id"] for shop in SHOPS])
def test_a_person_judges_what_no_program_can(
    shop: dict[str, Any], interview: Interview, case_of: Callable[..., Case]
) -> None:
    judged = {due.id for due in interview.conclude(case_of(interview, shop["answers"]).answers).experts}
    assert set(shop.get("lawyer", ())) <= judged


@pytest.mark.parametrize("shop", SHOPS, ids=[shop["id"] for shop in SHOPS])
def test_every_reason_can_be_read(shop: dict[str, Any], interview: Interview, case_of: Callable[..., Case]) -> None:
    for locale in Locale:
        case = case_of(interview, shop["answers"], locale)
        shown = page(interview, case, interview.plan(case))
        reasons = [reason.text for chapter in shown.chapters for entry in chapter.entries for reason in entry.reasons]
        assert reasons and not [text for text in reasons if "{" in text]
