"""Every document of every reference shop, in both languages, against the list of what the law asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from advisor.documents.build import build
from advisor.documents.drafting import draft
from advisor.documents.elements import findings, required
from advisor.documents.rows import Wording
from advisor.documents.standing import Holds
from advisor.documents.structure import Row, Span, Table
from advisor.interview import Interview
from advisor.model import DocumentTemplate, Locale
from tests.documents_base import DOCUMENTS, SCENARIOS, SMALLEST, answers_of, collected, scenario, text

PREFIXES = {Locale.EN: "[to fill in: ", Locale.LV: "[jāaizpilda: "}
FOREIGN = {Locale.EN: ("jāaizpilda", "jāpārbauda"), Locale.LV: ("to fill in", "to check")}


CASES = [
    pytest.param(path, locale, id=f"{path.stem}-{locale.value}") for path in SCENARIOS for locale in Locale
]  # fmt: skip


def test_the_documents_are_those_that_are_promised(interview: Interview) -> None:
    assert set(interview.base.documents) == set(DOCUMENTS)


@pytest.mark.parametrize("path,locale", CASES)
class TestEveryScenario:
    def test_nothing_required_is_missing_or_out_of_place(
        self, path: Path, locale: Locale, interview: Interview
    ) -> None:
        found = collected(interview, answers_of(path), locale)
        bad = {
            name: [(item.element.id, item.lacks, item.out_of_place) for item in draft(found, name).missing()]
            for name in DOCUMENTS
        }
        assert bad == {name: [] for name in DOCUMENTS}

    def test_the_words_are_of_one_language_and_complete(self, path: Path, locale: Locale, interview: Interview) -> None:
        found = collected(interview, answers_of(path), locale)
        for name in DOCUMENTS:
            said = text(draft(found, name).document)
            assert said
            assert not any(word in said for word in FOREIGN[locale])
            for leftover in ("{", "}", "[[", "]]", "[?", "None", "  "):
                assert leftover not in said, (name, leftover)

    def test_every_gap_is_marked_and_listed(self, path: Path, locale: Locale, interview: Interview) -> None:
        found = collected(interview, answers_of(path), locale)
        for name in DOCUMENTS:
            made = draft(found, name)
            said = text(made.document)
            assert made.gaps
            for gap in made.gaps:
                assert f"{PREFIXES[locale]}{gap.text}]" in said
                assert gap.places or name == "seller-information"  # which has no headings
            annex = text(dataclasses.replace(made.document, blocks=made.document.annex))
            assert all(gap.text in annex for gap in made.gaps)
            assert all(check.text in annex for check in made.checks)
            assert said.count(PREFIXES[locale]) >= len(made.gaps)

    def test_each_purpose_and_each_vendor_is_named(self, path: Path, locale: Locale, interview: Interview) -> None:
        answers = answers_of(path)
        found = collected(interview, answers, locale)
        notice = text(draft(found, "privacy-notice").document)
        record = text(draft(found, "record-of-processing").document)
        register = text(draft(found, "vendor-register").document)
        for purpose in answers["data.purposes"]:
            label = interview.base.purposes[purpose].label.in_(locale)
            assert label in notice and label in record
        for vendor in answers["vendors"]:
            name = vendor["name"]
            provider = interview.base.providers.get(name.lower())
            assert (name in notice and name in register) or (
                provider is not None and provider.name.in_(locale) in notice
            )


def test_each_element_is_asked_of_some_case(interview: Interview) -> None:
    """Otherwise the list holds something that no test ever looks for."""
    unasked = {element.id for element in interview.base.elements}
    for answers in (*map(answers_of, SCENARIOS), *SPECIAL):
        wording = Wording(collected(interview, answers))
        unasked -= {item.id for item in interview.base.elements if required(wording, item) is Holds.YES}
    assert unasked == set()


LAW = {
    "privacy-notice": (
        "gdpr:13(1)(a)", "gdpr:13(1)(b)", "gdpr:13(1)(c)", "gdpr:13(1)(d)", "gdpr:13(1)(e)", "gdpr:13(1)(f)",
        "gdpr:13(2)(a)", "gdpr:13(2)(b)", "gdpr:13(2)(c)", "gdpr:13(2)(d)", "gdpr:13(2)(e)", "gdpr:13(2)(f)",
        "gdpr:14(1)(d)", "gdpr:14(2)(f)", "gdpr:14(3)", "gdpr:8", "gdpr:9(2)", "gdpr:27", "gdpr:26(2)",
        "gdpr:7(3)", "gdpr:15", "gdpr:16", "gdpr:17", "gdpr:18", "gdpr:20", "gdpr:21(1)", "gdpr:21(2)", "gdpr:21(4)",
        "gdpr:22", "gdpr:77", "lv.ispl:7.1", "lv.fpdal:33",
    ),
    "record-of-processing": tuple(f"gdpr:30(1)({letter})" for letter in "abcdefg"),
    "vendor-register": ("gdpr:28(3)", "gdpr:26(1)", "gdpr:30(1)(e)", "gdpr:44", "gdpr:46", "gdpr:5(2)"),
    "seller-information": ("lv.ispl:4", "lv.komerclikums:17", "lv.mk255:5.3", "eu.ecom:5(1)(c)", "eu.ecom:5(1)(g)"),
    "consent-texts": (
        "gdpr:7", "gdpr:9(2)(a)", "gdpr:8(1)", "gdpr:21(4)", "lv.ispl:7.1", "lv.ispl:8", "lv.ispl:9(1)", "lv.ispl:9(2)",
    ),
    "request-replies": (
        "gdpr:12(3)", "gdpr:12(4)", "gdpr:12(5)", "gdpr:12(6)", "gdpr:7(3)", "gdpr:16", "gdpr:17", "gdpr:17(3)(b)",
        "gdpr:18", "gdpr:19", "gdpr:20", "gdpr:21(1)", "gdpr:21(2)", "gdpr:22(3)", "gdpr:15(2)", "gdpr:15(3)",
        *(f"gdpr:15(1)({letter})" for letter in "abcdefgh"),
    ),
    "withdrawal": (
        "lv.ptal:12", "lv.mk255", "eu.crd:6(1)(h)", "eu.crd:6(1)(i)", "eu.crd:6(1)(j)", "eu.crd:6(1)(k)", "eu.crd:9(1)",
        "eu.crd:9(2)", "eu.crd:11(1)", "eu.crd:11a", "eu.crd:13(1)", "eu.crd:14(1)", "eu.crd:14(2)", "eu.crd:14(3)",
        "eu.crd:16(a)", "eu.crd:16(c)", "eu.crd:16(d)", "eu.crd:16(e)", "eu.crd:16(l)", "eu.crd:16(m)",
    ),
    "cookie-notice": (
        "lv.ispl:7.1", "eu.eprivacy:5(3)", "cjeu.planet49", "gdpr:7(3)", "gdpr:13(1)(a)", "gdpr:13(1)(c)",
        "gdpr:13(1)(e)", "gdpr:13(1)(f)", "gdpr:13(2)(a)", "gdpr:13(2)(b)", "gdpr:13(2)(c)",
    ),
}  # fmt: skip
"""Every provision that asks for something in a document. Nothing in the program knows this table."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_list_leaves_out_nothing_that_the_law_asks_for(name: str, interview: Interview) -> None:
    listed = {law for element in interview.base.elements if element.document == name for law in element.law}
    assert set(LAW[name]) - listed == set()


def test_the_checklist_of_agreements_has_every_clause(interview: Interview) -> None:
    """GDPR Art. 28(3)(a) to (h), the content in its first sentence, and the written form of Art. 28(9)."""
    articles = {part for clause in interview.base.clauses for part in clause.article.split(", ")}
    assert articles >= {"28(3)", *(f"28(3)({letter})" for letter in "abcdefgh"), "28(2)", "28(4)", "28(9)"}


SPECIAL: tuple[Mapping[str, Any], ...] = (
    {
        **SMALLEST,
        "seller.legal_form": "non_eu",
        "seller.regulated_profession": "yes",
        "seller.insolvency_or_liquidation": "yes",
        "seller.licence_needed": ["alcohol"],
        "seller.vat_registered": "yes",
        "data.scale": "large",
        "data.special_categories": ["health"],
        "data.children": "offered_directly",
        "data.profiling": "automated_decision_significant",
        "data.collected_from_third_parties": "yes",
        "data.purposes": ["accounting", "newsletter_tracking", "photos"],
        "data.marketing_channels": [
            "email", "sms", "messenger", "push", "phone_live", "phone_automated", "post", "ads_audiences",
        ],
        "data.marketing_source": ["consent", "existing_customers"],
        "data.marketing_recipients": ["consumers"],
        "data.cookies": [
            "strictly_necessary", "analytics", "advertising", "social_plugins", "session_replay", "embeds",
        ],
        "shop.delivers_to": ["CH", "US"],
        "shop.social_pages": ["facebook"],
        "shop.online_ordering": "yes",
        "shop.excluded_contracts": "none",
        "shop.sells": ["goods", "digital_content", "digital_service", "services", "tickets_dated_leisure"],
        "shop.goods": ["general", "custom_made", "perishable", "sealed_hygiene"],
        "vendors": [{"name": "HelpNest", "function": "chat_helpdesk", "role": "processor", "country": "unknown"}],
    },
    {**SMALLEST, "seller.licence_needed": "unknown", "seller.legal_form": "other_eu"},
    {**SMALLEST, "vendors": [{"name": "Vague", "function": "other"}]},
    {
        **SMALLEST,
        "shop.sells": ["goods", "rental"],
        "shop.goods": ["alcohol", "food"],
        "shop.online_ordering": "yes",
        "shop.excluded_contracts": "none",
        "data.cookies": ["analytics"],
    },
)  # fmt: skip


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("answers", SPECIAL, ids=["everything", "licence-unknown", "anything", "food-and-rental"])
def test_nothing_is_missing_in_special_cases(answers: Mapping[str, Any], locale: Locale, interview: Interview) -> None:
    found = collected(interview, answers, locale)
    for name in DOCUMENTS:
        assert [(item.element.id, item.lacks) for item in draft(found, name).missing()] == []


@pytest.mark.parametrize("name", ["f4", "f8"])
def test_whatever_answer_is_missing_nothing_required_is(name: str, interview: Interview) -> None:
    whole = scenario(name)
    for left_out in whole:
        found = collected(interview, {key: value for key, value in whole.items() if key != left_out})
        for document in DOCUMENTS:
            assert draft(found, document).missing() == (), (left_out, document)


class TestTheCheckItself:
    """It must be able to fail: on every part taken away, on every row lost, on a part that should not be there."""

    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_every_part_that_covers_something_is_missed(self, name: str, interview: Interview) -> None:
        wording = Wording(collected(interview, SPECIAL[0]))
        template = interview.base.documents[name]
        whole = findings(wording, template, build(wording, template))
        shown = {item.element.id for item in whole if item.state != "unneeded"}
        noticed = 0
        for part in template.parts:
            alone = set(part.covers) - {other for p in template.parts if p is not part for other in p.covers}
            if not alone & shown:
                continue
            less = msgspec.structs.replace(template, parts=tuple(p for p in template.parts if p is not part))
            lost = {
                item.element.id for item in findings(wording, less, build(wording, less)) if item.state == "missing"
            }
            assert lost == alone & shown, part.id
            noticed += 1
        assert noticed >= 2

    def test_a_lost_row_is_missed(self, interview: Interview) -> None:
        wording = Wording(collected(interview, scenario("f2")))
        template = interview.base.documents["privacy-notice"]
        document = build(wording, template)
        blocks = []
        for block in document.blocks:
            if isinstance(block, Table) and block.part == "transfers":
                block = dataclasses.replace(block, rows=block.rows[1:])
            blocks.append(block)
        found = findings(wording, template, dataclasses.replace(document, blocks=tuple(blocks)))
        lacks = {item.element.id: item.lacks for item in found if item.state == "missing"}
        assert lacks == {"notice.transfers": ("stripe:US",)}

    def test_a_changed_cell_is_missed(self, interview: Interview) -> None:
        wording = Wording(collected(interview, scenario("f2")))
        template = interview.base.documents["vendor-register"]
        document = build(wording, template)
        blocks = []
        for block in document.blocks:
            if isinstance(block, Table) and block.part == "vendors":
                first = block.rows[0]
                blank = Row(cells=tuple((Span("-"),) for _ in first.cells), row=first.row)
                block = dataclasses.replace(block, rows=(blank, *block.rows[1:]))
            blocks.append(block)
        found = findings(wording, template, dataclasses.replace(document, blocks=tuple(blocks)))
        assert {item.element.id for item in found if "hetzner" in item.lacks} >= {"vendors.role", "vendors.contract"}

    def test_what_does_not_apply_is_out_of_place(self, interview: Interview) -> None:
        wording = Wording(collected(interview, SMALLEST))
        template = interview.base.documents["privacy-notice"]
        always = tuple(msgspec.structs.replace(part, when=(), basis=()) for part in template.parts)
        careless: DocumentTemplate = msgspec.structs.replace(template, parts=always)
        found = findings(wording, careless, build(wording, careless))
        misplaced = {item.element.id for item in found if item.out_of_place}
        assert misplaced >= {"notice.portability", "notice.objection", "notice.withdrawal", "notice.automated"}
