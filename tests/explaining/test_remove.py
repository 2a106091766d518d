"""Remove: what is found does remove the obligation, no smaller set does, and nothing false is ever claimed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest

from advisor.case import Case
from advisor.conclusions import Conclusions
from advisor.consultation import Consultation
from advisor.explaining.decisions import Decision, Trial, applied, decisions
from advisor.explaining.lines import remove_lines
from advisor.explaining.remove import ENOUGH, remove
from advisor.interview import Interview
from advisor.model import Locale
from tests.explaining.generated import DUTY, shop_of
from tests.explaining.shared import SCENARIOS, case_from, part, shop, tiny

NEVER = ("docs.", "seller.", "data.special_categories", "data.scale", "shop.excluded_contracts")
"""Nobody can decide these otherwise, or would claim something by it."""


def certain(conclusions: Conclusions, obligation: str) -> bool:
    return any(due.id == obligation for due in conclusions.certain)


def removed(consultation: Consultation, case: Case, chosen: Iterable[Decision], names: Iterable[str]) -> set[str]:
    """Which obligations are gone after some decisions: told from the whole rule base, without the search."""
    wanted, open_before = set(names), _open(consultation, case)
    trial = Trial(consultation, case.answers)
    for decision in chosen:
        trial.apply(decision)
    if not trial.possible:
        return set()
    after = consultation.conclude(trial.now)
    left = wanted - {due.id for due in after.certain}
    return left - {due.id for due in after.maybe if due.id in left and after.hangs_on(due) - open_before}


_OPEN: list[tuple[Consultation, Case, frozenset[tuple[str, str]]]] = []


def _open(consultation: Consultation, case: Case) -> frozenset[tuple[str, str]]:
    """What has no answer, for the case asked about last."""
    if not _OPEN or _OPEN[0][0] is not consultation or _OPEN[0][1] is not case:
        situation = consultation.situations.of(case.answers)
        _OPEN[:] = [(consultation, case, situation.open | situation.unknown)]
    return _OPEN[0][2]


def compatible(chosen: tuple[Decision, ...]) -> bool:
    """Not two choices of the same answer."""
    return not any(
        one.subject == other.subject and one.attributes & other.attributes and not (one.leaves_out and other.leaves_out)
        for one, other in itertools.combinations(chosen, 2)
    )


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_what_is_found_removes_it(path: Path, interview: Interview) -> None:
    case = shop(path, interview)
    conclusions = interview.conclusions(case)
    found = 0
    for name in dict.fromkeys(due.id for due in conclusions.certain):
        removal = remove(interview, case, name)
        found += bool(removal.ways)
        assert removal.exhausted, name
        assert len({len(way.decisions) for way in removal.ways}) <= 1
        for way in removal.ways:
            assert not certain(part(interview, name).conclude(way.after.answers), name)
            assert removed(interview, case, way.decisions, [name]) == {name}
            gone = {row.id for row in way.rows if row.kind in ("removed", "uncertain")}
            assert name in gone
    assert found > 10


@pytest.mark.parametrize("number", [0, 2, 4, 6])
def test_no_smaller_set_does(number: int, interview: Interview) -> None:
    """Tried one after the other: every set smaller than what was found; all small ones where nothing was."""
    case = shop(SCENARIOS[number], interview)
    names = list(dict.fromkeys(due.id for due in interview.conclusions(case).certain))
    removals = {name: remove(interview, case, name) for name in names}
    sizes = {name: len(found.ways[0].decisions) if found.ways else 3 for name, found in removals.items()}
    every = decisions(interview, case)
    for smaller in range(3):
        for chosen in itertools.combinations(every, smaller):
            if compatible(chosen):
                too_large = {name for name in removed(interview, case, chosen, names) if smaller < sizes[name]}
                assert not too_large, chosen


def test_all_sets_of_that_size_are_found(interview: Interview) -> None:
    """Brute force over the smallest shop: exactly the same sets of one or two decisions."""
    case = shop(SCENARIOS[0], interview)
    names = list(dict.fromkeys(due.id for due in interview.conclusions(case).certain))
    removals = {name: found for name in names if (found := remove(interview, case, name)).ways}
    wanted: dict[str, set[frozenset[tuple[str, str, str]]]] = {name: set() for name in removals}
    for size in (1, 2):
        for chosen in itertools.combinations(decisions(interview, case), size):
            for name in removed(interview, case, chosen, names) if compatible(chosen) else ():
                if size == len(removals[name].ways[0].decisions):
                    wanted[name].add(frozenset(decision.key for decision in chosen))
    assert {
        name: {frozenset(decision.key for decision in way.decisions) for way in found.ways}
        for name, found in removals.items()
    } == wanted


def test_small_shops_by_brute_force() -> None:
    """Random rules and decisions: exactly the smallest sets of all there are, nothing only where no set does."""
    looked_at = 0
    for seed in range(120):
        consultation, case = shop_of(seed)
        if not certain(consultation.conclusions(case), DUTY):
            continue
        looked_at += 1
        found = remove(consultation, case, DUTY)
        sets = {frozenset(decision.key for decision in way.decisions) for way in found.ways}
        wanted = smallest_sets(consultation, case)
        assert sets == wanted if len(wanted) < ENOUGH else len(sets) >= ENOUGH and sets <= wanted, seed
        if found.fixed is not None:
            assert not wanted
    assert looked_at > 25


def smallest_sets(consultation: Consultation, case: Case) -> set[frozenset[tuple[str, str, str]]]:
    """All sets of the smallest size that remove the obligation of small shops."""
    every = decisions(consultation, case)
    for size in range(len(every) + 1):
        found = {
            frozenset(decision.key for decision in chosen)
            for chosen in itertools.combinations(every, size)
            if compatible(chosen) and removed(consultation, case, chosen, [DUTY])
        }
        if found:
            return found
    return set()


def test_only_decisions_are_marked_as_such(interview: Interview) -> None:
    for item in interview.base.changeable:
        for name in (item.attribute, *item.also):
            assert not name.startswith(NEVER), item.id
        assert item.also.get("vendor.dpa", "unknown") == "unknown", "an agreement is never claimed"
        assert item.also.get("vendor.role", "unknown") == "unknown", "neither is a role"
        assert item.attribute not in ("vendor.dpa", "vendor.mechanism", "vendor.role", "vendor.dpf_active")


def test_another_provider_keeps_nothing_of_the_old_one(interview: Interview) -> None:
    vendor = {"name": "Alfa", "function": "email_marketing", "role": "processor", "country": "US"}
    case = case_from(interview, {"vendors": [{**vendor, "dpa": "signed", "dpf_active": "yes", "mechanism": "dpf"}]})
    (item,) = [found for found in decisions(interview, case) if found.item.id == "another-provider"]
    after = applied(interview, case, [item])
    assert after.answers["vendor.dpa", "alfa"].value == "unknown"
    assert after.answers["vendor.function", "alfa"].value == "email_marketing"
    assert after.names()["alfa"] == "another provider instead of Alfa"
    assert case.answers["vendor.dpa", "alfa"].value == "signed", "the case itself is as it was"
    lines = "\n".join(remove_lines(interview, case, "transfer.us-dpf", width=200))
    assert "- instead of Alfa choose another provider" in lines and "- do without Alfa" in lines
    assert "Conclude a data processing agreement [P1]: another provider instead of Alfa" in lines


def test_a_list_that_must_name_something_is_never_emptied(interview: Interview) -> None:
    case = case_from(interview, {"shop.audience": "b2c", "shop.sells": ["goods"], "shop.goods": ["alcohol"]})
    only = [item for item in decisions(interview, case) if item.item.id == "goods"]
    assert [item.value for item in only] == ["alcohol"]
    trial = Trial(interview, case.answers)
    trial.apply(only[0])
    assert not trial.possible
    assert remove(interview, case, "adjacent.alcohol-conditions").ways == ()


def test_what_nobody_can_decide_is_named(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    removal = remove(interview, case, "processor.register")
    assert removal.ways == () and removal.fixed is not None and removal.fixed.rule == "processor.register"
    lines = remove_lines(interview, case, "processor.register")
    assert "- Nothing that you can decide makes it go away." in lines
    assert any(line.startswith("- This remains: Every shop passes customer data") for line in lines)


def test_only_for_one_subject(interview: Interview) -> None:
    case = shop(SCENARIOS[1], interview)
    one = remove(interview, case, "transfer.us-dpf", "stripe")
    every = remove(interview, case, "transfer.us-dpf")
    assert {len(way.decisions) for way in one.ways} == {1} and {len(way.decisions) for way in every.ways} == {4}


def test_what_does_not_apply_is_said_so(interview: Interview) -> None:
    for locale in Locale:
        lines = remove_lines(interview, shop(SCENARIOS[0], interview, locale), "adjacent.tobacco-ban")
        assert len(lines) == 2 + (len(lines) > 2) and "{" not in "".join(lines)


def test_leaving_a_question_open_removes_nothing() -> None:
    """A decision after which the obligation hangs on something it opened itself is no way out."""
    consultation = tiny("""
topic: {id: extra, title: {en: Extra, lv: Papildu}, order: 2}
questions:
  - id: shop.windows
    type: choice
    title: {en: T, lv: T}
    ask: {en: Windows?, lv: Logi?}
    help: {en: H., lv: H.}
    options:
      - {value: small, label: {en: Small, lv: Mazi}}
      - {value: large, label: {en: Large, lv: Lieli}}
  - id: shop.shutters
    type: yes-no
    title: {en: T, lv: T}
    ask: {en: Shutters?, lv: Slēģi?}
    help: {en: H., lv: H.}
changeable:
  - id: other-windows
    attribute: shop.windows
    to: small
    also: {shop.shutters: unknown}
    text: {en: take small windows, lv: ņemt mazus logus}
  - id: open-shutters
    attribute: shop.shutters
    to: no
    text: {en: open the shutters, lv: atvērt slēģus}
rules:
  - id: shop.lights.shutters
    when: [{shop.shutters: yes}]
    then: [{obligation: shop.lights}]
    because: {en: The shutters are closed., lv: Slēģi ir ciet.}
    source: ["act:1"]
    checked: 2026-01-01
    confidence: K
""")
    case = case_from(consultation, {"shop.sells": ["services"], "shop.windows": "large", "shop.shutters": "yes"})
    (way,) = remove(consultation, case, "shop.lights").ways
    assert [decision.item.id for decision in way.decisions] == ["open-shutters"] and way.hangs_on == ()
