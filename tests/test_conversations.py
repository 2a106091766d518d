"""The reference shops through the interview, in both languages: the same plan as from the complete answers file.

A patient person knows every fact of the scenario, doubts everything the catalogue assumes, and answers with the words
on the screen.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor import transcript
from advisor.case import Case
from advisor.interview import Interview
from advisor.model import CONFIRM, REVIEW, Locale, Question
from advisor.session import Session, rows
from advisor.ui import EndOfInput, Prompt
from advisor.ui.interrupts import Interrupts
from advisor.ui.scripted import ScriptedFrontEnd
from tests.test_scenarios import NEUTRAL, SCENARIOS, scenario

DONT_KNOW = {Locale.EN: "don't know", Locale.LV: "nezinu"}
NONE = {Locale.EN: "none", Locale.LV: "nav"}


class Person(ScriptedFrontEnd):
    """Answers whatever is asked from the facts of a scenario."""

    def __init__(self, interview: Interview, facts: Mapping[str, Any], locale: Locale) -> None:
        super().__init__(())
        self.interview = interview
        self.facts = facts
        self.locale = locale
        self.named: dict[str, str] = {}
        self.session: Session | None = None

    def ask(self, prompt: Prompt, meanwhile: Callable[[], None]) -> str:
        self.prompts.append(prompt)
        if len(self.prompts) > 200:
            raise EndOfInput
        meanwhile()
        assert self.session is not None and self.session.state.pending is not None
        name, of = self.session.state.pending
        return self.words(self.interview.questions[name], of)

    def words(self, question: Question, of: str) -> str:
        if question.id == "vendors":
            vendors = self.vendors(question)
            return ", ".join(
                self.named.get(of) or self.interview.base.providers[of].name.in_(self.locale) for of in vendors
            )
        if question.id == "people_remote_access":
            people = self.facts.get("people_remote_access", [])
            return ", ".join(self.country(person["country"]) for person in people) or NONE[self.locale]
        if question.id == REVIEW:
            return ""
        if question.id == CONFIRM:  # everything is doubted
            shown = self.interview.shown_options(question, "", self.case)
            return ", ".join(str(number) for number in range(1, len(shown) + 1))
        if question.settles:
            return self.jointly(question, of)
        if question.kind == "checklist":
            ticked = [option.value for option in question.options if self.facts.get(option.value) == "yes"]
            return ", ".join(self.label(question, value) for value in ticked) or NONE[self.locale]
        value = self.record(of).get(question.id.partition(".")[2]) if of else self.facts.get(question.id)
        if value is None or value == "unknown":
            return DONT_KNOW[self.locale]
        if isinstance(value, list):
            return ", ".join(self.label(question, item) for item in value if item != "none") or NONE[self.locale]
        return self.label(question, value)

    def jointly(self, question: Question, of: str) -> str:
        """Yes where yes is all that there is to say; across vendors those of whom the scenario says yes."""
        if question.across:
            shown = [option.value for option in self.interview.shown_options(question, "", self.case)]
            name = question.settles[0].partition(".")[2]
            said = {vendor: self.record(vendor).get(name) for vendor in shown if vendor != "none"}
            if not any(said.values()):
                return DONT_KNOW[self.locale]
            named = [self.interview.subject_name(vendor, self.case) for vendor, value in said.items() if value == "yes"]
            return ", ".join(named) or NONE[self.locale]
        record = self.record(of)
        stays = record.get("processing_countries") == [record["country"]] and not record.get("remote_access_from")
        only = stays and record.get("mechanism") == "none_needed"
        return self.interview.phrase(f"value.{'yes' if only else 'no'}", self.locale)

    @property
    def case(self) -> Case:
        assert self.session is not None
        return self.session.state.case

    def vendors(self, question: Question) -> dict[str, Mapping[str, Any]]:
        """The records of the scenario by the vendor that its name is understood as."""
        found: dict[str, Mapping[str, Any]] = {}
        for record in self.facts["vendors"]:
            reading = self.interview.understanding.read(question, record["name"], self.locale)
            assert isinstance(reading.value, tuple), record["name"]
            found[str(reading.value[0])] = record
            self.named.update({str(reading.value[0]): record["name"]} if reading.names else {})
        return found

    def record(self, of: str) -> Mapping[str, Any]:
        if of.startswith("person-"):
            return dict(self.facts["people_remote_access"][0])
        return self.vendors(self.interview.questions["vendors"])[of]

    def label(self, question: Question, value: Any) -> str:
        if question.kind in ("country", "countries"):
            return self.country(value)
        if question.kind == "yes-no":
            return self.interview.phrase(f"value.{value}", self.locale)
        option = question.none if value == "none" and question.none else question.option(value)
        return option.label.in_(self.locale) if option else str(value)

    def country(self, iso: str) -> str:
        return self.interview.base.countries[iso].name(self.locale)


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_interview_leads_to_the_expected_plan(
    path: Path, locale: Locale, interview: Interview, tmp_path: Path
) -> None:
    wanted = scenario(path)
    person = Person(interview, wanted["answers"], locale)
    case = Case(name="test", as_of=interview.as_of, locale=locale)
    state, effects = interview.start(case)
    with contextlib.closing(transcript.Writer(tmp_path / "case.yaml", case, interview.base.stamp)) as writer:
        session = Session(interview, person, writer, state, Interrupts())
        person.session = session
        assert session.run(effects), (session.state.pending, person.shown[-8:])
    plan = interview.plan(session.state.case)
    got = {line.id: line.band for line in plan.lines}
    expected = {name: band for band, names in wanted["expected"].items() for name in names}
    assert {name: got.get(name) for name in expected} == expected
    assert not set(got) & set(wanted["must_not"])
    assert set(got) - set(expected) - set(wanted["may"]) - NEUTRAL == set()
    saved = transcript.read(tmp_path / "case.yaml")
    assert saved.finished and saved.case == session.state.case and saved.plan == rows(plan)
