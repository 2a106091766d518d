"""Why not: for every obligation that is not certain, what is suggested does conclude it, by the rule that is named."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.case import Case
from advisor.conclusions import Due
from advisor.consultation import Consultation
from advisor.explaining.changes import changed
from advisor.explaining.lines import why_not_lines
from advisor.explaining.meeting import Check
from advisor.explaining.refusals import why_not_branch
from advisor.explaining.why_not import RULES, Nearest, WhyNot, why_not
from advisor.explaining.words import Words
from advisor.interview import Interview
from advisor.model import UNKNOWN, Answer, Locale
from advisor.situation import Answers, subjects
from tests.explaining.generated import ANSWERS, DUTY, OF_SHOP, OF_VENDOR, every_answer, shop_of
from tests.explaining.shared import SCENARIOS, case_from, part, shop, tiny
from tests.explaining.test_how import texts


def missing(interview: Interview, case: Case) -> list[str]:
    """The obligations that are not certain."""
    certain = {due.id for due in interview.conclusions(case).certain}
    return [name for name in interview.base.actions if name not in certain]


def check_suggestions(interview: Interview, case: Case, found: WhyNot, spare: bool = True) -> None:
    """Something is suggested, or no rule is law on that day; what is suggested works, and nothing can be spared."""
    concluding = {rule.id for rule in interview.base.rules if any(head.value == found.obligation for head in rule.then)}
    if not found.nearest:
        assert {rule.id for rule in found.out_of_force} == concluding, found.obligation
    assert len(found.nearest) <= RULES
    for item in found.nearest:
        check_suggestion(interview, case, found.obligation, item, spare)


def check_suggestion(
    consultation: Consultation, case: Case, obligation: str, item: Nearest, spare: bool = True
) -> None:
    """The rule concludes the obligation with the answers, and with none of them left out."""
    due = Due(id=obligation, subject=item.subject)
    engine = part(consultation, obligation)
    assert item.rule in engine.conclude(changed(case, item.answers).answers).rules_for(due)
    for taken in item.answers if spare and len(item.answers) > 1 else ():
        fewer = changed(case, [answer for answer in item.answers if answer is not taken])
        assert item.rule not in engine.conclude(fewer.answers).rules_for(due), (obligation, taken)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_suggestion_works(path: Path, interview: Interview) -> None:
    case = shop(path, interview)
    for name in missing(interview, case):
        check_suggestions(interview, case, why_not(interview, case, name))


def test_from_the_first_question_on(interview: Interview) -> None:
    """Nobody has said anything yet: partners and people have to be named first."""
    case = Case(name="empty", as_of=interview.as_of, locale=Locale.EN)
    for name in missing(interview, case):
        check_suggestions(interview, case, why_not(interview, case, name), spare=False)


def test_small_shops_miss_nothing() -> None:
    """Random rules: what is suggested works and no smaller set of answers does; nothing only where nothing would do."""
    looked_at = 0
    for seed in range(60):
        consultation, case = shop_of(seed)
        if concluded(consultation, case.answers):
            continue
        looked_at += 1
        found = why_not(consultation, case, DUTY)
        for item in found.nearest:
            check_suggestion(consultation, case, DUTY, item)
        if not found.nearest:
            assert not any(concluded(consultation, other.answers) for other in every_answer(consultation)), seed
        least = min((len(item.answers) for item in found.nearest), default=1)
        for changes in smaller_sets(case, least):
            assert not concluded(consultation, {**case.answers, **changes}), (seed, changes)
    assert looked_at > 40


def concluded(consultation: Consultation, answers: Answers) -> bool:
    return any(due.id == DUTY for due in consultation.conclude(answers).certain)


def smaller_sets(case: Case, size: int) -> Iterator[dict[tuple[str, str], Answer]]:
    """Every set of fewer other answers about the shop and the partners it has."""
    keys = [(name, "") for name in OF_SHOP]
    keys += [(name, of) for of in subjects(case.answers, "vendor") for name in OF_VENDOR]
    for chosen in itertools.chain.from_iterable(itertools.combinations(keys, number) for number in range(size)):
        for values in itertools.product((*ANSWERS, UNKNOWN), repeat=len(chosen)):
            pairs = zip(chosen, values, strict=True)
            yield {key: Answer(ask=key[0], of=key[1], value=value, how="file") for key, value in pairs}


def test_what_holds_and_what_fails(interview: Interview) -> None:
    case = case_from(
        interview,
        {"vendors": [{"name": "Alfa", "function": "hosting", "role": "processor", "dpa": "signed"}]},
    )
    found = why_not(interview, case, "processor.no-dpa-stop", "alfa")
    (item,) = found.nearest
    assert [(answer.ask, answer.of, answer.value) for answer in item.answers] == [("vendor.dpa", "alfa", "not_offered")]
    assert flat(item.checks) == [("vendor.acts_as", "holds"), ("vendor.dpa", "fails")]
    assert why_not_lines(interview, case, "processor.no-dpa-stop for Alfa", width=200)[-2:] == (
        "  - with this answer it would apply:",
        "    - Alfa: what is agreed in writing about how it handles your customers' data (a data processing agreement, "
        "DPA)? → It refuses or offers none",
    )


def flat(checks: tuple[Check, ...]) -> list[tuple[str, str]]:
    return [(check.condition.attribute, check.status) for check in checks]


def test_what_is_not_known_is_rather_supposed_than_what_was_denied(interview: Interview) -> None:
    """That a US company is not on the list, which nobody knows, is nearer than that a Latvian one moves abroad."""
    case = shop(SCENARIOS[1], interview)
    nearest = why_not(interview, case, "transfer.scc").nearest[0]
    (answer,) = nearest.answers
    assert (answer.ask, answer.value) == ("vendor.dpf_active", "no")
    assert case.answers[answer.key].value == UNKNOWN


def test_a_country_among_many_is_an_example(interview: Interview) -> None:
    case = shop(SCENARIOS[2], interview)
    lines = why_not_lines(interview, case, "transfer.dropship", width=300)
    assert any("In which country is your main supplier? → for example " in line for line in lines)
    assert any('choose "' in line for line in lines), "an item of a checklist is chosen"


def test_a_rule_of_another_day_is_named(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    found = why_not(interview, case, "seller-info.odr-link")
    assert not found.nearest and [rule.id for rule in found.out_of_force] == ["seller-info.odr-link"]
    assert "until 19 July 2025" in " ".join(why_not_lines(interview, case, "seller-info.odr-link"))


def test_what_does_apply_is_said_to(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    lines = why_not_lines(interview, case, "transfer.map")
    assert lines[0] == "It does apply to you." and lines[1].startswith("Why this applies to you")


def test_what_is_negated_must_go() -> None:
    """The rule negates a derived fact that two answers support: both have to be different."""
    consultation = tiny("""
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
  - id: shop.noise
    type: choices
    title: {en: T, lv: T}
    ask: {en: Noise?, lv: Troksnis?}
    help: {en: H., lv: H.}
    none: {label: {en: Quiet, lv: Kluss}}
    options:
      - {value: radio, label: {en: Radio, lv: Radio}}
      - {value: engine, label: {en: Engine, lv: Dzinējs}}
rules:
  - id: shop.loud.radio
    when: [{shop.noise: radio}]
    then: [{shop.loud: yes}]
    because: {en: The radio is on., lv: Radio ir ieslēgts.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.loud.engine
    when: [{shop.noise: engine}, {shop.sells: services}]
    then: [{shop.loud: yes}]
    because: {en: The engine runs., lv: Dzinējs darbojas.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
  - id: shop.lights.quiet
    when: [{shop.sells: services}, {not: {shop.loud: yes}}]
    then: [{obligation: shop.lights}]
    because: {en: Quiet services need light., lv: Klusiem pakalpojumiem vajag gaismu.}
    source: ["act:2"]
    checked: 2026-01-01
    confidence: K
""")
    case = case_from(consultation, {"shop.sells": ["services"], "shop.noise": ["radio", "engine"]})
    found = why_not(consultation, case, "shop.lights")
    quiet = next(item for item in found.nearest if item.rule == "shop.lights.quiet")
    assert [(answer.ask, answer.value) for answer in quiet.answers] == [("shop.noise", ())]
    assert "  - stands against it: The radio is on." in why_not_lines(consultation, case, "shop.lights")


@pytest.mark.parametrize("locale", list(Locale))
def test_every_refusal_is_said(locale: Locale, interview: Interview) -> None:
    case = shop(SCENARIOS[5], interview, locale)
    words = Words(interview, case)
    for name in missing(interview, case):
        for text in texts(why_not_branch(words, why_not(interview, case, name))):
            assert text.strip() and "{" not in text and "$" not in text, (name, text)


def test_an_option_in_a_reason_is_called_by_its_label(interview: Interview) -> None:
    for locale, label in ((Locale.EN, "yet: Pharmacy"), (Locale.LV, "vēl nav: Aptiekas")):
        case = case_from(interview, {}, locale)
        text = " ".join(why_not_lines(interview, case, "adjacent.medicine"))
        assert label in " ".join(text.split())
