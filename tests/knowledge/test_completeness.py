"""Nothing promised is missing: every obligation, both languages, sources with links, every value of the vocabulary."""

from __future__ import annotations

import re
from pathlib import Path

from advisor.coverage import coverage, markdown
from advisor.engine.program import Program
from advisor.explain import reference
from advisor.model import KnowledgeBase, Locale

ROOT = Path(__file__).resolve().parents[2]
PROMISED = dict(line.split() for line in (Path(__file__).parent / "obligations.txt").read_text().splitlines())


def test_every_promised_obligation_has_an_action_in_its_band(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    assert {name: base.actions[name].band if name in base.actions else None for name in PROMISED} == PROMISED
    assert {name for name, band in PROMISED.items() if band == "P0"} == {
        name for name in PROMISED if base.actions[name].gate
    }


def test_actions_are_written_out(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    thin = [
        action.id
        for action in base.actions.values()
        for locale in Locale
        if len(action.title.in_(locale)) > 90
        or not action.why.in_(locale).endswith((".", "!", "?", "”"))
        or len(action.steps.in_(locale)) < 1
        or not action.evidence.in_(locale)
    ]
    assert thin == []


def test_no_text_is_left_in_the_other_language(knowledge: tuple[KnowledgeBase, Program]) -> None:
    """A Latvian sentence of some length has a letter that English lacks, and the two are never the same."""
    base, _ = knowledge
    marked = set("āčēģīķļņšūž")
    texts = [(rule.id, rule.because) for rule in base.rules]
    texts += [(action.id, text) for action in base.actions.values() for text in (action.title, action.why)]
    texts += [(question.id, text) for question in base.questions for text in (question.ask, question.help)]
    wrong = [
        name
        for name, text in texts
        if text.en == text.lv
        or (len(text.lv) > 40 and not marked & set(text.lv.lower()))
        or marked & set(text.en.lower().replace("rīga", "").replace("rēzekne", ""))
    ]
    allowed = {name for name, text in texts if "„" in text.en or "'" in text.en or '"' in text.en}
    assert set(wrong) - allowed == set()


def test_references_are_links_that_open_at_the_article(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    written = {source for action in base.actions.values() for source in action.sources}
    written |= {source for rule in base.rules for source in rule.source}
    for name in sorted(written):
        for locale in Locale:
            found = reference(base, name, locale)
            assert found.url.startswith("http") and "{" not in found.url, name
            assert found.text
    assert reference(base, "gdpr:13(1)(f)", Locale.EN).url == "http://data.europa.eu/eli/reg/2016/679/art_13/oj"
    assert reference(base, "gdpr:13(1)(f)", Locale.LV).text.startswith("VDAR")
    assert reference(base, "lv.ispl:7.1", Locale.LV).url.endswith("id/96619#p7.1")


def test_every_address_that_people_are_sent_to_is_a_source(knowledge: tuple[KnowledgeBase, Program]) -> None:
    """Addresses of pages and mailboxes in rules, actions, documents and phrases: dated and kept in one place."""
    base, _ = knowledge
    known = [text for source in base.sources.values() for text in (source.url, source.ref)]
    known += [source.note.in_(locale) for source in base.sources.values() if source.note for locale in Locale]
    address = re.compile(r"(?<![\w@.-])(?:[\w.+-]+@)?((?:[a-z0-9-]+\.)+(?:lv|eu|gov|com|org|int|ee|lt|net))(?![\w-])")
    files = [*ROOT.glob("rules/*.yaml"), *ROOT.glob("knowledge/actions/*"), *ROOT.glob("knowledge/documents/*")]
    files += [*ROOT.glob("knowledge/phrases*.yaml"), ROOT / "knowledge" / "watch.yaml"]
    found = {
        host.removeprefix("www."): path.name
        for path in sorted(files)
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.lstrip().startswith("#")
        for host in address.findall(line)
    }
    named_as_a_habit_to_drop = {"gmail.com"}
    assert {"dvi.gov.lv", "dataprivacyframework.gov", "ec.europa.eu"} <= found.keys()
    assert {host for host in found if not any(host in text for text in known)} == named_as_a_habit_to_drop


def test_every_value_of_the_vocabulary_can_be_said_in_both_languages(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    for question in base.questions:
        for option in question.options:
            assert option.label.en and option.label.lv, (question.id, option.value)


def test_every_value_means_something(knowledge: tuple[KnowledgeBase, Program]) -> None:
    """A value that no rule names is an ordinary case, a purpose of the table, or of a kind that rules take whole."""
    base, _ = knowledge
    conditions = [c for rule in base.rules for body in rule.bodies for c in (*body.positive, *body.negative)]
    conditions += [c for question in base.questions for group in question.when for c in group]
    named = {(condition.attribute, value) for condition in conditions for value in condition.operands}
    taken_whole = {"data.special_categories", "shop.site_languages", "docs.privacy_notice", "docs.terms"}
    ordinary = {
        "none",
        "no",
        "small",
        "optional",
        "invoice",
        "own_site_platform",
        "strictly_necessary",
        "negative",
        "ok",
    }
    ordinary |= {"consent_before_loading", "software_only", "none_needed", "test_data_only", "not_done"}
    unused = {
        (question.attribute, option.value)
        for question in base.questions
        if question.kind in ("choice", "choices") and question.attribute not in taken_whole
        for option in question.options
        if (question.attribute, option.value) not in named
        and option.value not in ordinary
        and not (question.attribute == "data.purposes" and option.value in base.purposes)
    }
    assert unused == set()


def test_what_no_rule_reads_is_a_deliberate_choice(knowledge: tuple[KnowledgeBase, Program]) -> None:
    """Attributes that answers files may hold and that change nothing today."""
    base, program = knowledge
    read = {c.attribute[:-1] for clause in program.clauses for c in (*clause.positive, *clause.negative)}
    read |= {c.attribute for item in base.priority.adjustments for c in item.when}
    read |= {c.attribute for question in base.questions for group in question.when for c in group}
    unread = {name for question in base.questions for name in question.attributes() if name not in read}
    assert unread == {
        "seller.staff",
        "seller.country",
        "docs.privacy_notice",
        "docs.cookie_notice",
        "docs.ropa",
        "docs.vendor_register",
        "docs.consent_log",
        "docs.retention_schedule",
        "docs.dsr_procedure",
        "docs.breach_procedure",
        "docs.lia",
        "docs.dpia",
        "docs.tia",
    }


def test_the_article_is_covered_and_the_document_is_up_to_date(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    found = coverage(base)
    assert len(found) == 16
    assert all(item.rules for item in found)
    assert (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8") == markdown(base)


def test_all_countries_have_their_status(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    day = "2026-11-23"
    status = {iso: country.status(day) for iso, country in base.countries.items()}
    eea = [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
        "IS",
        "LI",
        "NO",
    ]
    assert {iso for iso in eea if status[iso] != "eea"} == set()
    adequate = ["AD", "AR", "BR", "FO", "GG", "IL", "IM", "JE", "NZ", "CH", "GB", "UY"]
    assert {iso for iso in adequate if status[iso] != "adequate"} == set()
    assert {iso for iso, found in status.items() if found == "conditional"} >= {"CA", "JP", "KR", "US"}
    for iso in [
        "AU",
        "CN",
        "HK",
        "IN",
        "RU",
        "BY",
        "UA",
        "GE",
        "MD",
        "RS",
        "TR",
        "TH",
        "VN",
        "PH",
        "SG",
        "ZA",
        "AE",
        "MX",
        "GI",
        "GL",
        "MC",
        "SM",
        "VA",
        "XK",
    ]:
        assert status[iso] == "third", iso
    assert {iso for iso, country in base.countries.items() if country.flag == "high_risk"} >= {
        "RU",
        "BY",
        "CN",
        "HK",
        "MO",
    }
    assert len(base.countries) >= 250
