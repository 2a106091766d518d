"""The eight reference shops: exactly the expected obligations, each in its band, and nothing that must not be there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor import yamlio
from advisor.case import Case
from advisor.engine.checked import CheckedEngine
from advisor.interview import Interview
from advisor.model import BANDS, Locale

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))

# True of nearly every shop and therefore neither expected nor wrong in any scenario.
NEUTRAL = {
    "adjacent.geo-blocking",
    "adjacent.ip",
    "adjacent.out-of-scope",
    "adjacent.sca",
    "adjacent.vid-structural-unit",
    "purpose.chat",
    "purpose.fraud",
    "purpose.legitimate-interest",
}


def scenario(path: Path) -> dict[str, Any]:
    root, problems = yamlio.parse(path.read_text(encoding="utf-8"), path.name)
    assert root is not None and not problems
    found: dict[str, Any] = root.plain()
    return found


def bands(interview: Interview, case: Case) -> dict[str, str]:
    return {line.id: line.band for line in interview.plan(case).lines}


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
class TestScenario:
    def test_expected_obligations_in_their_bands(
        self, path: Path, interview: Interview, case_of: Callable[..., Case]
    ) -> None:
        wanted = scenario(path)
        got = bands(interview, case_of(interview, wanted["answers"]))
        expected = {name: band for band, names in wanted["expected"].items() for name in names}
        assert {name: got.get(name) for name in expected} == expected

    def test_nothing_that_must_not_be_there(
        self, path: Path, interview: Interview, case_of: Callable[..., Case]
    ) -> None:
        wanted = scenario(path)
        got = bands(interview, case_of(interview, wanted["answers"]))
        assert not set(got) & set(wanted["must_not"])

    def test_nothing_else_either(self, path: Path, interview: Interview, case_of: Callable[..., Case]) -> None:
        wanted = scenario(path)
        expected = {name for names in wanted["expected"].values() for name in names}
        got = bands(interview, case_of(interview, wanted["answers"]))
        assert set(got) - expected - set(wanted["may"]) - NEUTRAL == set()

    def test_prerequisites_come_first(self, path: Path, interview: Interview, case_of: Callable[..., Case]) -> None:
        """Except before a stop: what a P0 line needs is P1 by the scheme."""
        plan = interview.plan(case_of(interview, scenario(path)["answers"]))
        rank = {line.id: line.rank for line in plan.lines}
        late = [
            (line.id, need)
            for line in plan.lines
            for need in line.action.needs
            if line.band != "P0" and need in rank and rank[need] > line.rank
        ]
        assert late == []

    def test_both_engines_agree(self, path: Path, interview: Interview, case_of: Callable[..., Case]) -> None:
        pytest.importorskip("durable", reason="durable-rules cannot be built on this machine")
        engine = CheckedEngine(interview.program)
        assert engine.notice == ""
        case = case_of(interview, scenario(path)["answers"])
        engine.infer(interview.situations.of(case.answers).facts)
        assert engine.disagreements == []

    def test_every_line_says_why_in_both_languages(
        self, path: Path, interview: Interview, case_of: Callable[..., Case]
    ) -> None:
        from advisor.render.page import page

        for locale in Locale:
            case = case_of(interview, scenario(path)["answers"], locale)
            shown = page(interview, case, interview.plan(case))
            entries = [entry for chapter in shown.chapters for entry in chapter.entries]
            assert len(entries) == len(shown.plan.lines)
            for entry in entries:
                assert entry.reasons and all("{" not in reason.text for reason in entry.reasons), entry.line.id
                assert entry.references


def test_bands_are_ranked_in_order(interview: Interview, case_of: Callable[..., Case]) -> None:
    for path in SCENARIOS:
        lines = interview.plan(case_of(interview, scenario(path)["answers"])).lines
        assert [line.rank for line in lines] == list(range(1, len(lines) + 1))
        assert [BANDS.index(line.band) for line in lines] == sorted(BANDS.index(line.band) for line in lines)
