"""What documents say follows from the answers: rights from legal bases, transfers from grounds, nothing invented."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.documents.collect import collect
from advisor.documents.drafting import Draft, draft
from advisor.documents.structure import Table, plain
from advisor.interview import Interview
from advisor.model import Locale, Note
from tests.documents_base import (
    DOCUMENTS,
    SMALLEST,
    STAYS,
    collected,
    drafted,
    headings,
    part_text,
    parts,
    scenario,
    text,
)


def notice(interview: Interview, **changes: Any) -> Draft:
    return drafted(interview, {**SMALLEST, **_dotted(changes)}, "privacy-notice")


def _dotted(changes: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("__", "."): value for name, value in changes.items()}


class TestRightsByLegalBasis:
    """GDPR Art. 13(2)(b)-(d), 15 to 22: which right exists hangs on the basis of the processing."""

    ALWAYS = ("Access:", "Rectification:", "Erasure:", "Restriction:", "Data State Inspectorate")

    def test_a_legal_obligation_alone_gives_neither_portability_nor_objection_nor_withdrawal(
        self, interview: Interview
    ) -> None:
        said = text(notice(interview).document)
        assert all(right in said for right in self.ALWAYS)
        for right in ("Portability:", "Objection:", "Withdrawal of consent:", "direct marketing"):
            assert right not in said

    @pytest.mark.parametrize(
        "purpose,given,refused",
        [
            ("orders", {"Portability:"}, {"Objection:", "Withdrawal of consent:", "direct marketing"}),
            ("analytics", {"Portability:", "Withdrawal of consent:"}, {"Objection:", "direct marketing"}),
            ("fraud_prevention", {"Objection:"}, {"Portability:", "Withdrawal of consent:", "direct marketing"}),
            ("postal_marketing", {"Objection:", "direct marketing"}, {"Portability:", "Withdrawal of consent:"}),
            ("email_consent", {"Portability:", "Withdrawal of consent:", "direct marketing"}, {"Objection:"}),
        ],
    )
    def test_each_basis_gives_its_rights(
        self, purpose: str, given: set[str], refused: set[str], interview: Interview
    ) -> None:
        found = notice(interview, data__purposes=["accounting", purpose]).document
        said = text(found)
        assert all(right in said for right in (*self.ALWAYS, *given))
        assert [right for right in refused if right in said] == []

    def test_each_right_names_its_purposes_and_no_others(self, interview: Interview) -> None:
        found = notice(interview, data__purposes=["accounting", "orders", "fraud_prevention", "email_consent"]).document
        label = {name: interview.base.purposes[name].label.en for name in interview.base.purposes}
        portability, objection = part_text(found, "rights-portability"), part_text(found, "rights-objection")
        withdrawal = part_text(found, "rights-withdrawal")
        assert label["orders"] in portability and label["email_consent"] in portability
        assert label["accounting"] not in portability and label["fraud_prevention"] not in portability
        assert label["fraud_prevention"] in objection and label["orders"] not in objection
        assert label["email_consent"] in withdrawal and label["orders"] not in withdrawal

    def test_the_objection_to_advertising_stands_apart(self, interview: Interview) -> None:
        """Art. 21(4): clearly and separately from any other information."""
        found = notice(interview, data__purposes=["email_consent"]).document
        assert "You may say no to advertising at any time" in headings(found)
        assert part_text(found, "rights-marketing").count("direct marketing") == 1

    def test_replies_follow_the_same_bases(self, interview: Interview) -> None:
        without = drafted(interview, SMALLEST, "request-replies").document
        assert not {"portability", "objection", "withdrawal", "objection-marketing"} & parts(without)
        with_all = drafted(interview, scenario("f2"), "request-replies").document
        assert {"portability", "objection", "withdrawal", "objection-marketing", "erasure-kept"} <= parts(with_all)


class TestUnknownIsNeverNo:
    def test_an_unanswered_question_leaves_both_statements_with_a_doubt(self, interview: Interview) -> None:
        answers = {key: value for key, value in SMALLEST.items() if key != "data.profiling"}
        found = drafted(interview, answers, "privacy-notice")
        assert {"automated", "profiling", "not-automated"} <= parts(found.document)
        for part in ("automated", "profiling", "not-automated"):
            assert "[to check: your answers leave open whether this applies" in part_text(found.document, part)

    def test_an_answered_question_leaves_one(self, interview: Interview) -> None:
        assert {"automated", "profiling", "not-automated"} & parts(notice(interview).document) == {"not-automated"}
        decided = notice(interview, data__profiling="automated_decision_significant").document
        assert {"automated", "profiling", "not-automated"} & parts(decided) == {"automated"}

    def test_unknown_vendors_and_purposes_are_gaps(self, interview: Interview) -> None:
        found = notice(interview, vendors="unknown", data__purposes="unknown")
        gaps = {gap.text for gap in found.gaps}
        assert "the partners that receive customers' data" in gaps
        assert any(gap.startswith("all purposes for which you use") for gap in gaps)
        assert "settled" not in parts(found.document)

    def test_an_unknown_vat_status_is_a_doubt_and_no_number(self, interview: Interview) -> None:
        said = text(drafted(interview, {**SMALLEST, "seller.vat_registered": "unknown"}, "seller-information").document)
        assert "VAT number" in said and "your answers leave open" in said


class TestPurposes:
    def test_what_follows_from_other_answers_is_there_and_said_to_be(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f4"), "privacy-notice")  # statistics cookies, statistics not named
        analytics = interview.base.purposes["analytics"].label.en
        assert "analytics" not in scenario("f4")["data.purposes"]
        assert analytics in headings(found.document)
        notes = "\n".join(
            span.text for block in found.document.annex for item in getattr(block, "items", ()) for span in item.words
        )
        assert "follow from other answers; delete what does not fit: " in notes and analytics in notes

    def test_a_legitimate_interest_is_told_where_there_is_one(self, interview: Interview) -> None:
        found = notice(interview, data__purposes=["fraud_prevention", "accounting"]).document
        assert part_text(found, "purposes").count("Our legitimate interest:") == 1

    def test_a_suggested_period_is_marked_and_one_of_the_law_is_not(self, interview: Interview) -> None:
        found = notice(interview, data__purposes=["orders", "accounting"]).document
        said = part_text(found, "purposes")
        assert "3 years after the order is completed [to check: suggested period]" in said
        assert "as the Accounting Law requires\n" in said

    def test_alternatives_of_legal_basis_are_left_to_choose(self, interview: Interview) -> None:
        found = notice(interview, data__profiling="segmentation")
        assert "keep the legal basis that fits and delete the others" in {gap.text for gap in found.gaps}


class TestTransfers:
    def test_adequacy_names_the_decision_in_the_language(self, interview: Interview) -> None:
        for locale, decision in ((Locale.EN, "2002/2/EC"), (Locale.LV, "2002/2/EK")):
            said = part_text(drafted(interview, scenario("f5"), "privacy-notice", locale).document, "transfers")
            assert decision in said and "PIPEDA" in said

    def test_a_decision_extended_by_another_is_cited_whole(self, interview: Interview) -> None:
        vendor = {"name": "Postbox Ltd", "function": "office_docs", "role": "processor", "country": "GB"}
        for locale, words in ((Locale.EN, "extended by (EU) 2025/2574"), (Locale.LV, "pagarināts ar (ES) 2025/2574")):
            found = drafted(interview, {**SMALLEST, "vendors": [vendor]}, "privacy-notice", locale)
            assert words in part_text(found.document, "transfers")

    def test_the_same_vendor_has_a_ground_for_each_country(self, interview: Interview) -> None:
        said = part_text(drafted(interview, scenario("f5"), "privacy-notice").document, "transfers")
        canada, states = said.index("Canada"), said.index("United States")
        assert "adequacy decision" in said[canada:states]
        assert "[to fill in: it names an adequacy decision; find out" in said[states:]

    def test_a_missing_ground_is_a_gap_that_forbids(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f3"), "privacy-notice")
        assert "none is known, and until there is one no data may go there" in {gap.text for gap in found.gaps}

    def test_a_high_risk_country_goes_to_a_lawyer(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f6"), "privacy-notice")
        assert "with a lawyer: whether data may go to this country at all" in {check.text for check in found.checks}

    def test_standard_clauses_say_how_to_get_a_copy(self, interview: Interview) -> None:
        vendor = {
            "name": "Chatty Inc",
            "function": "chat_helpdesk",
            "role": "processor",
            "country": "IN",
            "mechanism": "scc",
        }
        found = drafted(
            interview, {**SMALLEST, "vendors": [vendor]}, "privacy-notice", details={"email": "data@shop.lv"}
        )
        said = part_text(found.document, "transfers")
        assert "(EU) 2021/914" in said and "write to data@shop.lv for a copy" in said

    def test_nothing_leaves_only_if_that_is_certain(self, interview: Interview) -> None:
        certain = drafted(interview, {**SMALLEST, "vendors": [STAYS]}, "privacy-notice").document
        assert "settled" in parts(certain) and not {"unclear", "chain", "open"} & parts(certain)
        unread = {key: value for key, value in STAYS.items() if key != "subprocessors_known"}
        found = drafted(interview, {**SMALLEST, "vendors": [unread]}, "privacy-notice").document
        assert "settled" not in parts(found) and "sub-processors" in part_text(found, "open")
        vague = {**STAYS, "processing_countries": ["unknown"]}
        doubtful = drafted(interview, {**SMALLEST, "vendors": [vague]}, "privacy-notice").document
        assert "settled" not in parts(doubtful) and "Host SIA" in part_text(doubtful, "unclear")

    @pytest.mark.parametrize(
        "changes", [{"shop.social_pages": ["facebook"]}, {"shop.social_pages": "unknown"}, {"data.cookies": ["embeds"]}]
    )
    def test_content_of_others_and_social_networks_leave_it_open(
        self, changes: dict[str, Any], interview: Interview
    ) -> None:
        found = drafted(interview, {**SMALLEST, "vendors": [STAYS], **changes}, "privacy-notice").document
        assert "settled" not in parts(found) and "[to fill in: what you use" in part_text(found, "chain")

    def test_a_seller_outside_the_eu_says_so(self, interview: Interview) -> None:
        found = notice(interview, seller__legal_form="non_eu").document
        assert "come" in part_text(found, "seller-outside") and "representative" in parts(found)
        assert not {"seller-outside", "representative"} & parts(notice(interview).document)

    def test_a_country_that_is_not_known_is_no_country_in_the_record(self, interview: Interview) -> None:
        vendor = {"name": "Vague", "function": "crm", "role": "processor", "country": "unknown"}
        answers = {**SMALLEST, "data.purposes": ["accounting", "account"], "vendors": [vendor]}
        said = part_text(drafted(interview, answers, "record-of-processing").document, "activities")
        assert "Vague – [to fill in: which countries, if any]" in said

    def test_parcels_outside_the_eea_are_told(self, interview: Interview) -> None:
        found = drafted(interview, {**SMALLEST, "shop.delivers_to": ["LV", "CH", "US"]}, "privacy-notice").document
        said = part_text(found, "parcels")
        assert "Switzerland" in said and "2000/518/EC" in said
        assert "Art. 49(1)(b)" in said and "Latvia" not in said

    def test_what_a_controller_in_the_eea_sends_on_is_told_as_its_own(self, interview: Interview) -> None:
        vendor = {
            "name": "Paywell",
            "function": "payment",
            "role": "independent_controller",
            "country": "LU",
            "processing_countries": ["LU", "US"],
            "remote_access_from": "none",
            "mechanism": "none_needed",
        }
        answers = {**SMALLEST, "vendors": [vendor]}
        for document in ("privacy-notice", "record-of-processing", "vendor-register"):
            said = text(drafted(interview, answers, document).document)
            assert "United States" in said and "sends the data on in its own name" in said
            assert "find it in the contract" not in said

    @pytest.mark.parametrize(
        ("reviews", "checked"), [("shown_verified", True), ("shown_unverified", False), ("third_party", False)]
    )
    def test_reviews_are_said_to_be_checked_only_if_they_are(
        self, reviews: str, checked: bool, interview: Interview
    ) -> None:
        said = text(drafted(interview, {**SMALLEST, "shop.reviews": reviews}, "privacy-notice").document)
        assert "We publish reviews" in said
        assert ("has bought the product from us" in said) is checked

    def test_people_stay_unnamed_in_the_notice(self, interview: Interview) -> None:
        answers = {
            **SMALLEST,
            "people_remote_access": [{"country": "UA", "relation": "contractor", "access": "production_read"}],
        }
        said = text(drafted(interview, answers, "privacy-notice").document)
        assert "a person who works for us under a contract" in said and "Ukraine" in said

    def test_own_staff_abroad_is_no_recipient(self, interview: Interview) -> None:
        answers = {
            **SMALLEST,
            "people_remote_access": [{"country": "UA", "relation": "employee", "access": "production_read"}],
        }
        assert "Ukraine" not in text(drafted(interview, answers, "privacy-notice").document)
        assert "Ukraine" in text(drafted(interview, answers, "vendor-register").document)


class TestCookieNotice:
    def test_each_kind_is_a_row_with_its_provider(self, interview: Interview) -> None:
        vendors = [
            {"name": "Countly", "function": "analytics", "role": "processor", "country": "LV"},
            {"name": "Adland", "function": "ads", "role": "joint_controller", "country": "IE"},
            {"name": "Shopbox", "function": "platform", "role": "processor", "country": "LV"},
        ]
        answers = {
            **SMALLEST,
            "data.cookies": ["strictly_necessary", "analytics", "advertising"],
            "data.cookie_banner": "consent_before_loading",
            "data.purposes": ["accounting", "analytics", "advertising"],
            "vendors": vendors,
        }
        made = drafted(interview, answers, "cookie-notice").document
        (table,) = [block for block in made.blocks if isinstance(block, Table)]
        cells = {row.row: [plain(cell) for cell in row.cells] for row in table.rows}
        assert list(cells) == ["strictly_necessary", "analytics", "advertising"]
        assert cells["analytics"][2] == "Countly" and cells["advertising"][2] == "Adland"
        assert "only with your consent" in cells["analytics"][-1] and "not needed" in cells["strictly_necessary"][-1]
        assert "choice" in parts(made) and "banner-missing" not in parts(made)

    def test_a_banner_that_does_not_ask_makes_the_promise_a_gap(self, interview: Interview) -> None:
        answers = {**SMALLEST, "data.cookies": ["analytics"], "data.cookie_banner": "info_only"}
        assert {"choice", "banner-missing"} <= parts(drafted(interview, answers, "cookie-notice").document)

    def test_necessary_ones_alone_leave_no_choice(self, interview: Interview) -> None:
        answers = {**SMALLEST, "data.cookies": ["strictly_necessary"]}
        assert "choice" not in parts(drafted(interview, answers, "cookie-notice").document)

    def test_what_is_not_known_is_a_gap(self, interview: Interview) -> None:
        said = text(drafted(interview, {**SMALLEST, "data.cookies": "unknown"}, "cookie-notice").document)
        assert "[to fill in: kind of cookies" in said


class TestWithdrawal:
    def said(self, interview: Interview, **more: Any) -> set[str]:
        orders = {**SMALLEST, "shop.online_ordering": "yes", "shop.excluded_contracts": "none"}
        answers = {**orders, **{name.replace("__", "."): value for name, value in more.items()}}
        return parts(drafted(interview, answers, "withdrawal").document)

    def test_goods_and_services_have_their_own_period(self, interview: Interview) -> None:
        goods = self.said(interview, shop__sells=["goods"], shop__goods=["general"])
        assert {"right", "period-goods", "returning", "form"} <= goods
        assert not {"period-services", "started-services", "exception-custom"} & goods
        services = self.said(interview, shop__sells=["services"])
        assert {"right", "period-services", "started-services", "exception-services", "form"} <= services
        assert not {"period-goods", "returning"} & services

    @pytest.mark.parametrize(
        ("kind", "part"),
        [
            ("custom_made", "exception-custom"),
            ("perishable", "exception-perishable"),
            ("sealed_hygiene", "exception-sealed"),
        ],
    )
    def test_exceptions_are_those_of_the_goods(self, kind: str, part: str, interview: Interview) -> None:
        exceptions = {"exception-custom", "exception-perishable", "exception-sealed"}
        assert exceptions & self.said(interview, shop__sells=["goods"], shop__goods=["general", kind]) == {part}

    def test_all_made_to_order_has_the_exception_and_no_right(self, interview: Interview) -> None:
        found = self.said(interview, shop__sells=["goods"], shop__goods=["custom_made"])
        assert "exception-custom" in found and "right" not in found and "form" not in found

    def test_who_sells_only_to_businesses_is_told_to_delete_it(self, interview: Interview) -> None:
        found = self.said(interview, shop__audience="b2b")
        assert "businesses-only" in found and "right" not in found


class TestSellerBlock:
    @pytest.mark.parametrize(
        "form,part",
        [
            ("SIA", "merchant"), ("AS", "merchant"), ("partnership", "merchant"),
            ("individual_merchant_IK", "merchant"),
            ("cooperative", "registered"), ("farm", "registered"), ("association", "registered"),
            ("foundation", "registered"), ("other_eu", "foreign"), ("non_eu", "foreign"),
            ("sole_trader", "sole-trader"), ("not_registered_yet", "unregistered"),
        ],
    )  # fmt: skip
    def test_each_legal_form_has_its_block(self, form: str, part: str, interview: Interview) -> None:
        blocks = {"merchant", "registered", "foreign", "sole-trader", "unregistered"}
        answers = {**SMALLEST, "seller.legal_form": form}
        assert blocks & parts(drafted(interview, answers, "seller-information").document) == {part}

    @pytest.mark.parametrize("status,shown", [("yes", True), ("special", False), ("no", False)])
    def test_vat_number_only_if_registered_in_the_usual_way(
        self, status: str, shown: bool, interview: Interview
    ) -> None:
        answers = {**SMALLEST, "seller.vat_registered": status}
        details = {"vat": "LV40203000000"}
        said = text(drafted(interview, answers, "seller-information", details=details).document)
        assert ("LV40203000000" in said) is shown and ("VAT" in said) is shown

    def test_a_sole_trader_publishes_no_number(self, interview: Interview) -> None:
        details = {"name": "Anna Ozola", "number": "40203000000"}
        answers = {**SMALLEST, "seller.legal_form": "sole_trader"}
        said = text(drafted(interview, answers, "seller-information", details=details).document)
        assert "Anna Ozola" in said and "40203000000" not in said
        assert "your personal code is not one" in said

    def test_a_licence_names_its_authority_and_a_food_registration_is_none(self, interview: Interview) -> None:
        answers = {**SMALLEST, "seller.licence_needed": ["alcohol", "food_registration"]}
        said = part_text(drafted(interview, answers, "seller-information").document, "licences")
        assert "Alcohol: issued by [to fill in: authority]" in said and "PVD" not in said and "Food" not in said


CHANNELS = {
    "email": "email", "sms": "sms", "messenger": "messenger", "push": "push", "phone_live": "phone",
    "phone_automated": "phone-automated", "post": "post", "ads_audiences": "audiences",
}  # fmt: skip


class TestConsentTexts:
    @pytest.mark.parametrize("channel", CHANNELS)
    def test_one_text_for_each_chosen_channel(self, channel: str, interview: Interview) -> None:
        answers = {
            **SMALLEST, "data.marketing_channels": [channel], "data.marketing_source": ["consent"],
            "data.marketing_recipients": ["consumers"],
        }  # fmt: skip
        found = drafted(interview, answers, "consent-texts", details={"name": "SIA Ozols"}).document
        assert set(CHANNELS.values()) & parts(found) == {CHANNELS[channel]}
        assert "SIA Ozols" in part_text(found, CHANNELS[channel])

    def test_existing_customers_get_a_box_to_refuse(self, interview: Interview) -> None:
        answers = {
            **SMALLEST, "data.marketing_channels": ["email"], "data.marketing_source": ["existing_customers"],
            "data.marketing_recipients": ["consumers"],
        }  # fmt: skip
        found = drafted(interview, answers, "consent-texts").document
        assert "soft-opt-in" in parts(found) and "email" not in parts(found)
        assert "I do not want to receive such e-mails" in part_text(found, "soft-opt-in")

    def test_the_banner_asks_for_the_categories_in_use(self, interview: Interview) -> None:
        answers = {**SMALLEST, "data.cookies": ["strictly_necessary", "analytics"]}
        found = parts(drafted(interview, answers, "consent-texts").document)
        assert {"banner", "banner-necessary", "banner-analytics"} <= found
        assert not {"banner-advertising", "banner-social", "banner-replay", "banner-embeds"} & found

    def test_necessary_cookies_alone_need_no_banner(self, interview: Interview) -> None:
        answers = {**SMALLEST, "data.cookies": ["strictly_necessary"]}
        found = parts(drafted(interview, answers, "consent-texts").document)
        assert "banner" not in found and "no-banner" in found


class TestRecipients:
    def test_each_purpose_names_its_own(self, interview: Interview) -> None:
        said = part_text(drafted(interview, scenario("f2"), "privacy-notice").document, "purposes")
        receivers = [line for line in said.splitlines() if line.startswith("Who receives it: ")]
        assert len(receivers) == said.count("Legal basis: ")
        orders = said[: said.index(interview.base.purposes["payment"].label.en)]
        analytics = said[said.index(interview.base.purposes["analytics"].label.en) :]
        analytics = analytics[: analytics.index("How long we keep it")]
        assert "Hetzner" in orders and "GA4 (also outside the EEA)" in analytics
        assert "DPD" not in analytics and "Hetzner" not in analytics

    def test_who_runs_the_shop_is_said_once_to_see_all_that_lies_there(self, interview: Interview) -> None:
        """And is not told as the one who keeps the accounts or runs the adverts, only because it could."""
        vendors = [STAYS, {"name": "Mozello"}, {"name": "Mailchimp"}]
        purposes = ["orders", "accounting", "email_consent", "analytics"]
        answers = {**SMALLEST, "data.purposes": purposes, "vendors": vendors}
        for document in ("privacy-notice", "record-of-processing"):
            found = drafted(interview, answers, document).document
            assert "Host SIA" in part_text(found, "hosts") and "Mozello" in part_text(found, "hosts")
            assert "Mailchimp" not in part_text(found, "hosts")
        said = part_text(drafted(interview, answers, "privacy-notice").document, "purposes")
        receivers = [line for line in said.splitlines() if line.startswith("Who receives it: ")]
        assert [line for line in receivers if "Host SIA" in line or "Mozello" in line] == receivers[:1]  # orders
        assert "nobody but us [to check" in receivers[1]  # accounting
        register = part_text(drafted(interview, answers, "vendor-register").document, "vendors")
        assert register.count("all purposes") == 2

    def test_that_nobody_receives_it_is_no_claim(self, interview: Interview) -> None:
        said = part_text(notice(interview).document, "purposes")
        assert "Who receives it: nobody but us [to check: that no partner is used for this]" in said

    def test_the_company_behind_a_name_is_to_be_compared(self, interview: Interview) -> None:
        answers = {**SMALLEST, "vendors": [{"name": "Mailchimp"}, {"name": "Anna Ozola, bookkeeper"}]}
        said = part_text(drafted(interview, answers, "privacy-notice").document, "recipients")
        entity = interview.base.providers["mailchimp"].entity
        assert f"Mailchimp ({entity})" in said and "[to check: compare the names of the companies" in said
        assert "Anna Ozola, bookkeeper [to check: the full name of the company; if this is a person" in said

    def test_pages_on_social_networks_make_joint_controllers(self, interview: Interview) -> None:
        answers = {**SMALLEST, "shop.social_pages": ["facebook", "instagram"]}
        for locale, words in ((Locale.EN, "joint controllers"), (Locale.LV, "kopīgi pārziņi")):
            said = part_text(drafted(interview, answers, "privacy-notice", locale).document, "social-pages")
            assert words in said and "Facebook" in said and "Instagram" in said
        assert "social-pages" not in parts(notice(interview).document)

    def test_a_private_account_has_no_agreement(self, interview: Interview) -> None:
        """It is an independent controller's, and yet not to be called fine."""
        said = part_text(drafted(interview, scenario("f1"), "vendor-register").document, "vendors")
        assert "none comes with a private account" in said
        row = said[said.index("gmail.com") :]
        assert "not a processor" not in row

    def test_a_private_account_is_never_told_as_a_contract(self, interview: Interview) -> None:
        """Though the catalogue knows the company, its agreement and its role for those who pay as a business."""
        vendor = {"name": "Google Workspace", "consumer_grade": "yes"}
        answers = {**SMALLEST, "data.purposes": ["orders"], "vendors": [vendor]}
        provider = interview.base.providers["gworkspace"]
        assert provider.entity and provider.assume["dpa"] == "in_terms"
        for locale, private in ((Locale.EN, "a private account"), (Locale.LV, "privāts konts")):
            register = drafted(interview, answers, "vendor-register", locale).document
            notice = drafted(interview, answers, "privacy-notice", locale).document
            said = part_text(register, "vendors") + part_text(notice, "recipients")
            agreed = interview.base.phrases["documents.contract.in_terms"].in_(locale)
            assert "Google Workspace" in said and private in said
            assert provider.entity not in said and agreed not in said
            assert "mūsu uzdevumā\n" not in said and "acts on our instructions\n" not in said
            assert "clauses" not in parts(register)  # there is no agreement in which they could be looked for

    def test_an_occupation_is_no_name(self, interview: Interview) -> None:
        answers = {**SMALLEST, "vendors": [{"name": "Accountant", "country": "LV"}, {"name": "SIA Skaitļi"}]}
        said = part_text(drafted(interview, answers, "privacy-notice").document, "recipients")
        assert "Accountant [to check: who this is: give the name of a firm" in said and "SIA Skaitļi\n" in said
        register = part_text(drafted(interview, answers, "vendor-register").document, "vendors")
        assert (
            "Accountant\n[to fill in: name and registration number of the company; or that it is a person" in register
        )
        assert "SIA Skaitļi\n–\n" in register

    @pytest.mark.parametrize("name", ["Brother Jānis", "mana māsa Ilze", "Draudzene Anna, grāmatvede"])
    def test_somebody_close_stays_unnamed_and_needs_settling(self, name: str, interview: Interview) -> None:
        vendor = {"name": name, "function": "developer", "role": "processor", "country": "LV", "dpa": "none"}
        answers = {**SMALLEST, "vendors": [vendor]}
        notice = text(drafted(interview, answers, "privacy-notice").document)
        assert name not in notice and "a person who helps us (development and maintenance of the site)" in notice
        assert "[to check: whether this person has a business of their own" in notice
        register = part_text(drafted(interview, answers, "vendor-register").document, "vendors")
        assert name in register and "written instructions and a promise of confidentiality (Art. 29" in register
        assert "none yet" not in register

    def test_what_nobody_knows_a_purpose_for_is_named_with_a_gap(self, interview: Interview) -> None:
        """A tool for anything (forms), and one of which only the name is known, are under no wrong purpose."""
        vendors = [{"name": "Loox", "function": "other"}, {"name": "Google Forms"}, {"name": "Mailchimp"}]
        purposes = ["orders", "reviews", "email_consent"]
        answers = {**SMALLEST, "data.purposes": purposes, "vendors": vendors}
        found = drafted(interview, answers, "privacy-notice").document
        said = part_text(found, "helpers")
        assert "Loox also helps us with: [to fill in: what this recipient does]. What for: [to fill in" in said
        assert "Google Forms also helps us with: forms and tables. What for: [to fill in" in said
        assert "Mailchimp" not in said
        used = part_text(found, "purposes")
        assert (
            "Who receives it: [to fill in: whether this is one of the purposes for which you use Loox, Google" in used
        )
        assert "nobody but us [to check" not in used
        record = part_text(drafted(interview, answers, "record-of-processing").document, "helpers")
        assert "Loox ([to fill in: what" in record and "Google Forms (forms and tables)" in record
        assert "helpers" not in parts(drafted(interview, {**answers, "vendors": [STAYS]}, "privacy-notice").document)

    @pytest.mark.parametrize(
        ("name", "purpose"),
        [("Zoom", "bookings"), ("Zoom", "health_related"), ("Trustpilot", "reviews"), ("Calendly", "bookings")],
    )
    def test_the_catalogue_may_know_what_a_service_of_no_kind_is_for(
        self, name: str, purpose: str, interview: Interview
    ) -> None:
        answers = {**SMALLEST, "data.purposes": [purpose], "vendors": [{"name": name}]}
        found = drafted(interview, answers, "privacy-notice").document
        used = part_text(found, "purposes")
        assert name in used[used.index(interview.base.purposes[purpose].label.en) :]
        assert "helpers" not in parts(found) and "what this recipient does" not in text(found)

    def test_a_helpdesk_means_that_people_are_answered(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f8"), "privacy-notice").document
        label = interview.base.purposes["support"].label.en
        assert "support" not in scenario("f8")["data.purposes"] and label in headings(found)
        register = part_text(drafted(interview, scenario("f8"), "vendor-register").document, "vendors")
        assert label in register[register.index("support contractor Pvt Ltd") :]

    def test_a_partner_without_any_purpose_is_a_gap(self, interview: Interview) -> None:
        answers = {**SMALLEST, "vendors": [{"name": "Fleet SIA", "function": "delivery"}]}
        register = part_text(drafted(interview, answers, "vendor-register").document, "vendors")
        assert "[to fill in: for which purpose: none of those in your answers fits]" in register


class TestPushMessages:
    """They are no purpose that the interview asks for, and yet need all that a purpose needs."""

    def test_they_stand_among_the_purposes_with_the_rights_of_consent(self, interview: Interview) -> None:
        answers = {
            **SMALLEST, "data.marketing_channels": ["push"], "data.marketing_source": ["consent"],
            "data.marketing_recipients": ["consumers"],
        }  # fmt: skip
        found = drafted(interview, answers, "privacy-notice").document
        assert "Push notifications" in headings(found) and "rights-marketing" in parts(found)
        assert "Push notifications" in part_text(found, "rights-withdrawal")
        for name in ("record-of-processing", "request-replies"):
            assert "Push notifications" in text(drafted(interview, answers, name).document)


class TestDataFromOthers:
    def test_the_recipient_of_a_parcel_is_told_of_whatever_was_answered(self, interview: Interview) -> None:
        answers = {**scenario("f1"), "data.collected_from_third_parties": "no"}
        found = drafted(interview, answers, "privacy-notice").document
        assert "the buyer gives us the recipient's name" in part_text(found, "others")
        assert "others-more" not in parts(found)

    def test_other_sources_are_a_gap(self, interview: Interview) -> None:
        found = notice(interview, data__collected_from_third_parties="yes").document
        assert "others" not in parts(found)
        assert "whether the source is public" in part_text(found, "others-more")
        assert "Data that we do not get from you" in headings(found)

    def test_without_any_the_heading_is_left_out(self, interview: Interview) -> None:
        assert "Data that we do not get from you" not in headings(notice(interview).document)


class TestCookies:
    def test_only_what_is_in_use_is_told(self, interview: Interview) -> None:
        found = parts(notice(interview, data__cookies=["strictly_necessary"]).document)
        assert {"cookies", "cookies-necessary"} <= found and "cookies-consent" not in found
        assert not {"cookies", "cookies-necessary", "cookies-consent"} & parts(notice(interview).document)

    def test_without_a_banner_nothing_of_a_banner_stands_anywhere(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f5"), "consent-texts").document
        assert "banner-necessary" not in parts(found)


class TestWorkingNotes:
    def test_a_gap_in_a_table_names_column_and_rows(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f6"), "vendor-register")
        todo = next(gap for gap in found.gaps if gap.text == "look up the list of sub-processors")
        assert todo.label == "Sub-processors" and todo.places == ("Vendors and other recipients: Shopify, Stripe",)
        date = next(gap for gap in found.gaps if gap.label == "Checked on")
        assert date.places == ("Vendors and other recipients",)  # all rows

    def test_a_gap_that_stands_once_names_its_section(self, interview: Interview) -> None:
        found = drafted(interview, scenario("f2"), "privacy-notice")
        assert next(gap for gap in found.gaps if gap.label == "How long we keep it").places == ("2.3. Delivery",)

    def test_the_seller_block_does_not_speak_of_purposes(self, interview: Interview) -> None:
        annex = [plain(item.words) for block in drafted(interview, scenario("f2"), "seller-information").document.annex
                 for item in getattr(block, "items", ())]  # fmt: skip
        assert not any("follow from other answers" in line for line in annex)


DETAILS = {
    "name": "SIA „Zābaks”", "number": "40203000000", "address": "Brīvības iela 1, Rīga", "email": "a@b.lv",
    "phone": "+371 20000000", "site": "www.zabaks.lv",
}  # fmt: skip


class TestNothingIsInvented:
    def test_without_details_they_are_gaps(self, interview: Interview) -> None:
        gaps = {gap.text for gap in notice(interview).gaps}
        assert {"the seller's name", "registration number", "address", "the shop's e-mail address"} <= gaps

    def test_with_details_they_are_filled_in(self, interview: Interview) -> None:
        found = drafted(interview, SMALLEST, "privacy-notice", details=DETAILS)
        said = text(found.document)
        assert all(value in said for value in DETAILS.values())
        assert not {"the seller's name", "registration number", "address"} & {gap.text for gap in found.gaps}

    def test_notes_of_the_adviser_stay_private(self, interview: Interview) -> None:
        case = collected(interview, SMALLEST).case.add(Note("the owner plays golf"))
        found = collect(interview, case, {})
        assert not any("golf" in text(draft(found, name).document) for name in DOCUMENTS)

    def test_the_name_of_the_case_is_not_the_name_of_the_seller(self, interview: Interview) -> None:
        assert "test" not in text(notice(interview).document).split()

    def test_the_vendor_register_says_what_nobody_confirmed(self, interview: Interview) -> None:
        answers = {**SMALLEST, "vendors": [{"name": "Mailchimp"}]}
        said = part_text(drafted(interview, answers, "vendor-register").document, "vendors")
        assert "from the catalogue (November 2026), not confirmed yet: role, country" in said

    def test_the_law_of_another_day_has_other_decisions(self, interview_on: Any) -> None:
        """Brazil's decision is of 26 January 2026."""
        vendor = {"name": "Samba Ltda", "function": "crm", "role": "processor", "country": "BR", "mechanism": "none"}
        answers = {**SMALLEST, "vendors": [vendor]}
        later = part_text(drafted(interview_on("2026-11-23"), answers, "privacy-notice").document, "transfers")
        earlier = part_text(drafted(interview_on("2026-01-20"), answers, "privacy-notice").document, "transfers")
        assert "2026/179" in later and "2026/179" not in earlier and "none is known" in earlier
