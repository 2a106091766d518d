"""What people type, and what it is understood as: with names made by hand and the real word lists."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from advisor.model import UNKNOWN, Locale, Option, Question, Text, Value
from advisor.understanding.understand import Command, Reading, Understanding
from tests.understanding_base import (
    ASSUMED,
    CONFIRM,
    COUNTRY,
    EU,
    FORM,
    GOODS,
    MARKETS,
    NONE,
    NUMBER,
    PEOPLE,
    REVIEWS,
    SUPPLIER,
    SUPPLY,
    VAT,
    VENDORS,
    YES_NO,
    option,
    question,
    small_base,
)

EN, LV = Locale.EN, Locale.LV


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(small_base())


def offered(reading: Reading) -> tuple[Value, ...]:
    """What was asked back about."""
    assert reading.value is None and reading.how is None and reading.command is None
    return tuple(candidate.value for candidate in reading.candidates)


def check(understanding: Understanding, about: Question, said: str, expected: object, locale: Locale = EN) -> None:
    reading = understanding.read(about, said, locale)
    assert reading.command is None
    assert reading.value == expected, f"{said!r}: {reading}"


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "command", "argument"),
    [
        ("help", Command.HELP, ""), ("/palīdzība", Command.HELP, ""), ("Palidziba!", Command.HELP, ""),
        ("?", Command.HELP, ""),
        ("why?", Command.WHY, ""), ("kāpēc", Command.WHY, ""), ("/back", Command.BACK, ""),
        ("atpakaļ", Command.BACK, ""),
        ("change 3", Command.CHANGE, "3"), ("mainīt", Command.CHANGE, ""), ("nezinu", Command.UNKNOWN, ""),
        ("I don't know", Command.UNKNOWN, ""), ("we really don't know yet", Command.UNKNOWN, ""),
        ("skip", Command.UNKNOWN, ""),
        ("izlaist", Command.UNKNOWN, ""), ("note: call Anna, tomorrow", Command.NOTE, "call Anna, tomorrow"),
        ("/piezīme zvanīt", Command.NOTE, "zvanīt"), ("status", Command.STATUS, ""), ("plāns", Command.PLAN, ""),
        ("plan all", Command.PLAN, "all"), ("/viss plāns", Command.PLAN, "all"),
        ("show me the whole plan please", Command.PLAN, "all"),
        ("review", Command.REVIEW, ""), ("latviski", Command.LANGUAGE, "lv"),
        ("language english", Command.LANGUAGE, "en"),
        ("beigt", Command.QUIT, ""), ("save", Command.QUIT, ""), ("/q", Command.QUIT, ""),
        ("how seller-info.identity", Command.HOW, "seller-info.identity"),
        ("why not transfer.scc", Command.WHY_NOT, "transfer.scc"),
        ("what if we sell to Norway", Command.WHAT_IF, "we sell to Norway"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("about", [FORM, GOODS, MARKETS, VENDORS, YES_NO, NUMBER], ids=lambda about: about.kind)
def test_commands(understanding: Understanding, about: Question, said: str, command: Command, argument: str) -> None:
    reading = understanding.read(about, said, EN)
    assert (reading.command, reading.argument, reading.value) == (command, argument, None)


def test_an_unknown_slash_command_is_nothing(understanding: Understanding) -> None:
    assert understanding.read(GOODS, "/candles", EN) == Reading()


def test_a_command_word_that_is_an_answer_is_the_answer(understanding: Understanding) -> None:
    about = question("choices", option("lv", "Latvian", "Latviešu", "latviski"), option("plan", "Plan", "Plāns"))
    check(understanding, about, "latviski", ("lv",))
    check(understanding, about, "plan", ("plan",))
    assert understanding.read(about, "/plan", EN).command is Command.PLAN


def test_a_word_that_begins_like_a_command_is_none(understanding: Understanding) -> None:
    check(understanding, FORM, "kā pašnodarbinātais", "sole_trader")
    assert understanding.read(VENDORS, "Language school", EN).value == ("language-school",)
    assert understanding.read(VENDORS, "Help Desk Heroes", EN).value == ("help-desk-heroes",)


# --- empty lines, numbers --------------------------------------------------------------------------------------------


def test_an_empty_line_is_the_default(understanding: Understanding) -> None:
    assert understanding.read(FORM, "  ", EN) == Reading()
    assert understanding.read(FORM, "", EN, default=("SIA",)) == Reading(value="SIA", how="default")
    assert understanding.read(GOODS, "\n", EN, default=("food", "toys")) == Reading(
        value=("food", "toys"), how="default"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2", ("food",)), ("2.", ("food",)), ("#2", ("food",)), ("1, 3 and 5", ("general", "alcohol", "clothes")),
        ("1-3", ("general", "food", "alcohol")), ("1 3", ("general", "alcohol")), ("1 un 2", ("general", "food")),
        ("the second", ("food",)), ("otrais", ("food",)), ("2 to 4", ("food", "alcohol", "toys")), ("0", ()),
        ("6", None), ("99", None), ("1, 9", None),
    ],
)  # fmt: skip
def test_option_numbers(understanding: Understanding, said: str, expected: object) -> None:
    reading = understanding.read(GOODS, said, EN)
    assert reading.value == expected and reading.candidates == ()
    assert reading.how == (None if expected is None else "number")


def test_numbers_count_the_options_shown(understanding: Understanding) -> None:
    assert understanding.read(SUPPLY, "1", EN, SUPPLY.options[1:]).value == ("shop.dropshipping",)
    assert understanding.read(GOODS, "6", EN, (*GOODS.options, NONE)).value == ()
    assert understanding.read(YES_NO, "2", EN, (option("yes", "yes", "jā"), option("no", "no", "nē"))).value == "no"
    assert offered(understanding.read(FORM, "1 and 2", EN)) == ("SIA", "sole_trader")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3", 3), ("about 3 000", 3000), ("3 000", 3000), ("3,000", 3000), ("5 darbinieki", 5), ("pieci", 5),
        ("five", 5),
        ("divpadsmit", 12), ("2 thousand", 2000), ("2 tūkstoši", 2000), ("just me", 1), ("tikai es", 1), ("neviens", 0),
        ("nobody", 0), ("mēs esam trīs", 3), ("12.", 12),
        ("me and my sister", 2), ("tikai es un vīrs", 2), ("just me and my husband", 2), ("mēs ar māsu", 2),
        ("neviens, tikai es", 1), ("only me, no employees", 1),
        ("one hundred", 100), ("two hundred and five", 205), ("twenty five", 25), ("a dozen", 12), ("two dozen", 24),
        ("divdesmit pieci", 25), ("divi simti", 200), ("ap simtu", 100), ("me plus two helpers", 3),
    ],
)  # fmt: skip
def test_amounts(understanding: Understanding, said: str, expected: int) -> None:
    check(understanding, NUMBER, said, expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2k", (2000, 2)), ("10 or 12", (10, 12)), ("3-5", (3, 5)), ("more than 50", (50, 51)), ("līdz 10", (9, 10)),
        ("1,5", (1, 2)), ("5+", (5, 6)), ("one two", (1, 2)), ("I don't know, maybe 5", (5,)),
        ("a few hundred", ()), ("half a million", ()), ("hundreds", ()), ("me and 2 helpers", (2, 3)),
        ("-5", ()), ("9999999", ()), ("nē", ()), ("many", ()),
    ],
)  # fmt: skip
def test_unclear_amounts_are_asked_about(understanding: Understanding, said: str, expected: tuple[int, ...]) -> None:
    assert offered(understanding.read(NUMBER, said, EN)) == expected


# --- yes and no ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("yes", "yes"), ("YES!", "yes"), ("y", "yes"), ("jā", "yes"), ("ja", "yes"), ("protams", "yes"), ("ok", "yes"),
        ("yes, about once a month", "yes"), ("jā, dažreiz", "yes"), ("jā, bet ne visiem", "yes"),
        ("esam reģistrēti", "yes"),
        ("no", "no"), ("No.", "no"), ("nē", "no"), ("ne", "no"), ("nē, vēl ne", "no"), ("not yet", "no"), ("nav", "no"),
        ("of course not", "no"), ("we don't", "no"), ("nope", "no"), ("none", "no"), ("vēl nav", "no"),
        ("maybe", None), ("yes and no", None), ("jā vai nē", None), ("we have not", "no"), ("sure, but no", None),
        ("Lebanon", None), ("noo", None), ("yess", None), ("no tā laika", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_closed_lists(understanding: Understanding, said: str, expected: str | None) -> None:
    reading = understanding.read(YES_NO, said, EN)
    assert reading.value == expected and reading.command is None
    assert reading.how == ("yes-no" if expected else None)


def test_an_unclear_yes_or_no_offers_both_in_the_language_of_the_interview(understanding: Understanding) -> None:
    reading = understanding.read(YES_NO, "varbūt", LV)
    assert [(candidate.value, candidate.label) for candidate in reading.candidates] == [("yes", "jā"), ("no", "nē")]


@pytest.mark.parametrize("said", ["no", "nē", "No", "nope", "none", "nav", "yes", "jā", "ok"])
@pytest.mark.parametrize("locale", Locale)
def test_yes_and_no_are_never_a_country(understanding: Understanding, said: str, locale: Locale) -> None:
    assert understanding.read(COUNTRY, said, locale).value is None
    assert understanding.read(MARKETS, said, locale).value in (None, ())


# --- options ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value", "how"),
    [
        ("Limited company (SIA)", "SIA", "label"), ("limited company", "SIA", "label"), ("SIA", "SIA", "alias"),
        ("sia", "SIA", "alias"), ("ltd", "SIA", "alias"), ("we are a SIA in Riga", "SIA", "phrase"),
        ("sabiedriba ar ierobezotu atbildibu", "SIA", "label"), ("I am self employed", "sole_trader", "alias"),
        ("pašnodarbinātajam", "sole_trader", "alias"), ("saimn", "sole_trader", "prefix"),
        ("ik", "individual_merchant_IK", "alias"),
        ("not registred yet", "not_registered_yet", "similar"), ("vēl nav reģistrēts", "not_registered_yet", "label"),
        ("sole tradr", "sole_trader", "similar"),
    ],
)  # fmt: skip
def test_one_option(understanding: Understanding, said: str, value: str, how: str) -> None:
    reading = understanding.read(FORM, said, EN)
    assert (reading.value, reading.how) == (value, how)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("SIA or IK", ("SIA", "individual_merchant_IK")), ("company", ("SIA", "AS")), ("private", ("SIA",)),
        ("not a limited company", ("SIA",)), ("as we said", ()), ("qwertyuiop", ()),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_asked_about(understanding: Understanding, said: str, expected: tuple[str, ...]) -> None:
    reading = understanding.read(FORM, said, EN)
    assert offered(reading)[: len(expected)] == expected
    assert len(reading.candidates) <= 5 and bool(reading.candidates) == bool(expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("candles", ("general",)), ("beer and honey", ("alcohol", "food")), ("Clothes, textiles, shoes", ("clothes",)),
        ("sveces, medus un tēja", ("general", "food")), ("candels; toys", ("general", "toys")),
        ("alkoholu", ("alcohol",)),
        ("food but no alcohol", ("food",)), ("we sell food, not alcohol", ("food",)),
        ("medus bez alkohola", ("food",)),
        ("alkoholu nepārdodam, tikai sveces", ("general",)), ("not only candles but also toys", ("general", "toys")),
        ("nothing except candles", ("general",)), ("none of these, only toys", ("toys",)),
        ("none", ()), ("neko", ()), ("we don't have any", ()), ("nothing of the kind", ()), ("no", ()),
        ("Nekas no šī", ()),
        ("everything", ("general", "food", "alcohol", "toys", "clothes")),
        ("all except alcohol", ("general", "food", "toys", "clothes")),
        ("candles, and I don't know what else", ("general", UNKNOWN)),
    ],
)  # fmt: skip
def test_several_options(understanding: Understanding, said: str, expected: tuple[str, ...]) -> None:
    check(understanding, GOODS, said, expected)


@pytest.mark.parametrize(
    "said",
    ["no alcohol", "we do not sell alcohol", "alkoholu nepārdodam", "bez alkohola", "alkohola nav", "alcohol? no"],
)
def test_what_is_denied_is_no_answer(understanding: Understanding, said: str) -> None:
    assert "alcohol" in offered(understanding.read(GOODS, said, EN))


def test_a_denied_list_that_goes_on_is_asked_about(understanding: Understanding) -> None:
    assert set(offered(understanding.read(GOODS, "not food, alcohol or toys", EN))) >= {"alcohol", "toys"}


def test_a_denying_prefix_is_no_typing_mistake(understanding: Understanding) -> None:
    assert understanding.read(GOODS, "bezalkoholiskie dzērieni", EN).value != ("alcohol",)


def test_what_was_not_recognised_is_reported(understanding: Understanding) -> None:
    reading = understanding.read(GOODS, "candles, wqx", EN)
    assert (reading.value, reading.ignored) == (("general",), ("wqx",))


@pytest.mark.parametrize(
    ("about", "said", "expected"),
    [
        (REVIEWS, "no", "none"), (REVIEWS, "nē", "none"), (REVIEWS, "nav", "none"), (REVIEWS, "none", "none"),
        (REVIEWS, "verified", "shown_verified"), (REVIEWS, "not verified", None), (REVIEWS, "yes", None),
        (VAT, "yes", "yes"), (VAT, "jā", "yes"), (VAT, "nē, vēl ne", "no"), (VAT, "no, only special", "special"),
        (VAT, "neesam PVN maksātāji", None), (SUPPLY, "no", ()),
        (SUPPLY, "both", ("shop.own_brand", "shop.dropshipping")),
        (SUPPLY, "yes", None), (SUPPLY, "it is all handmade", ("shop.own_brand",)), (SUPPLIER, "none", "none"),
        (SUPPLIER, "own production", "none"), (SUPPLIER, "mostly China", "CN"), (SUPPLIER, "China and Turkey", None),
    ],
)  # fmt: skip
def test_yes_no_and_none_as_options(understanding: Understanding, about: Question, said: str, expected: object) -> None:
    check(understanding, about, said, expected)


def test_candidates_have_labels_in_the_language_of_the_interview(understanding: Understanding) -> None:
    reading = understanding.read(VAT, "neesam PVN maksātāji", LV)
    assert [candidate.label for candidate in reading.candidates][:2] == [
        "Nav PVN maksātājs",
        "Reģistrēts parastajā kārtībā",
    ]


# --- countries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Latvia", ("LV",)), ("latvija", ("LV",)), ("Латвия", ("LV",)), ("LV", ("LV",)),
        ("LV, EE, LT", ("LV", "EE", "LT")),
        ("lv", ("LV",)), ("Igaunijā", ("EE",)), ("no Vācijas", ("DE",)), ("no Polijas", ("PL",)), ("Lietuvai", ("LT",)),
        ("no Ķīnas", ("CN",)), ("Apvienotajā Karalistē", ("GB",)), ("uz Latviju un Lietuvu", ("LV", "LT")),
        ("Lativa, Estnia and Lithuana", ("LV", "EE", "LT")), ("servers in DE and FI", ("DE", "FI")), ("uk", ("GB",)),
        ("our IT people sit in Latvia", ("LV",)), ("the US", ("US",)), ("us", None), ("u.s.", ("US",)), ("NO", ("NO",)),
        ("SE, NO, DK", ("SE", "NO", "DK")), ("Bosnia and Herzegovina, Serbia", ("BA", "RS")), ("Guinea-Bisau", ("GW",)),
        ("Guinea", ("GN",)), ("Baltics", ("LV", "LT", "EE")), ("Latvia but not Estonia", ("LV",)),
        ("Coo Islands", ("CK",)),
        ("not Estonia, only Latvia", ("LV",)), ("Latvija, Igaunija ne", ("LV",)), ("Sout Sudan", ("SS",)),
        ("Bali", None),
        ("Latvia\nEstonia", ("LV", "EE")), ("Latvia, but I don't know the rest", ("LV", UNKNOWN)), ("spin", ("ES",)),
        ("WE SELL IN LATVIA", ("LV",)), ("Georgia (US)", ("US",)), ("Atlantis", None), ("all over the world", None),
    ],
)  # fmt: skip
def test_countries(understanding: Understanding, said: str, expected: tuple[str, ...] | None) -> None:
    check(understanding, MARKETS, said, expected)


@pytest.mark.parametrize(
    ("said", "expected", "kept"),
    [
        ("Georgia", ("GE", "US"), ()), ("Džordžija", ("GE", "US"), ()), ("Korea", ("KR", "KP"), ()),
        ("Корея", ("KR", "KP"), ()),
        ("LR", ("LV", "LR"), ()), ("Latvia, Estonia and Georgia", ("GE", "US"), ("LV", "EE")), ("Igaunija nav", ("EE",),
        ()),
        ("we do not ship to Estonia", ("EE",), ()), ("not Estonia, Finland", ("FI",), ()),
        ("Latvia Lithuania Estnia", ("EE",), ("LV", "LT")),
    ],
)  # fmt: skip
def test_countries_that_are_asked_about(
    understanding: Understanding, said: str, expected: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    reading = understanding.read(MARKETS, said, EN)
    assert (offered(reading), reading.kept) == (expected, kept)


def test_groups_of_countries(understanding: Understanding) -> None:
    eu = EU
    for said, locale, expected in (
        ("EU", EN, eu), ("ES", LV, eu), ("visa ES", LV, eu), ("EEA", EN, eu | {"NO", "IS", "LI"}), ("ES", EN, {"ES"}),
        ("LV, EE, ES", LV, {"LV", "EE", "ES"}), ("EU except Malta", EN, eu - {"MT"}),
        ("EU and Switzerland", EN, eu | {"CH"}),
        ("ES izņemot Maltu", LV, eu - {"MT"}),
    ):  # fmt: skip
        value = understanding.read(MARKETS, said, locale).value
        assert isinstance(value, tuple) and set(value) == expected and len(value) == len(expected)
    assert offered(understanding.read(COUNTRY, "Baltics", EN)) == ("LV", "LT", "EE")


def test_the_language_of_the_interview_decides_what_lr_is(understanding: Understanding) -> None:
    check(understanding, COUNTRY, "LR", "LV", LV)
    check(understanding, COUNTRY, "LR", None, EN)
    check(understanding, COUNTRY, "Gruzija", "GE", LV)


def test_people_are_read_as_their_countries(understanding: Understanding) -> None:
    check(understanding, PEOPLE, "a freelancer in Ukraine and one in Serbia", ("UA", "RS"))
    check(understanding, PEOPLE, "programmētājs Baltkrievijā", ("BY",))
    check(understanding, PEOPLE, "nobody", ())


def test_one_country_of_two_is_asked_about(understanding: Understanding) -> None:
    assert offered(understanding.read(COUNTRY, "Latvia or Estonia", EN)) == ("LV", "EE")
    check(understanding, COUNTRY, "Latvia, not Estonia", "LV")


# --- vendors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Mozello", ("mozello",)), ("we use Mozello", ("mozello",)), ("hosting by Hetzner", ("hetzner",)),
        ("Mozello platformā", ("mozello",)), ("izmantosim mozelo", ("mozello",)), ("brevo", ("brevo",)),
        ("Stripe, mailchimmp un hetznr", ("stripe", "mailchimp", "hetzner")), ("https://www.mozello.lv/", ("mozello",)),
        ("stripe.com", ("stripe",)), ("Stripe for payments; Hetzner for hosting", ("stripe", "hetzner")),
        ("Mozello - platform, Stripe - payments", ("mozello", "stripe")), ("zone", ("zone",)),
        ("Zone hosting", ("zone",)),
        ("zone.ee and Stripe", ("zone", "stripe")), ("Sender, Stripe", ("stripe", "sender")),
        ("my accountant", ("accountant",)),
        ("we do not use Mailchimp, only Brevo", ("brevo",)), ("Mailchimp neizmantosim, tikai Brevo", ("brevo",)),
        ("PayPal nē, Stripe jā", ("stripe",)), ("Stripe and nothing else", ("stripe",)), ("Stripe, Inc.", ("stripe",)),
        ("none", ()), ("neko neizmantojam", ()), ("I do everything myself", ()),
        ("Stripe, don't know the rest", ("stripe", UNKNOWN)),
    ],
)  # fmt: skip
def test_known_vendors(understanding: Understanding, said: str, expected: tuple[str, ...]) -> None:
    reading = understanding.read(VENDORS, said, EN)
    assert isinstance(reading.value, tuple) and sorted(map(str, reading.value)) == sorted(expected)
    assert reading.names == {}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Foopay", {"foopay": "Foopay"}), ("HelpNest, Inc.", {"helpnest-inc": "HelpNest, Inc."}),
        ("HelpNest Inc.", {"helpnest-inc": "HelpNest Inc."}),
        ("payments by Foopay", {"foopay": "Foopay"}), ("hosting: Barhost", {"barhost": "Barhost"}),
        ("SIA „Rīta rasa”", {"sia-rita-rasa": "SIA Rīta rasa"}), ("foo.lv", {"foo-lv": "foo.lv"}),
        ("J. Bērziņš", {"j-berzins": "J. Bērziņš"}), ("A & B Hosting", {"a-b-hosting": "A & B Hosting"}),
        ("Smith and Sons", {"smith": "Smith", "sons": "Sons"}), ("Почта, Банк", {"x": "Почта", "x-2": "Банк"}),
        ("an agency called Brightside", {"brightside": "Brightside"}),
    ],
)  # fmt: skip
def test_new_vendors_keep_their_names(understanding: Understanding, said: str, names: Mapping[str, str]) -> None:
    reading = understanding.read(VENDORS, said, EN)
    assert reading.value == tuple(names) and reading.names == names


@pytest.mark.parametrize(
    ("said", "expected", "kept"),
    [
        ("google", ("ga4", "gcp", "google"), ()), ("pakomāts", ("omniva", "dpd", "pakomats"), ()),
        ("Stripe and google", ("ga4", "gcp", "google"), ("stripe",)), ("Mchimp", ("mailchimp", "mchimp"), ()),
        ("no Stripe", ("stripe",), ()), ("Stripe, which we don't use", ("stripe",), ()),
    ],
)  # fmt: skip
def test_a_doubtful_vendor_is_asked_about(
    understanding: Understanding, said: str, expected: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    reading = understanding.read(VENDORS, said, EN)
    assert (set(offered(reading)), reading.kept) == (set(expected), kept)
    assert offered(reading)[-1] == expected[-1] and set(reading.names) <= {expected[-1]}


@pytest.mark.parametrize(
    ("said", "locale", "label", "kept"),
    [
        ("a web developer from Riga", EN, "web developer from Riga", ()), ("a courier", EN, "courier", ()),
        ("freelancer in philippines does support", EN, "freelancer in philippines does support", ()),
        ("Stripe and a courier", EN, "courier", ("stripe",)), ("kurjers", LV, "kurjers", ()),
        ("a guy who fixes the site", EN, "guy who fixes the site", ()),
        ("Stripe un kurjers", LV, "kurjers", ("stripe",)),
        ("kaimiņu puika uztur lapu", LV, "kaimiņu puika uztur lapu", ()),
    ],
)  # fmt: skip
def test_a_description_is_no_name(
    understanding: Understanding, said: str, locale: Locale, label: str, kept: tuple[str, ...]
) -> None:
    reading = understanding.read(VENDORS, said, locale)
    assert (reading.value, reading.kept, reading.remark) == (None, kept, "remark.describes")
    assert [candidate.label for candidate in reading.candidates][-1] == label


def test_somebody_without_a_name_is_taken_as_such(understanding: Understanding) -> None:
    reading = understanding.read(VENDORS, "a freelance developer", EN)
    assert (reading.value, reading.remark) == (("freelance-developer",), "remark.unnamed")


def test_everyday_words_count_only_as_a_whole(understanding: Understanding) -> None:
    assert "sender" not in (understanding.read(VENDORS, "the sender of the parcel", EN).value or ())
    assert understanding.read(VENDORS, "sendr", EN).value != ("sender",)


# --- confirming ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", ASSUMED), ("yes", ASSUMED), ("jā", ASSUMED), ("viss pareizi", ASSUMED), ("ok", ASSUMED), ("no", ()),
        ("nē", ()),
        ("2", ("mozello", "omniva")), ("1-2", ("omniva",)), ("1, 3", ("stripe",)), ("all but 2", ("mozello", "omniva")),
        ("stripe", ("mozello", "omniva")), ("yes, except straips", ("mozello", "omniva")),
        ("2 nav pareizi", ("mozello", "omniva")),
        ("izņemot Omniva", ("mozello", "stripe")), ("yes 2", None), ("only 2", None), ("9", None), ("qwert", None),
    ],
)  # fmt: skip
def test_confirming(understanding: Understanding, said: str, expected: object) -> None:
    reading = understanding.read(CONFIRM, said, EN, CONFIRM.options, ASSUMED)
    assert reading.value == expected
    assert reading.how == (None if expected is None else "confirmed")


# --- changing an answer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "said", "expected", "added", "removed"),
    [
        (MARKETS, "also Estonia", ("LV", "LT", "EE"), ("EE",), ()), (MARKETS, "arī uz Igauniju", ("LV", "LT", "EE"),
        ("EE",), ()), (MARKETS, "vēl Igaunija un Somija", ("LV", "LT", "EE", "FI"), ("EE", "FI"), ()),
        (MARKETS, "and Estonia too", ("LV", "LT", "EE"), ("EE",), ()), (MARKETS, "Estonia as well",
        ("LV", "LT", "EE"), ("EE",), ()), (MARKETS, "plus Igaunija", ("LV", "LT", "EE"), ("EE",), ()),
        (MARKETS, "+ Estonia", ("LV", "LT", "EE"), ("EE",), ()), (MARKETS, "pievieno Igauniju", ("LV", "LT", "EE"),
        ("EE",), ()), (MARKETS, "also Latvia", ("LV", "LT"), (), ()), (MARKETS, "without Lithuania", ("LV",), (),
        ("LT",)), (MARKETS, "bez Lietuvas", ("LV",), (), ("LT",)), (MARKETS, "remove Lithuania and Estonia", ("LV",),
        (), ("LT",)), (MARKETS, "noņem Lietuvu, pievieno Somiju", ("LV", "FI"), ("FI",), ("LT",)),
        (MARKETS, "add Finland and remove Lithuania", ("LV", "FI"), ("FI",), ("LT",)),
        (MARKETS, "Estonia", ("EE",), (), ()), (MARKETS, "only Estonia", ("EE",), (), ()), (MARKETS, "nekādas", (), (),
        ()), (MARKETS, "vēl neko", (), (), ()), (GOODS, "also 4", ("LV", "LT", "toys"), ("toys",), ()),
        (VENDORS, "also Foopay", ("LV", "LT", "foopay"), ("foopay",), ()),
    ],
)  # fmt: skip
def test_a_line_can_add_to_the_answer_before_or_take_from_it(
    understanding: Understanding,
    about: Question,
    said: str,
    expected: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
) -> None:
    reading = understanding.read(about, said, EN, default=("LV", "LT"))
    assert (reading.value, reading.added, reading.removed) == (expected, added, removed)
    assert reading.how is not None and set(reading.names) <= {"foopay"}


def test_without_an_answer_before_nothing_is_added_or_removed(understanding: Understanding) -> None:
    for default in (None, ()):
        reading = understanding.read(MARKETS, "also Estonia", EN, default=default)
        assert (reading.value, reading.added) == (("EE",), ())
        assert offered(understanding.read(MARKETS, "without Estonia", EN, default=default)) == ("EE",)


def test_what_is_added_in_doubt_is_asked_about_and_the_answer_before_kept(understanding: Understanding) -> None:
    reading = understanding.read(MARKETS, "also Georgia", EN, default=("LV",))
    assert (offered(reading), reading.kept) == (("GE", "US"), ("LV",))


@pytest.mark.parametrize("said", ["remove Estonia", "bez Igaunijas", "dzēs Somiju"])
def test_what_is_not_there_cannot_be_removed(understanding: Understanding, said: str) -> None:
    assert understanding.read(MARKETS, said, EN, default=("LV",)).value is None


def test_the_same_ones_are_those_of_an_earlier_answer(understanding: Understanding) -> None:
    for said in ("same countries", "turpat", "tas pats", "the same"):
        assert understanding.read(MARKETS, said, EN, same=("LV", "EE")).value == ("LV", "EE"), said
        assert understanding.read(MARKETS, said, EN).value is None, said
    assert understanding.read(MARKETS, "the same, but not Estonia", EN, same=("LV", "EE")).value == ("LV",)
    assert set(understanding.read(MARKETS, "turpat un Somija", EN, same=("LV", "EE")).value or ()) == {"LV", "EE", "FI"}


# --- what is not the whole answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (GOODS, "none, but we have plans"), (GOODS, "nē, bet gan jau"),
        (GOODS, "nothing, but I am not sure what counts"), (SUPPLY, "neko, bet klienti prasa"),
        (YES_NO, "no, but they can write to us"), (YES_NO, "nē, bet var zvanīt"),
        (VAT, "no, but my husband is"), (REVIEWS, "nē, bet cilvēki komentē"), (SUPPLIER, "none, but a friend helps"),
        (PEOPLE, "nobody, but a friend helps"), (VENDORS, "none, but a friend helps"),
    ],
)  # fmt: skip
def test_a_no_that_is_taken_back_is_no_no(understanding: Understanding, about: Question, said: str) -> None:
    reading = understanding.read(about, said, EN)
    assert reading.value is None and reading.command is None
    if about in (YES_NO, VAT, SUPPLY, REVIEWS):
        assert reading.candidates


@pytest.mark.parametrize(
    ("about", "said", "expected"),
    [
        (GOODS, "no, but soon", ()), (GOODS, "nē, bet varbūt vēlāk", ()), (YES_NO, "nē, bet drīz", "no"),
        (GOODS, "none, only toys", ("toys",)), (GOODS, "none, but toys", ("toys",)),
        (PEOPLE, "nobody, all in Riga", ()), (PEOPLE, "neviens, visi Rīgā", ()),
        (PEOPLE, "everyone in Latvia, one in Ukraine", ("UA",)), (PEOPLE, "nobody, but one in Ukraine", ("UA",)),
        (PEOPLE, "in Estonia", ("EE",)),
    ],
)  # fmt: skip
def test_a_no_that_stands(understanding: Understanding, about: Question, said: str, expected: object) -> None:
    check(understanding, about, said, expected)


@pytest.mark.parametrize("said", ["SIA and wqx", "wqx or SIA", "sometimes a SIA", "SIA, dažreiz", "SIA, next year"])
def test_one_answer_of_perhaps_several_is_asked_about(understanding: Understanding, said: str) -> None:
    assert "SIA" in offered(understanding.read(FORM, said, EN))


def test_what_is_said_of_later_is_asked_about(understanding: Understanding) -> None:
    reading = understanding.read(MARKETS, "Latvia, later Estonia", EN)
    assert (offered(reading), reading.kept) == (("EE",), ("LV",))
    assert understanding.read(MARKETS, "Latvia, sometimes Estonia", EN).value == ("LV", "EE")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1, toys", {"general", "toys"}), ("2 and also shoes", {"food", "clothes"}),
        ("dolls un 3", {"toys", "alcohol"}), ("1-2, toys", {"general", "food", "toys"}),
        ("1, 9, toys", {"general", "toys"}), ("beer, wqx, 1", {"alcohol", "general"}),
    ],
)  # fmt: skip
def test_numbers_beside_words(understanding: Understanding, said: str, expected: set[str]) -> None:
    reading = understanding.read(GOODS, said, EN)
    assert set(reading.value if isinstance(reading.value, tuple) else ()) == expected
    assert all(part in said for part in reading.ignored)


def test_numbers_are_kept_beside_what_is_asked_about(understanding: Understanding) -> None:
    reading = understanding.read(GOODS, "1, 3 and chese, alcohool free tea, foods dolls? shoess", EN)
    assert {"general", "alcohol"} <= {*reading.kept, *(reading.value if isinstance(reading.value, tuple) else ())}


def test_names_in_a_row(understanding: Understanding) -> None:
    about = question("choices", option("fb", "Facebook", "Facebook", "FB"), option("tt", "TikTok", "TikTok", "TT"))
    check(understanding, about, "fb tt", ("fb", "tt"))
    check(understanding, about, "facebook tt", ("fb", "tt"))
    assert understanding.read(about, "tiktok lapa fb", EN).kept == ("tt",)
    check(understanding, VENDORS, "stripe paypal dpd omniva", ("stripe", "paypal", "dpd", "omniva"))


@pytest.mark.parametrize("locale", Locale)
def test_helpers_are_no_vendors(understanding: Understanding, locale: Locale) -> None:
    for said in ("my sister", "māsa palīdz", "a helper packs the orders", "mans vīrs"):
        reading = understanding.read(VENDORS, said, locale)
        assert (reading.value, reading.names, reading.remark) == (None, {}, "remark.helper"), said
    reading = understanding.read(VENDORS, "Stripe and my sister", locale)
    assert (reading.value, reading.ignored, reading.remark) == (("stripe",), ("sister",), "remark.helper")
    for said, name in (("SIA Māsa", "sia-masa"), ("Helper.io", "helper-io"), ("Family Tools", "family-tools")):
        assert understanding.read(VENDORS, said, locale).value == (name,)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("what is that?", Command.HELP), ("kas tas ir?", Command.HELP), ("ko tas nozīmē", Command.HELP),
        ("what does special mean", Command.HELP), ("is that me?", Command.HELP), ("vai man to vajag?", Command.HELP),
        ("kā to saprast?", Command.HELP), ("nesaprotu, ko te rakstīt", Command.HELP), ("kas ir SIA?", Command.HELP),
        ("kāpēc jums to vajag?", Command.WHY), ("why would you need that", Command.WHY),
    ],
)  # fmt: skip
@pytest.mark.parametrize("about", [FORM, GOODS, MARKETS, VENDORS, YES_NO, NUMBER], ids=lambda about: about.kind)
def test_questions_typed_back(understanding: Understanding, about: Question, said: str, command: Command) -> None:
    assert understanding.read(about, said, EN).command is command


@pytest.mark.parametrize(
    "said", ["laukos", "Āzija", "tikai pakomāti", "visur kur vajag", "europe", "kaimiņi", "worldwide"]
)
def test_no_country_is_offered_for_what_is_like_none(understanding: Understanding, said: str) -> None:
    assert offered(understanding.read(MARKETS, said, EN)) == ()


def test_a_denying_prefix_inside_a_longer_name(understanding: Understanding) -> None:
    about = question(
        "choice", option("none", "No reviews", "Atsauksmes nebūs"), option("all", "All", "Rādīsim visas"),
        option("some", "Some", "Rādīsim dažas"),
    )  # fmt: skip
    assert set(offered(understanding.read(about, "Jā, atsauksmes būs", LV))) == {"all", "some"}
    check(understanding, about, "atsauksmes nebus", "none", LV)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("about 300", "few"), ("300 klienti gadā", "few"), ("20 000", "many"), ("2", "many"),
        ("some 3-4 hundred", None), ("7000", None), ("100 or 20000", None),
    ],
)  # fmt: skip
def test_an_amount_can_mean_an_option(understanding: Understanding, said: str, expected: str | None) -> None:
    few = Option(value="few", label=Text(en="Few", lv="Maz"), low=0, high=5_000)
    many = Option(value="many", label=Text(en="Many", lv="Daudz"), low=10_001, high=1_000_000)
    check(understanding, question("choice", few, many), said, expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("us and canada", ("US", "CA")), ("ireland and us", ("IE", "US")), ("latvia, US", ("LV", "US")),
        ("latvia, us", ("LV", "US")), ("uk and us", ("GB", "US")), ("to us & uk", ("US", "GB")),
        ("only us and the uk", ("US", "GB")), ("Latvia, it is with us", ("LV",)), ("LV, us", ("LV", "US")),
    ],
)  # fmt: skip
def test_a_code_in_small_letters_beside_another_country(
    understanding: Understanding, said: str, expected: tuple[str, ...]
) -> None:
    check(understanding, MARKETS, said, expected)


@pytest.mark.parametrize(
    ("about", "said", "locale", "expected"),
    [
        (FORM, "SIA, but I'm not sure", EN, "SIA"), (FORM, "could be SIA, have to check", EN, "SIA"),
        (FORM, "laikam SIA, bet neatceros", LV, "SIA"), (FORM, "SIA, not 100% sure", EN, "SIA"),
        (FORM, "šodien neesmu pārliecināts, ka SIA", LV, "SIA"), (COUNTRY, "Germany I think but not sure", EN, "DE"),
        (COUNTRY, "neatceros, laikam Vācija", LV, "DE"), (YES_NO, "yes but I'm not sure", EN, "yes"),
        (YES_NO, "neatceros, laikam jā", LV, "yes"), (YES_NO, "could be", EN, "yes"), (YES_NO, "var būt", LV, "yes"),
        (REVIEWS, "neatceros, vai kas tāds bija, laikam jā", LV, "shown_unverified"),
    ],
)  # fmt: skip
def test_a_doubted_answer_is_asked_about(
    understanding: Understanding, about: Question, said: str, locale: Locale, expected: str
) -> None:
    assert expected in offered(understanding.read(about, said, locale))


@pytest.mark.parametrize(
    ("about", "said", "locale", "expected"),
    [
        (FORM, "SIA I think", EN, "SIA"), (FORM, "laikam SIA", LV, "SIA"),
        (FORM, "kind of a sole trader", EN, "sole_trader"), (FORM, "SIA, don't know the registration code", EN, "SIA"),
        (COUNTRY, "Germany, I guess", EN, "DE"), (COUNTRY, "laikam Vācija", LV, "DE"),
        (YES_NO, "yes I think so", EN, "yes"), (YES_NO, "laikam jā", LV, "yes"),
        (MARKETS, "Latvia, but I don't know the rest", EN, ("LV", UNKNOWN)), (MARKETS, "laikam Latvija", LV, ("LV",)),
    ],
)  # fmt: skip
def test_a_weak_hedge_leaves_an_answer_what_it_is(
    understanding: Understanding, about: Question, said: str, locale: Locale, expected: object
) -> None:
    check(understanding, about, said, expected, locale)


@pytest.mark.parametrize("about", [FORM, VAT, REVIEWS, YES_NO])
def test_not_sure_it_is_something_unnamed_is_unknown(understanding: Understanding, about: Question) -> None:
    for said in ("Today I am not sure it's the normal kind", "I am not sure it's the normal kind"):
        assert understanding.read(about, said, EN).command is Command.UNKNOWN


def test_a_code_in_small_letters_is_asked_about_where_it_may_be_the_word(understanding: Understanding) -> None:
    reading = understanding.read(MARKETS, "Ireland, maybe us", EN)
    assert (offered(reading), reading.kept) == (("US",), ("IE",))
    assert offered(understanding.read(MARKETS, "us", EN)) == ("US",)
    for said in ("us and canada", "canada and us"):  # who asks may be one of the people
        reading = understanding.read(PEOPLE, said, EN)
        assert (offered(reading), reading.kept) == (("US",), ("CA",))
    for said in ("they collect it from us", "nobody knows us"):
        assert "US" not in str(understanding.read(MARKETS, said, EN).value)


def test_common_nouns_among_vendors_are_named_in_the_language_of_the_interview() -> None:
    base = small_base()
    nouns = {"accountant": Text(en="Accountant", lv="Grāmatvedis"), "gcp": Text(en="Cloud", lv="Mākonis")}
    providers = {
        name: msgspec.structs.replace(provider, name=nouns.get(name, provider.name))
        for name, provider in base.providers.items()
    }
    speaking = Understanding(msgspec.structs.replace(base, providers=providers))
    for locale in Locale:
        for name, text in nouns.items():
            for said in (text.en, text.lv):
                assert speaking.read(VENDORS, said, locale).value == (name,)
        candidates = speaking.read(VENDORS, "no accountant", locale).candidates
        assert [candidate.label for candidate in candidates] == [nouns["accountant"].in_(locale)]


# --- what is taken back, only remarked, or left over ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "said", "locale", "expected"),
    [
        (NUMBER, "two. no wait, three, I forgot the driver", EN, 3), (NUMBER, "divi, nē, pareizāk sakot, trīs", LV, 3),
        (NUMBER, "bijām septiņi, bet divi aizgāja, tātad tagad pieci", LV, 5),
        (FORM, "SIA, no sorry, self employed", EN, "sole_trader"), (FORM, "SIA, nē, pareizāk, IK", LV,
        "individual_merchant_IK"), (COUNTRY, "Estonia. wait, no, Latvia", EN, "LV"),
        (MARKETS, "Latvia, Estonia... no, scratch Estonia, Latvia and Lithuania", EN, ("LV", "LT")),
        (MARKETS, "only Latvia for now, Germany maybe some day", EN, ("LV",)),
        (MARKETS, "pagaidām tikai Latvija, varbūt kādreiz Vācija", LV, ("LV",)),
        (GOODS, "candles, actually toys too", EN, ("general", "toys")),
        (GOODS, "candles and toys, no wait, only toys", EN, ("toys",)),
        (GOODS, "food, thank god, no alcohol", EN, ("food",)),
        (GOODS, "medus; alkohola, paldies dievam, nav", LV, ("food",)), (MARKETS, "everywhere but Malta", EN, None),
        (GOODS, "everything but alcohol", EN, ("general", "food", "toys", "clothes")),
        (GOODS, "no food, no toys, nothing", EN, ()), (GOODS, "candles, because people like toys", EN, ("general",)),
    ],
)  # fmt: skip
def test_corrections_exceptions_and_asides(
    understanding: Understanding, about: Question, said: str, locale: Locale, expected: object
) -> None:
    check(understanding, about, said, expected, locale)


def test_a_correction_of_several_is_asked_about(understanding: Understanding) -> None:
    reading = understanding.read(GOODS, "candles and toys, no wait, beer", EN)
    assert (reading.value, reading.kept) == (None, ("alcohol",))
    assert {candidate.value for candidate in reading.candidates} == {"general", "toys", "none"}


def test_what_stands_beside_an_only_is_a_remark(understanding: Understanding) -> None:
    reading = understanding.read(GOODS, "candles only, toys are for others to sell cheaply", EN)
    assert (reading.value, reading.ignored) == (("general",), ("toys are for others to sell cheaply",))


@pytest.mark.parametrize(
    "said", ["candles since 2019", "candles, that's all", "candles, because it is fun", "candles, every winter"]
)
def test_reasons_times_and_comments_are_not_left_over(understanding: Understanding, said: str) -> None:
    reading = understanding.read(GOODS, said, EN)
    assert (reading.value, reading.ignored) == (("general",), ())
