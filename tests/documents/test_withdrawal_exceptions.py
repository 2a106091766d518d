"""The instructions on withdrawal state the exceptions that the rules know of, and none wider than the law."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.conclusions import Due
from advisor.interview import Interview
from advisor.model import Locale
from tests.documents_base import SMALLEST, collected, drafted, part_text, parts

SHOP = {**SMALLEST, "shop.excluded_contracts": "none", "shop.online_ordering": "yes"}
GOODS = {
    "custom_made": {"exception-custom"},
    "perishable": {"exception-perishable"},
    "food": {"exception-perishable-some", "exception-sealed-food"},
    "food_supplement": {"exception-perishable-some", "exception-sealed-food"},
    "plants": {"exception-perishable-some"},
    "live_animals": {"exception-perishable-some"},
    "pet_food": {"exception-perishable-some"},
    "sealed_hygiene": {"exception-sealed"},
    "medicine_otc": {"exception-sealed"},
    "alcohol": {"exception-alcohol"},
    "general": set(),
    "cosmetics": set(),
    "second_hand": set(),
}
SOLD = {
    "rental": {"exception-rental", "exception-services"},
    "services": {"exception-services"},
    "digital_content": {"exception-digital"},
    "digital_service": {"exception-services"},
    "tickets_dated_leisure": {"exception-dated"},
}


def stated(interview: Interview, **changes: Any) -> set[str]:
    answers = {**SHOP, **{name.replace("__", "."): value for name, value in changes.items()}}
    return {part for part in parts(drafted(interview, answers, "withdrawal").document) if part.startswith("exception-")}


@pytest.mark.parametrize("goods", GOODS)
def test_each_kind_of_goods_has_its_exceptions(goods: str, interview: Interview) -> None:
    assert stated(interview, shop__sells=["goods"], shop__goods=[goods]) == GOODS[goods]


@pytest.mark.parametrize("sold", SOLD)
def test_so_has_what_is_no_goods(sold: str, interview: Interview) -> None:
    assert stated(interview, shop__sells=[sold]) == SOLD[sold]


@pytest.mark.parametrize("locale,words", [(Locale.EN, "other drinks can be returned"), (Locale.LV, "var atdot")])
def test_alcohol_is_no_exception_in_general(locale: Locale, words: str, interview: Interview) -> None:
    answers = {**SHOP, "shop.sells": ["goods"], "shop.goods": ["alcohol"]}
    said = part_text(drafted(interview, answers, "withdrawal", locale).document, "exception-alcohol")
    assert words in said and said.count("[") == 1  # what is to be filled in, and nothing without it


def test_businesses_are_told_none(interview: Interview) -> None:
    assert stated(interview, shop__audience="b2b", shop__sells=["goods"], shop__goods=["alcohol"]) == set()


@pytest.mark.parametrize("goods", GOODS)
def test_the_plan_asks_for_them_where_the_document_states_some(goods: str, interview: Interview) -> None:
    answers = {**SHOP, "shop.sells": ["goods"], "shop.goods": [goods]}
    found = collected(interview, answers)
    conclusions = found.consultation.conclusions(found.case)
    asked = Due(id="seller-info.withdrawal-exceptions", subject="shop") in conclusions.certain
    assert asked is bool(GOODS[goods])
