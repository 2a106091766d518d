"""How: the leaves are answers, knowledge and dates only, and from them alone everything follows again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.explaining.changes import changed
from advisor.explaining.how import Graph, Node, how, leaves, rests_on
from advisor.explaining.lines import how_lines
from advisor.explaining.trees import EVERYTHING, Trees, node_text
from advisor.explaining.words import Words
from advisor.interview import Interview
from advisor.model import UNKNOWN, Answer, Locale
from advisor.render.tree import Branch
from tests.explaining.shared import SCENARIOS, case_from, shop, tiny

LEAVES = {"given", "country", "purpose", "date", "absent", "only"}
"""Answers; what is known of countries and purposes; dates; answers that leave no room for a thing or are all of it."""


def replayed(consultation: Consultation, node: Node) -> frozenset[tuple[str, str]]:
    """The obligations that certainly follow from the answers at the leaves of an explanation."""
    answers = {answer.key: answer for answer in rests_on(node)}
    return frozenset((due.id, due.subject) for due in consultation.conclude(answers).certain)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
class TestEveryAction:
    def test_ends_in_answers_knowledge_and_dates(self, path: Path, interview: Interview) -> None:
        case = shop(path, interview)
        conclusions = interview.conclude(case.answers)
        graph = Graph(interview.base, case, conclusions)
        for due in conclusions.certain:
            node = graph.of(due)
            assert node is not None
            ends = list(leaves(node))
            assert {end.kind for end in ends} <= LEAVES, due
            for end in ends:
                if end.kind in ("given", "absent", "only"):
                    assert end.answers and all(case.answers[answer.key] is answer for answer in end.answers), (due, end)

    def test_follows_from_its_leaves_alone(self, path: Path, interview: Interview) -> None:
        case = shop(path, interview)
        conclusions = interview.conclude(case.answers)
        graph = Graph(interview.base, case, conclusions)
        for due in conclusions.certain:
            node = graph.of(due)
            assert node is not None
            assert (due.id, due.subject) in replayed(interview, node), due

    def test_is_said_in_both_languages(self, path: Path, interview: Interview) -> None:
        for locale in Locale:
            case = shop(path, interview, locale)
            conclusions = interview.conclusions(case)
            trees = Trees(Words(interview, case), EVERYTHING)
            for name in dict.fromkeys(due.id for due in conclusions.certain):
                for text in texts(trees.how(how(interview.base, case, conclusions, name))):
                    assert text.strip() and "{" not in text and "$" not in text, (name, text)
            assert not trees.was_cut


def texts(branch: Branch) -> list[str]:
    return [branch.text, *(text for part in branch.parts for text in texts(part))]


def altered(interview: Interview, case: Case, chance: random.Random) -> Case:
    """The case with some answers changed or taken away at random."""
    answers = dict(case.answers)
    attributes = [
        attribute
        for attribute in interview.situations.attributes.values()
        if attribute.question is not None and attribute.domain not in ("vendor", "person")
    ]
    for _ in range(chance.randint(3, 20)):
        if chance.random() < 0.3:
            answers.pop(chance.choice(list(answers)))
            continue
        attribute = chance.choice(attributes)
        assert attribute.question is not None
        of = ""
        if attribute.of:
            subjects = [key[1] for key in answers if key[0].startswith(f"{attribute.of}.")]
            if not subjects:
                continue
            of = chance.choice(subjects)
        values = (*interview.situations.representatives(attribute), UNKNOWN)
        value = tuple(chance.sample(values, min(len(values), 2))) if attribute.many else chance.choice(values)
        ask = attribute.id if attribute.question.kind == "checklist" else attribute.question.id
        answers[ask, of] = Answer(ask=ask, of=of, value=value, how=chance.choice(["label", "file"]))
    return changed(Case(name="altered", as_of=case.as_of, locale=case.locale), answers.values())


@pytest.mark.parametrize("seed", range(12))
def test_any_case_follows_from_its_leaves(seed: int, interview: Interview) -> None:
    chance = random.Random(seed)
    case = altered(interview, shop(chance.choice(SCENARIOS), interview), chance)
    conclusions = interview.conclude(case.answers)
    graph = Graph(interview.base, case, conclusions)
    for due in conclusions.certain:
        node = graph.of(due)
        assert node is not None
        assert (due.id, due.subject) in replayed(interview, node), due


EEA_ONLY = {
    "seller.legal_form": "SIA",
    "shop.sells": ["goods"],
    "shop.delivers_to": ["LV", "EE"],
    "shop.supply": [],
    "group.parent_country": "none",
    "people_remote_access": [],
    "data.cookies": ["strictly_necessary"],
    "shop.social_pages": [],
    "vendors": [
        {
            "name": name,
            "function": "hosting",
            "role": "processor",
            "country": "LV",
            "processing_countries": [place],
            "remote_access_from": [],
            "mechanism": "none_needed",
            "subprocessors_known": "yes",
        }
        for name, place in (("Alfa", "LV"), ("Beta", "EE"))
    ],
}


def test_that_nothing_is_the_case_rests_on_all_that_could_be(interview: Interview) -> None:
    """No transfer at all: every vendor, person, parcel and parent counts, and each of them is needed."""
    case = case_from(interview, EEA_ONLY)
    conclusions = interview.conclusions(case)
    (found,) = how(interview.base, case, conclusions, "transfer.no-transfer-note")
    asked = {answer.ask for answer in rests_on(found.node)}
    assert asked >= {"vendors", "people_remote_access", "shop.delivers_to", "vendor.mechanism", "group.parent_country"}
    assert ("transfer.no-transfer-note", "shop") in replayed(interview, found.node)
    for taken in rests_on(found.node):
        answers = {answer.key: answer for answer in rests_on(found.node) if answer.key != taken.key}
        left = {due.id for due in interview.conclude(answers).certain}
        assert "transfer.no-transfer-note" not in left, taken.key


RULES = """
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
  - id: shop.reviews
    type: choice
    title: {en: T, lv: T}
    ask: {en: Reviews?, lv: Atsauksmes?}
    help: {en: H., lv: H.}
    when: [{shop.sells: goods}]
    options:
      - {value: none, label: {en: None, lv: Nav}}
      - {value: shown, label: {en: Shown, lv: Rāda}}
rules:
  - id: shop.ring.first
    when: [{shop.ring: second}]
    then: [{shop.ring: first}]
    because: {en: The second makes the first., lv: Otrais rada pirmo.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.ring.second
    when: [{shop.ring: first}]
    then: [{shop.ring: second}]
    because: {en: The first makes the second., lv: Pirmais rada otro.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.ring.start
    when: [{shop.sells: services}]
    then: [{shop.ring: first}]
    because: {en: Services begin it., lv: Pakalpojumi to sāk.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.lights.ring
    when:
      - shop.ring: second
      - shop.ring: first
      - not: {shop.reviews: shown}
    then: [{obligation: shop.lights}]
    because: {en: The ring is closed., lv: Aplis ir slēgts.}
    source: ["act:2"]
    checked: 2026-01-01
    confidence: K
    valid: {from: 2026-01-01}
"""


def test_rules_that_feed_each_other_end_in_answers() -> None:
    consultation = tiny(RULES)
    case = case_from(consultation, {"shop.sells": ["services"]})
    (found,) = how(consultation.base, case, consultation.conclusions(case), "shop.lights")
    assert {(end.kind, end.rule) for end in leaves(found.node)} == {
        ("given", ""),
        ("absent", ""),
        ("date", "shop.lights.ring"),
    }
    assert {answer.ask for answer in rests_on(found.node)} == {"shop.sells"}  # no goods, so reviews do not arise
    assert ("shop.lights", "shop") in replayed(consultation, found.node)


def test_shared_parts_are_shown_once_and_deep_ones_cut() -> None:
    consultation = tiny(RULES)
    case = case_from(consultation, {"shop.sells": ["services"]})
    brief = how_lines(consultation, case, "shop.lights")
    assert brief == (
        "Why this applies to you: Switch on the lights",
        "- The ring is closed. [Act Art. 2]",
        "  - The first makes the second. [Act Art. 1]",
        "    - Services begin it. [Act Art. 1] ...",
        "  - Services begin it. [Act Art. 1]",
        '    - you answered "Services" to: What do you sell?',
        "  - the question does not arise: Reviews?",
        '    - not "Goods", because you answered "Services" to: What do you sell?',
        "  - this rule applies from 2026-01-01",
        "",
        "What ends in ... has more behind it; --full shows all of it (in the",
        "conversation: full).",
    )
    whole = how_lines(consultation, case, "shop.lights", full=True)
    assert whole[3:6] == (
        "    - Services begin it. [Act Art. 1]",
        '      - you answered "Services" to: What do you sell?',
        "  - Services begin it. [Act Art. 1] (see above)",
    )
    assert whole == how_lines(consultation, case, "shop.lights full")


def test_what_is_only_possible_says_what_it_hangs_on(interview: Interview) -> None:
    case = case_from(interview, {"shop.audience": "b2c"})
    lines = "\n".join(how_lines(interview, case, "seller-info.terms"))
    assert lines.startswith("Why this may apply to you")
    assert "not answered yet: Can people order from you" in lines


def test_the_catalogue_is_named_with_its_date(interview: Interview) -> None:
    case = case_from(interview, {"vendors": [{"name": "Mailchimp"}]})
    lines = " ".join(how_lines(interview, case, "transfer.notice", full=True, width=500))
    assert "the catalogue says, as of 2026" in lines and "adequacy decision (EU) 2023/1795" in lines


def test_every_point_has_words(interview: Interview) -> None:
    """Also those that the trees fold away."""
    case = shop(SCENARIOS[1], interview)
    conclusions = interview.conclusions(case)
    words, graph = Words(interview, case), Graph(interview.base, case, conclusions)
    seen: set[str] = set()
    for due in (*conclusions.certain, *conclusions.maybe):
        node = graph.of(due, certain=due in conclusions.certain)
        stack = [node] if node is not None else []
        while stack:
            item = stack.pop()
            seen.add(item.kind)
            assert node_text(words, item)
            stack.extend(item.parts)
    assert {"fact", "rule", "given", "country", "purpose", "date", "absent", "open"} <= seen
