"""Answers that do not go together: asked about at once, listed in the review, and never in the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from advisor.case import Case
from advisor.effects import Ask, Effect, Record, Say
from advisor.explaining.changes import changed
from advisor.interview import Interview, State
from advisor.model import UNKNOWN, Answer, Locale
from advisor.telling import clash_words, review_lines
from tests.explaining.shared import SCENARIOS, case_from, shop, tiny

PAIRS: dict[str, dict[str, Any]] = {
    "latvian-form-elsewhere": {"seller.legal_form": "SIA", "seller.country": "EE"},
    "form-of-another-state": {"seller.legal_form": "other_eu", "seller.country": "LV"},
    "vat-without-registration": {"seller.legal_form": "not_registered_yet", "seller.vat_registered": "yes"},
    "size-and-people": {"seller.size": "small", "seller.staff": 60},
    "businesses-only-and-private-addressees": {
        "shop.audience": "b2b",
        "data.marketing_channels": ["email"],
        "data.marketing_recipients": ["consumers"],
    },
    "businesses-only-and-children": {"shop.audience": "b2b", "data.children": "offered_directly"},
    "food-registration-without-food": {"shop.goods": ["general"], "seller.licences_held": ["food_registration"]},
    "alcohol-licence-without-alcohol": {"shop.goods": ["food"], "seller.licences_held": ["alcohol"]},
    "weapons-licence-without-weapons": {"shop.goods": ["food"], "seller.licences_held": ["weapons"]},
    "goods-nobody-sells": {"shop.sells": ["services"], "shop.goods": ["toys"]},
    "courier-without-goods": {"shop.sells": ["digital_content"], "vendors": [{"name": "Omniva"}]},
    "accounts-nobody-can-open": {"shop.accounts": "none", "data.purposes": ["orders", "account"]},
    "social-sales-without-page": {"shop.channel": ["social_media_sales"], "shop.social_pages": []},
    "newsletter-tool-without-newsletter": {"data.marketing_channels": [], "vendors": [{"name": "Mailchimp"}]},
    "e-mail-offers-nobody-sends": {"data.purposes": ["email_consent"], "data.marketing_channels": ["post"]},
    "sms-offers-nobody-sends": {"data.purposes": ["sms_phone_marketing"], "data.marketing_channels": ["email"]},
    "analytics-without-its-cookies": {"data.cookies": [], "vendors": [{"name": "Google Analytics"}]},
    "pixel-without-its-cookies": {"data.cookies": ["analytics"], "vendors": [{"name": "Meta Pixel"}]},
    "health-purpose-without-health-data": {"data.purposes": ["health_related"], "data.special_categories": []},
    "applicants-are-no-purpose": {"data.purposes": ["job_applicants"], "data.job_applicants": "no"},
    "children-accounts-without-children": {"data.purposes": ["children_accounts"], "data.children": "no"},
}


def found(interview: Interview, case: Case) -> list[str]:
    return [clash.item.id for clash in interview.clashes(case)]


def test_every_contradiction_has_its_example(interview: Interview) -> None:
    assert {item.id for item in interview.base.contradictions} == set(PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_the_example_contradicts_and_nothing_less(name: str, interview: Interview) -> None:
    answers = PAIRS[name]
    for locale in Locale:
        case = case_from(interview, answers, locale)
        assert found(interview, case) == [name]
        (clash,) = interview.clashes(case)
        words = clash_words(interview, case, clash)
        assert "{" not in words["text"] + words["how"]
        numbers = words["how"].count("change " if locale is Locale.EN else "mainīt ")
        assert numbers == 2, words["how"]
    for left_out in answers:
        fewer = {key: value for key, value in answers.items() if key != left_out}
        if left_out != "data.marketing_channels":  # marketing recipients alone are enough
            assert found(interview, case_from(interview, fewer)) == [], left_out


@pytest.mark.parametrize("name", PAIRS)
def test_unknown_contradicts_nothing(name: str, interview: Interview) -> None:
    for ask, value in PAIRS[name].items():
        if ask in ("vendors", "data.marketing_channels"):
            continue
        unknown = [UNKNOWN] if isinstance(value, list) else UNKNOWN
        assert found(interview, case_from(interview, {**PAIRS[name], ask: unknown})) == [], ask


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_reference_shops_contradict_nothing(path: Any, interview: Interview) -> None:
    assert found(interview, shop(path, interview)) == []


def test_delivering_where_one_does_not_advertise_is_fine(interview: Interview) -> None:
    assert found(interview, case_from(interview, {"shop.markets": ["LV"], "shop.delivers_to": ["LV", "NO"]})) == []


TINY = """
contradictions:
  - id: hosted-for-nothing
    when:
      - shop.vendors: $v
      - vendor.function[$v]: hosting
      - not: {shop.sells: services}
    text: {en: "{v} hosts nothing", lv: "{v} neko nemitina"}
"""


def test_variables_join_and_only_answers_rule_out() -> None:
    consultation = tiny(TINY)
    vendors = [Answer(ask="vendors", value=("alfa", "beta"), how="label", names={"alfa": "Alfa", "beta": "Beta"})]
    functions = [
        Answer(ask="vendor.function", of=name, value="hosting", how="label") for name in ("alfa", "beta", "gone")
    ]
    case = changed(Case(name="tiny", as_of=consultation.as_of, locale=Locale.EN), [*vendors, *functions])
    assert consultation.clashes(case) == (), "what is sold is still open"
    case = case.add(Answer(ask="shop.sells", value=("goods",), how="label"))
    clashing = consultation.clashes(case)
    assert [dict(clash.bound) for clash in clashing] == [{"$v": "alfa"}, {"$v": "beta"}], (
        "nobody who is not in the case"
    )
    assert clashing[0].keys == (("shop.vendors", "shop"), ("vendor.function", "alfa"), ("shop.sells", "shop"))
    assert clash_words(consultation, case, clashing[0])["text"] == "Alfa hosts nothing"
    assert consultation.clashes(case.add(Answer(ask="shop.sells", value=("goods", "services"), how="label"))) == ()
    assert consultation.clashes(case.add(Answer(ask="shop.sells", value=("goods", UNKNOWN), how="label"))) == ()


# --- in the conversation ---


def at(interview: Interview, case: Case, ask: str) -> State:
    return State(case=case, pending=(ask, ""), topic=interview.question(ask).topic)


def queries(effects: Iterable[Effect]) -> list[Say]:
    return [effect for effect in effects if isinstance(effect, Say) and effect.phrase == "contradiction"]


@pytest.mark.parametrize(
    ("locale", "typed", "text", "change"),
    [
        (
            Locale.EN,
            "none",
            "Mailchimp sends newsletters, but you send no offers",
            '"change 1" (Companies and tools) or "change 3" (Offers and news by)',
        ),
        (Locale.LV, "nekādi", "rīks Mailchimp ir jaunumu vēstulēm", "„mainīt 1” (Uzņēmumi un rīki) vai „mainīt 3”"),
    ],
)
def test_it_is_said_at_once_and_how_to_change_either(
    locale: Locale, typed: str, text: str, change: str, interview: Interview
) -> None:
    case = case_from(interview, {"vendors": [{"name": "Mailchimp"}]}, locale)
    state, effects = interview.step(at(interview, case, "data.marketing_channels"), typed)
    (said,) = queries(effects)
    assert text in said.words["text"] and change in said.words["how"]
    assert isinstance(effects[-1], Ask) and any(isinstance(effect, Record) for effect in effects), (
        "it is in nobody's way"
    )
    assert any(text in line and change in line for line in review_lines(interview, state.case))
    ask = state.pending
    _, effects = interview.step(state, "/unknown")
    assert ask is not None and not queries(effects), "what was said once is not said again"


def test_changing_either_answer_settles_it(interview: Interview) -> None:
    case = case_from(interview, {"vendors": [{"name": "Mailchimp"}], "data.marketing_channels": []})
    number = [answer.ask for answer in case.reviewable()].index("data.marketing_channels") + 1
    state, effects = interview.step(at(interview, case, "shop.accounts"), f"change {number} e-mail")
    assert not queries(effects) and interview.clashes(state.case) == ()
    state, _ = interview.step(at(interview, case, "shop.accounts"), "change 1 Stripe")
    assert interview.clashes(state.case) == ()


def test_what_the_story_told_and_the_answer_leaves_out_is_asked_about(interview: Interview) -> None:
    state, _ = interview.start(Case(name="told", as_of=interview.as_of, locale=Locale.EN), with_story=True)
    for line in ("We sell candles and soap in Latvia. A freelancer in the Philippines helps us.", ""):
        state, _ = interview.step(state, line)
    case = state.case
    state, effects = interview.step(at(interview, case, "shop.goods"), "candles")
    left = [effect for effect in effects if isinstance(effect, Say) and effect.phrase == "story.left-out"]
    assert [effect.words["values"] for effect in left] == ["Cosmetics"]
    _, effects = interview.step(at(interview, case, "people_remote_access"), "nobody")
    said = [effect for effect in effects if isinstance(effect, Say) and effect.phrase == "story.somewhere"]
    assert [effect.words["countries"] for effect in said] == ["Philippines"]
    known = case.add(Answer(ask="shop.supplier_country", said="Philippines", value="PH", how="label"))
    _, effects = interview.step(at(interview, known, "people_remote_access"), "nobody")
    assert not any(isinstance(effect, Say) and effect.phrase == "story.somewhere" for effect in effects)
