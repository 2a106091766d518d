"""Which purposes documents tell because of other answers, under which name, with which data and for whom."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.documents.drafting import draft
from advisor.interview import Interview
from advisor.model import Locale
from tests.documents_base import SMALLEST, collected, drafted, part_text, parts, text

BOTH = (Locale.EN, Locale.LV)
WITH_COOKIES = {**SMALLEST, "data.cookies": ["analytics"]}
SELLS_GOODS = {"shop.sells": ["goods"], "shop.goods": ["general"], "shop.online_ordering": "yes"}


def told(interview: Interview, **changes: Any) -> set[str]:
    """The purposes in the privacy notice and the record, which are the same."""
    found = collected(interview, {**SMALLEST, **{name.replace("__", "."): value for name, value in changes.items()}})
    labels = {use.label.en: use.id for use in found.used}
    for document in ("privacy-notice", "record-of-processing"):
        said = text(draft(found, document).document)
        assert all(label in said for label in labels)
    return set(labels.values())


def purposes(interview: Interview, locale: Locale = Locale.EN, **changes: Any) -> str:
    answers = {**SMALLEST, **{name.replace("__", "."): value for name, value in changes.items()}}
    return part_text(drafted(interview, answers, "privacy-notice", locale).document, "purposes")


class TestAdvertising:
    """Advertising with visitors' data is told only where there is some; a page or a feed is told as what it is."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"data__cookies": ["advertising"]},
            {"data__marketing_channels": ["ads_audiences"], "data__marketing_source": ["consent"],
             "data__marketing_recipients": ["consumers"]},
            {"data__purposes": ["accounting", "advertising"]},
            {"vendors": [{"name": "Meta Pixel"}]},
            {"vendors": [{"name": "Google Ads"}]},
        ],
    )  # fmt: skip
    def test_a_pixel_an_audience_or_the_purpose_is_advertising(
        self, changes: dict[str, Any], interview: Interview
    ) -> None:
        assert "advertising" in told(interview, **changes)

    @pytest.mark.parametrize(
        "changes,use",
        [
            ({"data__cookies": ["social_plugins"]}, "social_feeds"),
            ({"shop__social_pages": ["facebook"]}, "social_pages"),
            ({"shop__social_pages": ["tiktok"]}, "social_pages"),
            ({"vendors": [{"name": "Facebook page"}]}, "social_pages"),
        ],
    )
    def test_a_page_or_a_feed_is_none(self, changes: dict[str, Any], use: str, interview: Interview) -> None:
        found = told(interview, **changes)
        assert use in found and "advertising" not in found
        for locale in BOTH:
            said = purposes(interview, locale, **changes)
            assert "pixel" not in said and "pikse" not in said and "hash" not in said and "jaucējvērtīb" not in said

    def test_the_networks_of_the_pages_receive_what_is_there(self, interview: Interview) -> None:
        page = {"shop__social_pages": ["facebook", "tiktok"], "vendors": [{"name": "Facebook page"}]}
        said = purposes(interview, **page)
        assert "Who receives it: Facebook, TikTok\n" in said
        feed = purposes(interview, data__cookies=["social_plugins"])
        assert "Who receives it: [to fill in: the network whose posts or buttons you show]" in feed

    def test_pictures_on_pages_go_to_the_networks(self, interview: Interview) -> None:
        said = purposes(interview, shop__user_photos="yes", shop__social_pages=["instagram"])
        photos = said[said.index("Photos") :]
        assert "everybody who visits our pages on social networks, and the networks: Instagram" in photos
        alone = purposes(interview, shop__user_photos="yes")
        assert "social networks" not in alone


CHANNELS = {
    "sms": "sms_marketing", "messenger": "messenger_marketing",
    "phone_live": "call_marketing", "phone_automated": "call_marketing",
}  # fmt: skip
WORDS = {
    "sms_marketing": ("SMS", "īsziņās"),
    "messenger_marketing": ("messaging app", "ziņapmaiņas lietotnē"),
    "call_marketing": ("we call you", "zvanām jums"),
}


class TestChannels:
    """Messages are told under the name of the way that is used, and to those who get them."""

    @pytest.mark.parametrize("channel", CHANNELS)
    @pytest.mark.parametrize("named", [[], ["sms_phone_marketing"]])
    def test_each_channel_by_its_own_name(self, channel: str, named: list[str], interview: Interview) -> None:
        changes = {
            "data__purposes": ["accounting", *named], "data__marketing_channels": [channel],
            "data__marketing_source": ["consent"], "data__marketing_recipients": ["consumers"],
        }  # fmt: skip
        use = CHANNELS[channel]
        found = told(interview, **changes)
        assert found & {*WORDS, "sms_phone_marketing", "company_calls"} == {use}
        for locale, place in ((Locale.EN, 0), (Locale.LV, 1)):
            said = purposes(interview, locale, **changes)
            assert WORDS[use][place] in said
            assert not any(words[place] in said for name, words in WORDS.items() if name != use)

    def test_a_named_purpose_stays_while_nobody_said_which_channel(self, interview: Interview) -> None:
        assert "sms_phone_marketing" in told(interview, data__purposes=["sms_phone_marketing"])

    @pytest.mark.parametrize(
        "recipients,expected",
        [
            (["consumers"], {"call_marketing"}),
            (["generic_business_addresses"], {"company_calls"}),
            (["named_business_contacts"], {"company_calls"}),
            (["consumers", "named_business_contacts"], {"call_marketing", "company_calls"}),
            ("unknown", {"call_marketing"}),
        ],
    )
    def test_calls_are_told_to_those_who_are_called(
        self, recipients: Any, expected: set[str], interview: Interview
    ) -> None:
        changes = {
            "data__marketing_channels": ["phone_live"], "data__marketing_source": ["consent"],
            "data__marketing_recipients": recipients,
        }  # fmt: skip
        assert told(interview, **changes) & {"call_marketing", "company_calls"} == expected
        doubted = "if you call only companies, delete this purpose" in purposes(interview, **changes)
        assert doubted is (len(expected) == 2)


class TestDataThatWasTold:
    @pytest.mark.parametrize(
        "changes,use,words",
        [
            ({"shop__trade_in": "yes"}, "trade_in", "personal code, if a law asks for it"),
            ({"data__identity_copies": "yes"}, "identity_documents", "[to fill in: the law that asks for it"),
            ({"shop__sells": ["goods"], "shop__goods": ["alcohol"]}, "age_verification", "electronic identification"),
            ({"shop__sells": ["goods"], "shop__goods": ["energy_drinks"]}, "age_verification", "old enough or not"),
            ({"shop__sells": ["gift_cards"]}, "gift_cards", "contact details of the recipient"),
            ({**{name.replace(".", "__"): value for name, value in SELLS_GOODS.items()},
              "shop__goods": ["custom_made"]}, "orders", "sizes, measurements and wishes"),
        ],
    )  # fmt: skip
    def test_it_has_a_purpose_and_a_place(
        self, changes: dict[str, Any], use: str, words: str, interview: Interview
    ) -> None:
        assert use in told(interview, **changes)
        assert words in purposes(interview, **changes)

    def test_what_an_answer_adds_is_not_there_without_it(self, interview: Interview) -> None:
        changes = {name.replace(".", "__"): value for name, value in SELLS_GOODS.items()}
        assert "measurements" not in purposes(interview, **changes)
        energy = purposes(interview, shop__sells=["goods"], shop__goods=["energy_drinks"])
        assert "electronic identification" not in energy
        assert not {"trade_in", "identity_documents", "age_verification", "gift_cards"} & told(interview)

    def test_the_accountant_sees_the_document_of_a_purchase(self, interview: Interview) -> None:
        said = purposes(interview, shop__trade_in="yes", vendors=[{"name": "SIA Skaitļi", "function": "accounting"}])
        assert "SIA Skaitļi" in said[said.index("Buying things") :]


class TestCookies:
    """A banner nobody was asked about is neither there nor missing, and a basket has cookies that nobody thinks of."""

    @pytest.mark.parametrize("banner", [None, "unknown"])
    @pytest.mark.parametrize("locale", BOTH)
    def test_an_unanswered_banner_is_to_be_looked_at(
        self, banner: str | None, locale: Locale, interview: Interview
    ) -> None:
        answers = {**WITH_COOKIES, **({} if banner is None else {"data.cookie_banner": banner})}
        found = drafted(interview, answers, "cookie-notice", locale).document
        assert "banner-open" in parts(found) and "banner-missing" not in parts(found)
        said = text(found)
        assert (
            "according to your answers the site does not ask" not in said and "vietne pirms ielādes nejautā" not in said
        )
        assert "your answers leave open" not in said and "nav skaidrs" not in said

    @pytest.mark.parametrize("banner", ["none", "info_only"])
    def test_a_missing_banner_is_told(self, banner: str, interview: Interview) -> None:
        found = parts(drafted(interview, {**WITH_COOKIES, "data.cookie_banner": banner}, "cookie-notice").document)
        assert {"banner-open", "banner-missing"} & found == {"banner-missing"}

    def test_a_banner_that_asks_needs_no_word(self, interview: Interview) -> None:
        answers = {**WITH_COOKIES, "data.cookie_banner": "consent_before_loading"}
        assert not {"banner-open", "banner-missing"} & parts(drafted(interview, answers, "cookie-notice").document)

    @pytest.mark.parametrize("shop", [{"shop.online_ordering": "yes"}, {"shop.accounts": "optional"}])
    def test_a_basket_or_login_has_necessary_cookies(self, shop: dict[str, Any], interview: Interview) -> None:
        answers = {**WITH_COOKIES, **shop}
        doubt = "[to check: your answers do not name these"
        assert doubt in part_text(drafted(interview, answers, "cookie-notice").document, "table")
        notice = drafted(interview, answers, "privacy-notice")
        assert doubt in part_text(notice.document, "cookies-necessary")
        assert interview.base.purposes["device_storage"].label.en in part_text(notice.document, "purposes")
        state = {item.element.id: item.state for item in notice.findings}
        assert state["notice.cookies-necessary"] == "gaps"

    def test_what_was_named_is_not_doubted(self, interview: Interview) -> None:
        answers = {**WITH_COOKIES, "shop.online_ordering": "yes", "data.cookies": ["strictly_necessary", "analytics"]}
        said = text(drafted(interview, answers, "cookie-notice").document)
        assert said.count("What the shop cannot work without") == 1 and "do not name these" not in said

    def test_without_basket_and_login_nothing_is_supposed(self, interview: Interview) -> None:
        assert "What the shop cannot" not in text(drafted(interview, WITH_COOKIES, "cookie-notice").document)
        assert "cookies-necessary" not in parts(drafted(interview, WITH_COOKIES, "privacy-notice").document)
