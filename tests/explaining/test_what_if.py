"""What if: how changes are written, what they lead to, and that the case stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.errors import UsageError
from advisor.explaining.changes import changed, parse
from advisor.explaining.lines import what_if_lines
from advisor.explaining.what_if import what_if
from advisor.interview import Interview
from advisor.model import Answer, Locale
from tests.explaining.shared import SCENARIOS, case_from, shop

SHOP = {
    "seller.vat_registered": "no",
    "shop.audience": "b2c",
    "shop.sells": ["goods"],
    "shop.goods": ["general", "toys"],
    "shop.markets": ["LV"],
    "shop.practices": [],
    "vendors": [{"name": "Mailchimp"}, {"name": "Grāmatvede Anna", "function": "accounting"}],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seller.vat_registered=yes", {("seller.vat_registered", ""): "yes"}),
        ("shop.audience=b2b seller.staff=12", {("shop.audience", ""): "b2b", ("seller.staff", ""): 12}),
        ("vendor.country[mailchimp]=DE", {("vendor.country", "mailchimp"): "DE"}),
        ("vendor.country[Mailchimp] = Vācija", {("vendor.country", "mailchimp"): "DE"}),
        ("vendor.country[Grāmatvede Anna]=unknown", {("vendor.country", "gramatvede-anna"): "unknown"}),
        ("shop.goods=food, toys", {("shop.goods", ""): ("food", "toys")}),
        ("shop.goods=[food]", {("shop.goods", ""): ("food",)}),
        ("shop.goods=+food,-toys", {("shop.goods", ""): ("general", "food")}),
        ("shop.goods=+Rotaļlietas", {("shop.goods", ""): ("general", "toys")}),
        ("shop.markets=Latvia, Igaunija", {("shop.markets", ""): ("LV", "EE")}),
        ("shop.price_reductions=yes", {("shop.price_reductions", ""): "yes"}),
        ("shop.price_reductions=jā", {("shop.price_reductions", ""): "yes"}),
        ("data.cookies=none", {("data.cookies", ""): ()}),
        ("2=b2b", {("shop.audience", ""): "b2b"}),
        ("vendors=-Mailchimp", {("vendors", ""): ("gramatvede-anna",)}),
        ("vendors=none", {("vendors", ""): ()}),
    ],
)
def test_changes_are_read(text: str, expected: dict[tuple[str, str], Any], interview: Interview) -> None:
    case = case_from(interview, SHOP)
    found = parse(interview, case, text)
    assert {answer.key: answer.value for answer in found} == expected
    assert {answer.how for answer in found} == {"file"}, "as the rest of the case"


def test_a_known_vendor_brings_what_the_catalogue_says(interview: Interview) -> None:
    case = case_from(interview, SHOP)
    found = parse(interview, case, "vendors=+Stripe,+Kaimiņš")
    answers = {answer.key: answer for answer in found}
    assert answers["vendors", ""].value == ("mailchimp", "gramatvede-anna", "stripe", "kaimins")
    assert answers["vendors", ""].names == {"kaimins": "Kaimiņš"}
    assert answers["vendor.role", "stripe"].how == "assumed"
    after = changed(case, found)
    assert after.answers["vendor.role", "mailchimp"].how == "assumed", "what was assumed of others stays"


def test_items_of_a_checklist(interview: Interview) -> None:
    case = case_from(interview, {**SHOP, "shop.practices": ["shop.user_photos"]})
    found = {answer.ask: answer.value for answer in parse(interview, case, "shop.practices=+shop.price_reductions")}
    assert found == {"shop.price_reductions": "yes"}
    every = {answer.ask: answer.value for answer in parse(interview, case, "shop.practices=Discounts and sales")}
    assert every["shop.price_reductions"] == "yes" and every["shop.user_photos"] == "no"


def test_people_are_named_by_country(interview: Interview) -> None:
    case = case_from(interview, {**SHOP, "people_remote_access": [{"country": "UA", "access": "production_read"}]})
    found = {answer.key: answer.value for answer in parse(interview, case, "people_remote_access=+India")}
    assert found["people_remote_access", ""] == ("person-ua", "person-in")
    assert found["person.country", "person-in"] == "IN"
    gone = {answer.key: answer.value for answer in parse(interview, case, "people_remote_access=-person-ua")}
    assert gone == {("people_remote_access", ""): ()}


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("more vendors", "write what would be different as question=value", "seller.vat_registered=no"),
        ("", "write what would be different", ""),
        ("shop.audiense=b2b", 'there is no question "shop.audiense"', "did you mean shop.audience?"),
        ("shop.audience=b2d", "shop.audience cannot be 'b2d'", "did you mean b2"),
        ("shop.audience=b2b,nobody", "shop.audience cannot be 'b2b,nobody'", ""),
        ("seller.staff=many", "seller.staff cannot be 'many'", "a whole number"),
        ("shop.markets=XX", "shop.markets cannot be 'XX'", ""),
        ("vendor.country=DE", "vendor.country is asked of each partner", "vendor.country[...]"),
        ("vendor.country[mailchump]=DE", 'nobody called "mailchump"', "did you mean mailchimp?"),
        ("shop.audience[mailchimp]=b2b", "shop.audience is about the shop", ""),
        ("vendors=-Stripe", 'nobody called "Stripe"', ""),
        ("99=yes", "there are answers 1 to", ""),
        ("shop.practices=shop.price_reduction", "shop.practices cannot be", "did you mean shop.price_reductions?"),
        ("vendors.confirm=mailchimp", 'there is no question "vendors.confirm"', ""),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str, hint: str, interview: Interview) -> None:
    with pytest.raises(UsageError) as caught:
        parse(interview, case_from(interview, SHOP), text)
    assert said in str(caught.value) and hint in caught.value.hint


def test_the_difference_of_the_plans(interview: Interview) -> None:
    case = case_from(interview, SHOP)
    before = interview.plan(case)
    found = what_if(interview, case, parse(interview, case, "seller.vat_registered=yes shop.goods=+alcohol"))
    rows = {row.key: row for row in found.rows}
    assert rows["seller-info.vat-number", "added"].rules == ("seller-info.vat-number",)
    assert rows["adjacent.vat-check", "uncertain"].rules == ("adjacent.vat-check",)
    assert ("adjacent.alcohol-conditions", "added") in rows
    after = interview.plan(found.after)
    assert {line.id for line in after.lines} - {line.id for line in before.lines} == {
        name for name, kind in rows if kind == "added"
    }
    assert interview.plan(case) == before and case.answers["seller.vat_registered", ""].value == "no"


def test_an_answer_to_a_question_that_does_not_arise(interview: Interview) -> None:
    """Nobody who sells only services is asked which goods they are."""
    case = changed(
        case_from(interview, {}), [Answer(ask="shop.sells", said="services", value=("services",), how="label")]
    )
    found = what_if(interview, case, parse(interview, case, "shop.goods=alcohol"))
    assert [answer.ask for answer in found.idle] == ["shop.goods"]
    assert not any(row.kind == "added" for row in found.rows)
    lines = what_if_lines(interview, case, "shop.goods=alcohol")
    assert any("this question does not arise" in line for line in lines)


def test_nothing_different_is_said(interview: Interview) -> None:
    for locale, said in ((Locale.EN, "Nothing in the plan is different."), (Locale.LV, "Plānā nekas neatšķiras.")):
        case = shop(SCENARIOS[0], interview, locale)
        same = case.answers["shop.audience", ""]
        assert what_if_lines(interview, case, [same])[-1] == f"- {said}"
