"""How: the leaves are answers, knowledge and dates only, and from them alone everything follows again."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from advisor.case import Case
from advisor.conclusions import Due
from advisor.consultation import Consultation
from advisor.engine.program import CERTAIN, Program
from advisor.engine.reference import ReferenceEngine
from advisor.explaining.how import Graph, how
from advisor.explaining.lines import how_lines
from advisor.explaining.nodes import Node, below, leaves, rests_on
from advisor.explaining.relevance import relevant
from advisor.explaining.trees import EVERYTHING, Trees, node_text
from advisor.explaining.words import Words
from advisor.interview import Interview
from advisor.model import ALWAYS, OBLIGATION, SHOP, UNKNOWN, Condition, Fact, Locale
from advisor.render.tree import Branch
from advisor.situation import STAND_IN
from tests.explaining.generated import shop_of
from tests.explaining.shared import SCENARIOS, altered, case_from, shop, tiny

LEAVES = {"given", "country", "purpose", "date", "absent", "only"}
"""Answers; what is known of countries and purposes; dates; answers that leave no room for a thing or are all of it."""


def follows(consultation: Consultation, due: Due, node: Node) -> bool:
    """Whether an obligation certainly follows from the leaves of its explanation and nothing else.

    Of the answers, only those at the leaves; of what is known of countries and purposes, only what stands there may be
    certain; of the rules that have dates, only those whose dates stand there may conclude something for certain.
    """
    ends = tuple(leaves(node))
    answers = {answer.key: answer for answer in rests_on(node)}
    known = {end.fact for end in ends if end.kind in ("country", "purpose")}
    engine = _engine(consultation, due.id, frozenset(end.rule for end in ends if end.kind == "date"))
    facts = [
        fact
        for fact in consultation.situations.of(answers).facts
        if not (fact.attribute.startswith(("country.", "purpose.")) and fact.attribute.endswith(CERTAIN))
        or fact._replace(attribute=fact.attribute[:-1]) in known
    ]
    return engine.infer(facts).holds(Fact(OBLIGATION + CERTAIN, due.subject, due.id))


_ENGINES: dict[tuple[int, str, frozenset[str]], tuple[Program, ReferenceEngine]] = {}
"""With the program they are a part of, which keeps its identity while they are kept."""


def _engine(consultation: Consultation, obligation: str, dated: frozenset[str]) -> ReferenceEngine:
    """An engine on the rules an obligation can depend on, those without dates and those named; each is built once."""
    key = (id(consultation.program), obligation, dated)
    if key not in _ENGINES:
        clauses = relevant(consultation.program, obligation).clauses
        kept = (item for item in clauses if item.valid == ALWAYS or item.rule in dated or not item.certain)
        _ENGINES[key] = consultation.program, ReferenceEngine(Program(clauses=tuple(kept)))
    return _ENGINES[key][1]


def check_leaves(consultation: Consultation, case: Case) -> int:
    """Every conclusion that is certain ends in answers, knowledge and dates, and follows from these alone."""
    conclusions = consultation.conclusions(case)
    graph = Graph(consultation.base, case, conclusions)
    for due in conclusions.certain:
        node = graph.of(due)
        assert node is not None
        for end in leaves(node):
            assert end.kind in LEAVES, (due, end)
            if end.kind in ("given", "absent", "only"):
                assert end.answers and all(case.answers[answer.key] is answer for answer in end.answers), (due, end)
        assert follows(consultation, due, node), due
    return len(conclusions.certain)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
class TestEveryAction:
    def test_ends_in_what_was_given_and_follows_from_it(self, path: Path, interview: Interview) -> None:
        assert check_leaves(interview, shop(path, interview)) > 40

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


@pytest.mark.parametrize("seed", range(12))
def test_any_case_follows_from_its_leaves(seed: int, interview: Interview) -> None:
    chance = random.Random(seed)
    case = altered(interview, shop(chance.choice(SCENARIOS), interview), chance)
    assert check_leaves(interview, case) > 10


def test_small_shops_follow_from_their_leaves() -> None:
    """Random rules, which also feed each other in circles and negate what follows from them."""
    checked = sum(check_leaves(*shop_of(seed)) for seed in range(80))
    assert checked > 20


def test_what_may_be_ends_in_what_it_hangs_on() -> None:
    """The open questions at the leaves are those the plan says it hangs on, unless a rule asks for not knowing."""
    compared = 0
    for seed in range(80):
        consultation, case = shop_of(seed)
        conclusions = consultation.conclusions(case)
        graph = Graph(consultation.base, case, conclusions)
        for due in conclusions.maybe:
            node = graph.of(due, certain=False)
            assert node is not None
            ends = list(leaves(node))
            assert {end.kind for end in ends} <= LEAVES | {"open"}
            hanging = {asked(end) for end in ends if end.kind == "open"}
            if not names_unknown(below((node,)), consultation):
                compared += 1
                assert hanging == conclusions.hangs_on(due), (seed, due)
    assert compared > 5


def names_unknown(nodes: Iterable[Node], consultation: Consultation) -> bool:
    """Whether a rule in an explanation asks for not knowing."""
    rules = [consultation.rules[node.rule] for node in nodes if node.rule]
    conditions = [item for rule in rules for body in rule.bodies for item in (*body.positive, *body.negative)]
    return any(UNKNOWN in condition.operands for condition in conditions)


def asked(end: Node) -> tuple[str, str]:
    """What an open leaf hangs on; of partners nobody has named, on who they are."""
    assert end.fact is not None
    return ("shop.vendors", SHOP) if end.fact.subject == STAND_IN["vendor"] else (end.fact.attribute, end.fact.subject)


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
    assert follows(interview, found.due, found.node)
    for taken in rests_on(found.node):
        answers = {answer.key: answer for answer in rests_on(found.node) if answer.key != taken.key}
        left = {due.id for due in interview.conclude(answers).certain}
        assert "transfer.no-transfer-note" not in left, taken.key


def test_rules_that_feed_each_other_are_absent_together() -> None:
    """Either of two things would bring the other: that none is so rests on the answers to both."""
    consultation = tiny(CIRCLE)
    case = case_from(consultation, {"shop.sells": ["services"], "shop.p": "no", "shop.q": "no"})
    graph = Graph(consultation.base, case, consultation.conclusions(case))
    for name in ("shop.one", "shop.two", "shop.one"):
        node = graph.absent(Condition(name, SHOP, "is", ("yes",)))
        assert {answer.ask for answer in rests_on(node)} == {"shop.p", "shop.q"}, name
        assert {end.kind for end in leaves(node)} == {"absent"}


def test_what_a_rule_of_another_day_would_say_rests_on_its_date() -> None:
    consultation = tiny(
        CIRCLE.replace("{shop.two: yes}]\n    because", "{shop.two: yes}]\n    valid: {until: 2026-01-01}\n    because")
    )
    case = case_from(consultation, {"shop.sells": ["services"], "shop.p": "no", "shop.q": "no"})
    graph = Graph(consultation.base, case, consultation.conclusions(case))
    node = graph.absent(Condition("shop.two", SHOP, "is", ("yes",)))
    assert {(end.kind, end.rule) for end in leaves(node)} == {("date", "shop.two.q"), ("date", "shop.two.one")}


CIRCLE = (
    """
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
"""
    + "".join(
        f"""
  - id: shop.{name}
    type: yes-no
    title: {{en: T, lv: T}}
    ask: {{en: "{name}?", lv: "{name}?"}}
    help: {{en: H., lv: H.}}
"""
        for name in ("p", "q")
    )
    + "rules:"
    + "".join(
        f"""
  - id: {head}.{name.removeprefix("shop.")}
    when: [{{{name}: yes}}]
    then: [{{{head}: yes}}]
    because: {{en: From {name}., lv: No {name}.}}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
"""
        for head, name in (
            ("shop.one", "shop.two"),
            ("shop.one", "shop.p"),
            ("shop.two", "shop.one"),
            ("shop.two", "shop.q"),
        )
    )
)

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
    assert follows(consultation, found.due, found.node)


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
        "  - this rule applies from 1 January 2026",
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


def test_nobody_is_said_to_be_where_nobody_said_so(interview: Interview) -> None:
    """Countries that stand for others in the possible reading are told by their kind, never by their name."""
    vendors = [{"name": "Mailchimp"}, {"name": "Alfa", "function": "hosting", "role": "processor"}]
    for answers in ({}, {"vendors": vendors}):
        case = case_from(interview, answers)
        conclusions = interview.conclusions(case)
        graph = Graph(interview.base, case, conclusions)
        for due in conclusions.maybe:
            node = graph.of(due, certain=False)
            for item in below((node,)) if node is not None else ():
                told = {*item.bound.values(), *(item.fact or ())[1:]}
                named = {str(value) for value in told if value in interview.base.countries}
                assert named <= ({"US"} if item.certain or "mailchimp" in told else set()), (due, item)
    lines = how_lines(interview, case_from(interview, {}), "transfer.notice", full=True, width=500)
    assert any(
        "With a partner not named yet, data reaches a country without an adequacy decision" in it for it in lines
    )


def test_the_catalogue_is_named_with_its_date(interview: Interview) -> None:
    case = case_from(interview, {"vendors": [{"name": "Mailchimp"}]})
    lines = " ".join(how_lines(interview, case, "transfer.notice", full=True, width=500))
    assert "the catalogue says, as of November 2026" in lines and "adequacy decision (EU) 2023/1795" in lines


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
