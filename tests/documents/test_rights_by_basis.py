"""Every reference shop in both languages: which rights its documents name, and for which purposes, by legal basis.

The rights are worked out here from the purposes and their bases (GDPR Art. 7(3), 20, 21), apart from the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor.documents.collect import Collected, Used
from advisor.documents.drafting import draft
from advisor.documents.structure import Document
from advisor.interview import Interview
from advisor.model import Locale
from tests.documents_base import SCENARIOS, answers_of, collected, part_text, parts

CASES = [
    pytest.param(path, locale, id=f"{path.stem}-{locale.value}") for path in SCENARIOS for locale in Locale
]  # fmt: skip

CONSENT = {"consent", "explicit_consent"}
GIVES: Mapping[str, set[str]] = {
    "portability": {"contract", *CONSENT},  # Art. 20(1)(a)
    "withdrawal": CONSENT,  # Art. 7(3)
    "objection": {"legitimate_interest"},  # Art. 21(1)
}
WORDS = {
    Locale.EN: {"portability": "Portability:", "withdrawal": "Withdrawal of consent:", "objection": "Objection:"},
    Locale.LV: {"portability": "Pārnesamība:", "withdrawal": "Piekrišanas atsaukšana:", "objection": "Iebildumi:"},
}
ALWAYS = {
    Locale.EN: ("Access:", "Rectification:", "Erasure:", "Restriction:"),
    Locale.LV: ("Piekļuve:", "Labošana:", "Dzēšana:", "Ierobežošana:"),
}


def has(right: str, used: Used) -> bool:
    if right == "objection" and used.use.marketing:
        return False  # Art. 21(2): against advertising no reasons are needed, which is said apart
    return bool(GIVES[right] & set(used.basis))


def named(found: Collected, said: str, locale: Locale) -> set[str]:
    """The purposes that a text lists; none of the labels is part of another, or this would prove nothing."""
    return {used.id for used in found.used if used.label.in_(locale) in said}


@pytest.mark.parametrize("path,locale", CASES)
class TestEveryScenario:
    def test_the_notice_names_each_right_for_exactly_its_purposes(
        self, path: Path, locale: Locale, interview: Interview
    ) -> None:
        found = collected(interview, answers_of(path), locale)
        notice = draft(found, "privacy-notice").document
        for right, words in WORDS[locale].items():
            wanted = {used.id for used in found.used if has(right, used)}
            said = part_text(notice, f"rights-{right}")
            if wanted:
                assert words in said and named(found, said, locale) == wanted, right
            else:  # only what may still come of open answers, and with a doubt
                assert not said or "[to check:" in said or "[jāpārbauda:" in said, right
        always = part_text(notice, "rights-always")
        assert all(words in always for words in ALWAYS[locale])
        assert ("rights-marketing" in parts(notice)) == any(used.use.marketing for used in found.used)

    def test_the_replies_follow(self, path: Path, locale: Locale, interview: Interview) -> None:
        found = collected(interview, answers_of(path), locale)
        replies = draft(found, "request-replies").document
        for right in GIVES:
            wanted = {used.id for used in found.used if has(right, used)}
            if wanted:
                assert named(found, part_text(replies, f"{right}-for"), locale) == wanted, right
        assert _present(replies, "objection-marketing") == any(used.use.marketing for used in found.used)

    def test_each_purpose_says_all_that_art_13_asks(self, path: Path, locale: Locale, interview: Interview) -> None:
        found = collected(interview, answers_of(path), locale)
        notice = draft(found, "privacy-notice").document
        said = part_text(notice, "purposes").splitlines()
        points = (
            ("Data: ", "Legal basis: ", "Who receives it: ", "How long we keep it: ", "Do you have to give it? ")
            if locale is Locale.EN
            else ("Dati: ", "Tiesiskais pamats: ", "Kas datus saņem: ", "Glabāšanas termiņš: ", "Vai dati jāsniedz? ")
        )
        for point in points:
            lines = [line for line in said if line.startswith(point)]
            assert len(lines) == len(found.used) and all(len(line) > len(point) for line in lines), point
        interest = "Our legitimate interest: " if locale is Locale.EN else "Mūsu leģitīmās intereses: "
        resting = sum("legitimate_interest" in used.basis for used in found.used)
        assert sum(line.startswith(interest) for line in said) == resting


def _present(document: Document, part: str) -> bool:
    return part in parts(document)


@pytest.mark.parametrize("locale", Locale)
def test_no_label_of_a_purpose_is_part_of_another(locale: Locale, interview: Interview) -> None:
    base = interview.base
    labels = [purpose.label.in_(locale) for purpose in base.purposes.values()]
    labels += [use.label.in_(locale) for use in base.uses.values() if use.label is not None]
    assert [(one, other) for one in labels for other in labels if one != other and one in other] == []
