"""The templates as files: what is read, and that every slip of an author is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.documents import markup
from advisor.documents.citing import cited, cited_article
from advisor.documents.rows import Wording
from advisor.errors import BrokenFile
from advisor.interview import Interview
from advisor.knowledge.files import KnowledgeFile, read
from advisor.knowledge.load import load
from advisor.knowledge.templates import DETAILS, GENERAL, ROWS
from advisor.model import Locale
from advisor.render.flow import GROUNDS
from tests.documents_base import SMALLEST, STAYS, collected, scenario

BASE = Path(__file__).parent.parent / "knowledge" / "base"

GOOD = """documents:
  - id: letter
    title: {en: Letter, lv: Vēstule}
    public: yes
    register: no
    parts:
      - id: greeting
        covers: [letter.greeting]
        text: {en: ["Good day, {seller.name} [[who]]"], lv: ["Labdien, {seller.name} [[kas]]"]}
elements:
  - id: letter.greeting
    document: letter
    what: {en: a greeting, lv: sveiciens}
    law: ["act:1"]
"""


def problems(text: str) -> list[str]:
    try:
        load((*read(BASE), KnowledgeFile("letter.yaml", text.encode())))
    except BrokenFile as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_good_template_is_read() -> None:
    assert problems(GOOD) == []
    base, _ = load((*read(BASE), KnowledgeFile("letter.yaml", GOOD.encode())))
    part = base.documents["letter"].parts[0]
    assert (part.id, part.covers, part.level, part.when) == ("greeting", ("letter.greeting",), 2, ())


PART = "      - id: greeting\n"
WHAT = "    what: {en: a greeting, lv: sveiciens}\n"


@pytest.mark.parametrize(
    "old,new,said",
    [
        ("{seller.name} [[kas]]", "{seller.name}", "different marks in English and Latvian"),
        ("{seller.name} [[who]]", "{seller.nam} [[who]]", "there is no name 'seller.nam' (did you mean seller.name?)"),
        ("[[who]]", "[[who]", "'[[' belongs to no mark"),
        ("[[kas]]", "[[kas]] *", "'*' belongs to no mark"),
        ("covers: [letter.greeting]", "covers: [letter.greting]", "there is no element 'letter.greting'"),
        ("document: letter\n", "document: leter\n", "there is no document 'leter' (did you mean letter?)"),
        ('law: ["act:1"]', 'law: ["akt:1"]', "there is no source 'akt:1'"),
        ("        covers: [letter.greeting]\n", "", "no part of letter covers it"),
        (PART, f"{PART}        each: things\n", "'each'"),
        (PART, f"{PART}        basis: [contrakt]\n", "there is no legal basis 'contrakt'"),
        (PART, PART + "        when: [{shop.sels: goods}]\n", "there is no attribute 'shop.sels'"),
        (PART, PART + "        when: [{shop.sells: gods}]\n", "shop.sells is never 'gods'"),
        (PART, f"{PART}        across: uses\n", "'across' adds columns to a table"),
        (PART, f"{PART}        level: 7\n", "whole number from 2 to 3"),
        ("        text: {en", "        txt: {en", "has no field 'txt'"),
        (', lv: ["Labdien, {seller.name} [[kas]]"]', "", "1 English and 0 Latvian"),
        (WHAT, WHAT + "    per: uses\n    says: [nme]\n", "uses has no 'nme'"),
    ],
)  # fmt: skip
def test_a_slip_is_told(old: str, new: str, said: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new))
    assert any(said in line for line in found), found
    assert all("letter.yaml:" in line for line in found), found


def test_a_use_must_fit_its_purpose() -> None:
    purposes = """purposes:
  - id: orders
    label: {en: Orders, lv: Pasūtījumi}
    data: {en: [name], lv: [vārds]}
    basis: [contract, legitimate_interest]
    retention: {en: long, lv: ilgi}
    condition: {en: none, lv: nav}
    confidence: K
uses:
  - id: orders
    doing: {en: We sell., lv: Pārdodam.}
    people: {en: buyers, lv: pircēji}
    retention: {en: "[[how long]]", lv: "[[cik ilgi]]"}
    giving: {en: Needed., lv: Vajadzīgs.}
"""
    found = problems(purposes)
    assert any("use orders has several bases: say under 'bases' what each is for" in line for line in found), found
    assert any("rests on a legitimate interest: say under 'interest' which" in line for line in found), found


class TestNamesAreProvided:
    """The names that templates may use are exactly those that the words of a case provide."""

    def test_general(self, interview: Interview) -> None:
        assert set(Wording(collected(interview, SMALLEST)).general()) == GENERAL

    @pytest.mark.parametrize("each", ROWS)
    def test_rows(self, each: str, interview: Interview) -> None:
        answers = {
            **scenario("f2"),
            "shop.delivers_to": ["US"],
            "seller.licence_needed": ["alcohol"],
            "people_remote_access": [{"country": "unknown", "relation": "contractor", "access": "production_read"}],
        }
        if each == "settled":
            answers = {**SMALLEST, "vendors": [STAYS]}
        if each == "open":
            answers = dict(SMALLEST)
        if each == "helpers":
            answers = {**SMALLEST, "vendors": [{"name": "Vague", "function": "other"}]}
        rows = Wording(collected(interview, answers)).rows(each)
        if each == "unclear":
            vendor = {"name": "Vague", "function": "crm", "role": "processor", "country": "unknown"}
            rows = Wording(collected(interview, {**SMALLEST, "vendors": [vendor]})).rows(each)
        assert rows
        for row in rows:
            assert set(row.scope) == ROWS[each]

    def test_rows_have_ids_of_their_own(self, interview: Interview) -> None:
        wording = Wording(collected(interview, scenario("f3")))
        for each in ROWS:
            ids = [row.id for row in wording.rows(each)]
            assert len(ids) == len(set(ids))


class TestPhrasesAreThere:
    """A value that an answer may take must have its words, or a document would fail on it."""

    def test_for_each_function_role_and_contract(self, interview: Interview) -> None:
        phrases = interview.base.phrases
        for ask, prefix in (
            ("vendor.function", "documents.function."),
            ("vendor.role", "documents.role."),
            ("vendor.dpa", "documents.contract."),
        ):
            values = {option.value for option in interview.questions[ask].options} - {"software_only"}
            assert {value for value in (*values, "unknown") if prefix + value not in phrases} == set()

    def test_for_each_ground_basis_and_detail(self, interview: Interview) -> None:
        phrases = interview.base.phrases
        assert {
            ground for ground in GROUNDS if ground != "own-staff" and f"documents.ground.{ground}" not in phrases
        } == set()
        bases = {basis for purpose in interview.base.purposes.values() for basis in purpose.basis}
        for prefix in ("documents.basis.", "documents.basis.short."):
            assert {basis for basis in bases if prefix + basis not in phrases} == set()
        assert {name for name in DETAILS if f"documents.detail.{name}" not in phrases} == set()

    def test_marks_are_the_same_in_both_languages(self, interview: Interview) -> None:
        for name, text in interview.base.phrases.items():
            if name.startswith("documents."):
                assert markup.shape(text.en) == markup.shape(text.lv), name
                assert markup.strays(text.en) == markup.strays(text.lv) == (), name

    def test_latvian_texts_use_latvian_quotation_marks(self, interview: Interview) -> None:
        texts = [text.lv for name, text in interview.base.phrases.items() if name.startswith("documents.")]
        for template in interview.base.documents.values():
            texts += template.notes.lv
            for part in template.parts:
                texts += [*part.text.lv, *part.points.lv, *part.boxes.lv]
        for use in interview.base.uses.values():
            texts += [use.doing.lv, use.retention.lv, use.giving.lv]
        for text in texts:
            assert '"' not in text and "“" not in text and "'" not in text, text
            assert text.count("„") == text.count("”"), text


class TestMarkup:
    def test_the_pieces(self) -> None:
        found = [tuple(mark) for mark in markup.parse("A {seller.name} [[date]] *B:* [?law {x}].")]
        assert found == [
            ("text", "A "), ("name", "seller.name"), ("text", " "), ("gap", "date"), ("text", " "),
            ("strong", "B:"), ("text", " "), ("check", "law {x}"), ("text", "."),
        ]  # fmt: skip

    def test_names_also_inside_gaps(self) -> None:
        assert markup.names("{a} [[b {c}]] *{d}*") == {"a", "c", "d"}

    @pytest.mark.parametrize("text", ["[[a", "a]]", "{A}", "a * b", "[?x", "{a b}"])
    def test_strays(self, text: str) -> None:
        assert markup.strays(text)


class TestCiting:
    @pytest.mark.parametrize(
        "written,en,lv",
        [
            ("gdpr:13(1)(f)", "Art. 13(1)(f) GDPR", "VDAR 13. panta 1. punkta f) apakšpunkts"),
            ("gdpr:12(3)", "Art. 12(3) GDPR", "VDAR 12. panta 3. punkts"),
            ("gdpr:77", "Art. 77 GDPR", "VDAR 77. pants"),
            ("gdpr", "GDPR", "VDAR"),
        ],
    )
    def test_regulation(self, written: str, en: str, lv: str, interview: Interview) -> None:
        assert cited(interview.base, written, Locale.EN) == en
        assert cited(interview.base, written, Locale.LV) == lv

    @pytest.mark.parametrize(
        "written,end",
        [
            ("lv.ispl:9(2)", "9. panta otrā daļa"),
            ("lv.ispl:7.1", "7.¹ pants"),
            ("lv.komerclikums:17", "Komerclikuma 17. pants"),
            ("lv.mk255:5.3", "5.3. apakšpunkts"),
            ("lv.mk255:5", "MK noteikumu Nr. 255 5. punkts"),
        ],
    )
    def test_latvian_laws(self, written: str, end: str, interview: Interview) -> None:
        assert cited(interview.base, written, Locale.LV).endswith(end)

    def test_several_provisions_of_one_act(self) -> None:
        assert cited_article("28(3)(d), 28(2)", Locale.LV) == "28. panta 3. punkta d) apakšpunkts, 28. panta 2. punkts"
        assert cited_article("44-46", Locale.LV) == "44.–46. pants"
        assert cited_article("44-46", Locale.EN) == "44-46"
