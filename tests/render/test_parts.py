"""The plan in the terminal: one screen, and the parts a person asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.case import Case
from advisor.errors import UsageError
from advisor.interview import Interview
from advisor.model import BANDS, Locale
from advisor.render.handout import Handout, handout
from advisor.render.selection import Selection, selected, selection
from advisor.render.text import TOLD, PlanText, plain
from tests.render.shops import EVERY, SCENARIOS, scenario_answers

ROWS, COLUMNS = 24, 80


@pytest.fixture(params=EVERY, ids=lambda pair: f"{pair[0].stem}-{pair[1].value}")
def found(request: pytest.FixtureRequest, handout_of: Callable[[Path, Locale], Handout]) -> Handout:
    path, locale = request.param
    return handout_of(path, locale)


def packages(handout: Handout) -> list[str]:
    return [package.id for package in handout.consultation.base.packages]


def test_the_overview_fits_on_one_screen(found: Handout) -> None:
    lines = plain(PlanText(found.consultation, found.page, COLUMNS).overview()).splitlines()
    assert len(lines) < ROWS  # the last row is the prompt's
    assert max(map(len, lines)) <= COLUMNS
    shown = " ".join(" ".join(lines).split())
    for chapter in found.page.chapters:
        assert f"({chapter.number}) {chapter.package.title.in_(found.locale)}: {len(chapter.entries)}" in shown
    assert found.disclaimer() in shown
    assert found.first()[0][0].title in shown


def test_the_whole_plan_shows_all(found: Handout) -> None:
    text = " ".join(plain(PlanText(found.consultation, found.page, COLUMNS).lines()).split())
    assert found.page.notes[0] in text and found.say("export.notes") in text
    done = found.entries()[0]
    assert "[x]" in text or f"{found.say('export.label.status')}: {found.status('done')}" in text, done.title
    for entry in found.entries():
        assert entry.title in text


@pytest.mark.parametrize("kind", ["band", "area", "package"])
def test_the_parts_make_up_the_whole(found: Handout, kind: str) -> None:
    """Each entry is in exactly one band, area and package, with its rank and package number unchanged."""
    everything = {entry.line.id: entry.line.rank for entry in found.entries()}
    values = {
        "band": list(BANDS),
        "area": sorted({entry.line.action.area for entry in (*found.entries(), *found.page.maybe)}),
        "package": packages(found),
    }[kind]
    seen: dict[str, int] = {}
    for value in values:
        part = selected(found.page, Selection(**{f"{kind}s": (value,)}))
        for chapter in part.chapters:
            whole = next(item for item in found.page.chapters if item.number == chapter.number)
            assert whole.package == chapter.package
            for entry in chapter.entries:
                assert entry.line.id not in seen
                seen[entry.line.id] = entry.line.rank
    assert seen == everything


def test_a_part_says_how_much_it_leaves_out(handout_of: Callable[[Path, Locale], Handout]) -> None:
    found = handout_of(*EVERY[0])
    part = selected(found.page, selection(found.page, packages(found), bands=["p2"], areas=["purpose"]))
    shown = [entry for chapter in part.chapters for entry in chapter.entries]
    assert shown and all(e.line.band == "P2" and e.line.action.area == "purpose" for e in shown)
    text = " ".join(plain(PlanText(found.consultation, part, COLUMNS).part()).split())
    assert f"Shown: {len(shown)} of {len(found.entries())} actions." in text
    assert f"Open questions: {len(found.page.unanswered)}." in text and found.disclaimer() in text
    assert found.entries()[0].title not in text


def test_the_end_of_an_interview_names_every_action_once_and_says_where_the_steps_are(found: Handout) -> None:
    lines = plain(PlanText(found.consultation, found.page, COLUMNS).short("sveces")).splitlines()
    assert max(map(len, lines)) <= COLUMNS
    numbers = [int(line[:4]) for line in lines if line[:4].strip().isdigit() and line[4:6] == ". "]
    assert sorted(numbers) == [entry.line.rank for entry in found.entries()]
    begun = [entry.line.rank for entry, _ in found.first()]
    assert numbers[: len(begun)] == begun
    text = " ".join(" ".join(lines).split())
    for entry in found.entries():
        assert entry.title in text
    for entry, _ in found.first():
        assert entry.reasons[0].text in text
    later = [entry for entry in found.entries() if entry.line.band != found.entries()[0].line.band]
    assert later and not any(entry.reasons[0].text in text for entry in later if entry.line.rank not in begun)
    assert found.disclaimer() in text and found.amounts() in text
    assert text.count(found.first()[0][0].title) == text.count(found.first()[1][0].title) == 2  # once more at the end
    assert lines[-1] and "advisor plan sveces --details" in text and "advisor export sveces" in text


def test_what_must_not_be_started_has_its_reason_to_the_last_line(
    interview: Interview, case_of: Callable[..., Case]
) -> None:
    """There are more gates than a plan begins with."""
    goods = ["alcohol", "tobacco_nicotine", "medicine_rx", "weapons"]
    found = handout(interview, case_of(interview, {**scenario_answers(SCENARIOS[5]), "shop.goods": goods}))
    gates = dict(found.by_band())["P0"]
    assert len(found.first()) < len(gates) <= len(found.first()) + TOLD
    text = " ".join(plain(PlanText(found.consultation, found.page, COLUMNS).short("x")).split())
    for entry in gates:
        assert entry.reasons[0].text in text


def test_the_plan_says_where_the_steps_are_unless_they_stand_in_it(found: Handout) -> None:
    told = plain(PlanText(found.consultation, found.page, COLUMNS).steps("sveces"))
    assert "advisor plan sveces --details" in " ".join(told.split())
    assert list(PlanText(found.consultation, found.page, COLUMNS, details=True).steps("sveces")) == []


def test_a_part_may_be_empty(handout_of: Callable[[Path, Locale], Handout]) -> None:
    found = handout_of(*EVERY[0])
    part = selected(found.page, Selection(bands=("P0",), areas=("transfer",), packages=("calendar",)))
    text = plain(PlanText(found.consultation, part, COLUMNS).part())
    assert found.say("export.part.none") in text and found.as_of().split(",")[0] in text


def test_words_are_read_leniently(handout_of: Callable[[Path, Locale], Handout]) -> None:
    found = handout_of(*EVERY[0])
    read = selection(found.page, packages(found), bands=["p0, P1", "info"], areas=["Transfer"], wanted=["2,calendar"])
    second = found.page.chapters[1].package.id
    assert read == Selection(bands=("P0", "P1", "INFO"), areas=("transfer",), packages=(second, "calendar"))
    assert not selection(found.page, packages(found))


@pytest.mark.parametrize(
    ("asked", "said", "hint"),
    [
        ({"bands": ["P4"]}, "no band 'P4'", "one of P0, P1"),
        ({"areas": ["transfers"]}, "no area 'transfers'", "did you mean transfer?"),
        ({"wanted": ["99"]}, "no package '99'", "one of stops"),
        ({"wanted": ["contract"]}, "no package 'contract'", "did you mean contracts?"),
    ],
)
def test_wrong_words_are_told(
    handout_of: Callable[[Path, Locale], Handout], asked: dict[str, list[str]], said: str, hint: str
) -> None:
    found = handout_of(*EVERY[0])
    with pytest.raises(UsageError) as told:
        selection(found.page, packages(found), **asked)
    assert said in str(told.value) and hint in told.value.hint
