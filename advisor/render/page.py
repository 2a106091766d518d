"""What the plan says, in reading order and in words, before any format: packages, bands, lines with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation
from advisor.explain import Reason, Reference, reasons, reference
from advisor.model import BANDS, SHOP, Band, Locale, Package
from advisor.planning import Assumption, Line, Plan
from advisor.wording import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box to tick: an action for one subject, or for the shop as a whole (`of` and `name` empty)."""

    of: str
    name: str
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action in words."""

    line: Line
    title: str
    why: str
    reasons: tuple[Reason, ...]
    place: str
    place_in_short: str
    about: tuple[str, ...]
    steps: tuple[str, ...]
    evidence: tuple[str, ...]
    mistakes: tuple[str, ...]
    effort: str
    owner: str
    references: tuple[Reference, ...]
    hangs_on: tuple[str, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A work package with its entries in rank order. `number` counts the packages of the whole plan from 1."""

    number: int
    package: Package
    entries: tuple[Entry, ...]

    def bands(self) -> Iterable[tuple[Band, tuple[Entry, ...]]]:
        for band in BANDS:
            found = tuple(entry for entry in self.entries if entry.line.band == band)
            if found:
                yield band, found


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The plan in words of one language."""

    plan: Plan
    locale: Locale
    chapters: tuple[Chapter, ...]
    maybe: tuple[Entry, ...]
    unanswered: tuple[str, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    live: bool
    """Whether the shop is open already: then P1 means now."""


def page(consultation: Consultation, case: Case, plan: Plan) -> Page:
    """Puts the plan of a case into words."""
    writer = _Writer(consultation, case, consultation.conclusions(case))
    entries = [writer.entry(line) for line in plan.lines]
    filled = [
        (package, found)
        for package in consultation.base.packages
        if (found := tuple(entry for entry in entries if entry.line.action.package == package.id))
    ]
    chapters = tuple(
        Chapter(number=number, package=package, entries=found)
        for number, (package, found) in enumerate(filled, start=1)
    )
    return Page(
        plan=plan,
        locale=case.locale,
        chapters=chapters,
        maybe=tuple(writer.entry(line) for line in plan.maybe),
        unanswered=tuple(writer.question(name, subject) for name, subject in plan.unanswered),
        assumptions=tuple(writer.assumptions(plan)),
        notes=tuple(clean(note) for note in case.notes),
        live=(answer := case.answers.get(("shop.status", ""))) is not None and answer.value == "live",
    )


class _Writer:
    def __init__(self, consultation: Consultation, case: Case, conclusions: Conclusions) -> None:
        self.consultation = consultation
        self.base = consultation.base
        self.case = case
        self.locale = case.locale
        self.conclusions = conclusions
        self.questions = {name: question for question in self.base.questions for name in question.attributes()}

    def name(self, subject: str) -> str:
        """A name as people gave it, without anything that could change how the text around it is shown."""
        return clean(self.consultation.subject_name(subject, self.case))

    def entry(self, line: Line) -> Entry:
        action, locale = line.action, self.locale
        found: dict[str, Reason] = {}
        if line.maybe:  # the derivations of what may be speak of countries and vendors that stand for others
            why = action.why.in_(locale)
            found[why] = Reason(rule=line.rules[0], text=why, about="")
        for subject in () if line.maybe else line.about or (SHOP,):
            due = Due(id=line.id, subject=subject)
            for reason in reasons(self.conclusions, due, locale, self.name):
                found.setdefault(reason.text, reason)
        return Entry(
            line=line,
            title=action.title.in_(locale),
            why=action.why.in_(locale),
            reasons=tuple(found.values()),
            place=self.place(line),
            place_in_short=self.place(line, short=True),
            about=tuple(self.name(subject) for subject in line.about),
            steps=action.steps.in_(locale),
            evidence=action.evidence.in_(locale),
            mistakes=action.mistakes.in_(locale),
            effort=self.base.priority.effort_words[str(action.rate.effort)].in_(locale),
            owner=self.consultation.phrase(f"owner.{action.owner}", locale),
            references=tuple(reference(self.base, written, locale) for written in action.sources),
            hangs_on=tuple(self.question(name, subject) for name, subject in line.hangs_on),
            boxes=tuple(self.boxes(line)),
        )

    def boxes(self, line: Line) -> Iterable[Box]:
        for subject in line.about or ("",):
            status = self.case.marks.get((line.id, subject), "open")
            yield Box(of=subject, name=self.name(subject) if subject else "", status=status)

    def place(self, line: Line, short: bool = False) -> str:
        """Why the line stands where it stands; in short only what differs most from line to line."""
        priority, locale, rate = self.base.priority, self.locale, line.action.rate
        parts = [
            priority.likelihood_words[str(rate.likelihood)].in_(locale),
            priority.deadline_words[str(rate.deadline)].in_(locale),
        ]
        if not short:
            parts.insert(0, priority.severity_words[str(rate.severity)].in_(locale))
        if line.inherited_from:
            title = self.base.actions[line.inherited_from].title.in_(locale)
            parts.insert(0, self.consultation.phrase("plan.inherited", locale, title=title))
        if not short:
            parts.extend(adjustment.reason.in_(locale) for adjustment in line.adjustments)
        return "; ".join(parts)

    def question(self, name: str, subject: str) -> str:
        """An unanswered question in words; for an item of a checklist, the item."""
        question = self.questions.get(name)
        if question is None:
            return name
        if question.kind == "checklist":
            option = question.option(name)
            assert option is not None
            return option.label.in_(self.locale)
        return clean(self.consultation.question_text(question, "" if subject == SHOP else subject, self.case))

    def assumptions(self, plan: Plan) -> Iterable[str]:
        """What was taken from the catalogue, a line for each vendor; what the catalogue does not know is left out."""
        by_vendor: dict[str, list[Assumption]] = {}
        for item in plan.assumptions:
            by_vendor.setdefault(item.of, []).append(item)
        for vendor, items in by_vendor.items():
            parts = [self.consultation.assumed_part(item.ask, item.value, self.case) for item in items]
            said = "; ".join(part for part in parts if part)
            as_of = next((item.as_of for item in items if item.as_of), self.base.as_of)
            if said:
                words = {"vendor": self.name(vendor), "said": said, "as_of": self.consultation.day(as_of, self.locale)}
                yield self.consultation.phrase("plan.assumption", self.locale, **words)
