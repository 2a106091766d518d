"""For tests of understanding: countries, vendors and questions of every kind made by hand, with the real word lists."""

from __future__ import annotations

from pathlib import Path

import msgspec

from advisor import yamlio
from advisor.fields import Report
from advisor.knowledge import sections
from advisor.knowledge.cache import open_knowledge
from advisor.model import Country, KnowledgeBase, Option, Place, Provider, Question, QuestionKind, Text, Value

HERE = Path(__file__).resolve().parent
WORDS = HERE.parent / "knowledge" / "words.yaml"

COUNTRIES = (
    # code, English, Latvian, Russian, alias
    ("LV", "Latvia", "Latvija", "Латвия", ("LR", "Riga")), ("LT", "Lithuania", "Lietuva", "Литва", ()),
    ("EE", "Estonia", "Igaunija", "Эстония", ("Tallinn",)), ("DE", "Germany", "Vācija", "Германия", ("Frankfurt",)),
    ("FI", "Finland", "Somija", "Финляндия", ()), ("SE", "Sweden", "Zviedrija", "Швеция", ()),
    ("NO", "Norway", "Norvēģija", "Норвегия", ()), ("DK", "Denmark", "Dānija", "Дания", ()),
    ("PL", "Poland", "Polija", "Польша", ()), ("FR", "France", "Francija", "Франция", ()),
    ("ES", "Spain", "Spānija", "Испания", ()), ("PT", "Portugal", "Portugāle", "Португалия", ()),
    ("IT", "Italy", "Itālija", "Италия", ()), ("IE", "Ireland", "Īrija", "Ирландия", ("Dublin",)),
    ("IS", "Iceland", "Islande", "Исландия", ()), ("LI", "Liechtenstein", "Lihtenšteina", "Лихтенштейн", ()),
    ("NL", "Netherlands", "Nīderlande", "Нидерланды", ("Holland", "Holande")),
    ("BE", "Belgium", "Beļģija", "Бельгия", ()),
    ("AT", "Austria", "Austrija", "Австрия", ()), ("CZ", "Czechia", "Čehija", "Чехия", ("Czech Republic",)),
    ("SK", "Slovakia", "Slovākija", "Словакия", ()), ("SI", "Slovenia", "Slovēnija", "Словения", ()),
    ("HU", "Hungary", "Ungārija", "Венгрия", ()), ("HR", "Croatia", "Horvātija", "Хорватия", ()),
    ("RO", "Romania", "Rumānija", "Румыния", ()), ("BG", "Bulgaria", "Bulgārija", "Болгария", ()),
    ("GR", "Greece", "Grieķija", "Греция", ()), ("CY", "Cyprus", "Kipra", "Кипр", ()),
    ("MT", "Malta", "Malta", "Мальта", ()),
    ("LU", "Luxembourg", "Luksemburga", "Люксембург", ()), ("CH", "Switzerland", "Šveice", "Швейцария", ()),
    ("GB", "United Kingdom", "Apvienotā Karaliste", "Великобритания", ("UK", "Lielbritānija", "Anglija")),
    ("US", "United States", "Amerikas Savienotās Valstis", "США", ("USA", "ASV", "Amerika", "U.S.")),
    ("CA", "Canada", "Kanāda", "Канада", ()), ("CN", "China", "Ķīna", "Китай", ()),
    ("IN", "India", "Indija", "Индия", ()),
    ("ID", "Indonesia", "Indonēzija", "Индонезия", ()), ("IL", "Israel", "Izraēla", "Израиль", ()),
    ("IR", "Iran", "Irāna", "Иран", ()), ("IQ", "Iraq", "Irāka", "Ирак", ()), ("LB", "Lebanon", "Libāna", "Ливан", ()),
    ("LR", "Liberia", "Libērija", "Либерия", ()), ("LY", "Libya", "Lībija", "Ливия", ()),
    ("ML", "Mali", "Mali", "Мали", ()),
    ("AU", "Australia", "Austrālija", "Австралия", ()), ("NZ", "New Zealand", "Jaunzēlande", "Новая Зеландия", ()),
    ("JP", "Japan", "Japāna", "Япония", ()),
    ("KR", "Republic of Korea", "Korejas Republika", "Южная Корея", ("South Korea",)),
    ("KP", "North Korea", "Ziemeļkoreja", "КНДР", ()), ("GE", "Georgia", "Gruzija", "Грузия", ("Tbilisi",)),
    ("AM", "Armenia", "Armēnija", "Армения", ()), ("AZ", "Azerbaijan", "Azerbaidžāna", "Азербайджан", ()),
    ("UA", "Ukraine", "Ukraina", "Украина", ()), ("RU", "Russia", "Krievija", "Россия", ()),
    ("BY", "Belarus", "Baltkrievija", "Беларусь", ("Minska",)), ("TR", "Türkiye", "Turcija", "Турция", ("Turkey",)),
    ("GN", "Guinea", "Gvineja", "Гвинея", ()), ("GW", "Guinea-Bissau", "Gvineja-Bisava", "Гвинея-Бисау", ()),
    ("GQ", "Equatorial Guinea", "Ekvatoriālā Gvineja", "Экваториальная Гвинея", ()),
    ("BA", "Bosnia and Herzegovina", "Bosnija un Hercegovina", "Босния и Герцеговина", ("Bosnia",)),
    ("NE", "Niger", "Nigēra", "Нигер", ()), ("NG", "Nigeria", "Nigērija", "Нигерия", ()),
    ("SD", "Sudan", "Sudāna", "Судан", ()), ("SS", "South Sudan", "Dienvidsudāna", "Южный Судан", ()),
    ("DM", "Dominica", "Dominika", "Доминика", ()), ("DO", "Dominican Republic", "Dominikāna", "Доминикана", ()),
    ("CK", "Cook Islands", "Kuka Salas", "острова Кука", ()), ("VN", "Vietnam", "Vjetnama", "Вьетнам", ()),
    ("TH", "Thailand", "Taizeme", "Таиланд", ()), ("PH", "Philippines", "Filipīnas", "Филиппины", ()),
    ("SG", "Singapore", "Singapūra", "Сингапур", ()), ("BR", "Brazil", "Brazīlija", "Бразилия", ()),
    ("AR", "Argentina", "Argentīna", "Аргентина", ()), ("MX", "Mexico", "Meksika", "Мексика", ()),
    ("EG", "Egypt", "Ēģipte", "Египет", ()), ("MA", "Morocco", "Maroka", "Марокко", ()),
    ("MC", "Monaco", "Monako", "Монако", ()),
    ("ZA", "South Africa", "Dienvidāfrika", "ЮАР", ()), ("KE", "Kenya", "Kenija", "Кения", ()),
    ("RS", "Serbia", "Serbija", "Сербия", ()), ("ME", "Montenegro", "Melnkalne", "Черногория", ()),
    ("MK", "North Macedonia", "Ziemeļmaķedonija", "Северная Македония", ()),
    ("AL", "Albania", "Albānija", "Албания", ()),
    ("MD", "Moldova", "Moldova", "Молдова", ()), ("KZ", "Kazakhstan", "Kazahstāna", "Казахстан", ()),
    ("UZ", "Uzbekistan", "Uzbekistāna", "Узбекистан", ()), ("PK", "Pakistan", "Pakistāna", "Пакистан", ()),
    ("SA", "Saudi Arabia", "Saūda Arābija", "Саудовская Аравия", ()), ("CO", "Colombia", "Kolumbija", "Колумбия", ()),
    ("CR", "Costa Rica", "Kostarika", "Коста-Рика", ()), ("CU", "Cuba", "Kuba", "Куба", ()),
    ("CL", "Chile", "Čīle", "Чили", ()),
)  # fmt: skip
EU = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip


def vendor(identifier: str, name: str, alias: tuple[str, ...] = (), word: bool = False) -> Provider:
    return Provider(
        id=identifier, name=Text(en=name, lv=name), function="other", alias=alias, word=word, as_of="2026-11",
        confidence="K",
    )  # fmt: skip


PROVIDERS = (
    vendor("mozello", "Mozello"),
    vendor("stripe", "Stripe", alias=("straips",)),
    vendor("paypal", "PayPal", alias=("peipals",)),
    vendor("mailchimp", "Mailchimp", alias=("meilčimps",)),
    vendor("brevo", "Brevo (Sendinblue)"),
    vendor("hetzner", "Hetzner"),
    vendor("hostinger", "Hostinger"),
    vendor("ga4", "Google Analytics", alias=("GA4",)),
    vendor("gcp", "Google Cloud"),
    vendor("omniva", "Omniva", alias=("omniva pakomāts",)),
    vendor("dpd", "DPD", alias=("DPD pakomāti",)),
    vendor("zone", "Zone.ee", alias=("zone",), word=True),
    vendor("sender", "Sender", word=True),
    vendor("accountant", "Outsourced accountant", alias=("accountant", "grāmatvede")),
)  # fmt: skip


def option(value: str, en: str, lv: str, *alias: str) -> Option:
    return Option(value=value, label=Text(en=en, lv=lv), alias=alias)


def question(kind: QuestionKind, *options: Option, none: Option | None = None) -> Question:
    text = Text(en="?", lv="?")
    return Question(
        id=f"test.{kind}", attribute=f"test.{kind}", kind=kind, topic="test", title=text, ask=text, help=text,
        options=options, none=none, low=0, high=100_000, place=Place("test", 1),
    )  # fmt: skip


NONE = option("none", "None of these", "Nekas no šī", "nothing of the kind")
FORM = question(
    "choice",
    option(
        "SIA", "Limited company (SIA)", "Sabiedrība ar ierobežotu atbildību (SIA)", "Ltd", "private limited company"
    ),
    option("sole_trader", "Sole trader", "Saimnieciskās darbības veicējs", "self-employed", "pašnodarbinātais"),
    option("individual_merchant_IK", "Individual merchant (IK)", "Individuālais komersants (IK)", "IK"),
    option("AS", "Joint-stock company (AS)", "Akciju sabiedrība (AS)"),
    option("not_registered_yet", "Not registered yet", "Vēl nav reģistrēts", "just an idea"),
)
GOODS = question(
    "choices",
    option("general", "Ordinary goods", "Parastas preces", "candles", "sveces", "books"),
    option("food", "Food and drinks", "Pārtika un dzērieni", "food", "drinks", "honey", "medus", "tēja"),
    option("alcohol", "Alcohol", "Alkohols", "beer", "wine", "alus", "alkoholiskie dzērieni", "alkoholu"),
    option("toys", "Toys", "Rotaļlietas", "dolls", "bērnu rotaļlietas"),
    option("clothes", "Clothes, textiles, shoes", "Apģērbs, tekstils, apavi", "clothes", "shoes", "apavi"),
    none=NONE,
)
REVIEWS = question(
    "choice",
    option("none", "No reviews", "Atsauksmju nebūs"),
    option("shown_unverified", "Shown, not checked", "Rādīsim bez pārbaudes", "unverified"),
    option("shown_verified", "Shown, buyers checked", "Rādīsim pārbaudītas", "verified"),
)
VAT = question(
    "choice",
    option("yes", "Registered in the usual way", "Reģistrēts parastajā kārtībā", "PVN maksātājs"),
    option("special", "Special registration", "Speciālā reģistrācija", "special"),
    option("no", "Not registered for VAT", "Nav PVN maksātājs"),
)
SUPPLY = question(
    "checklist",
    option("shop.own_brand", "Own brand", "Savs zīmols", "handmade"),
    option("shop.dropshipping", "Dropshipping", "Sūta piegādātājs", "drop shipping"),
    none=NONE,
)
YES_NO, NUMBER = question("yes-no"), question("number")
COUNTRY, MARKETS, PEOPLE, VENDORS = (question(kind) for kind in ("country", "countries", "people", "vendors"))
SUPPLIER = question(
    "country", none=option("none", "We make everything ourselves", "Visu izgatavojam paši", "own production")
)
CONFIRM = question("confirm", *(option(name, name.title(), name.title()) for name in ("mozello", "stripe", "omniva")))
ASSUMED: tuple[Value, ...] = ("mozello", "stripe", "omniva")


def small_base() -> KnowledgeBase:
    """The small knowledge base of the tests, with the countries and vendors above and the real word lists."""
    root, problems = yamlio.parse(WORDS.read_text(encoding="utf-8"), WORDS.name)
    report = Report(WORDS.name)
    assert root is not None and not problems
    phrases = sections.phrases(root.value["phrases"], report)
    assert not report.problems
    small, _ = open_knowledge(HERE / "knowledge" / "base", None)
    eea = EU | {"IS", "LI", "NO"}
    countries = {
        iso: Country(iso=iso, en=en, lv=lv, ru=ru, alias=alias, eea=iso in eea) for iso, en, lv, ru, alias in COUNTRIES
    }
    providers = {provider.id: provider for provider in PROVIDERS}
    return msgspec.structs.replace(small, countries=countries, providers=providers, phrases=phrases)
