"""Drafts a document with its working notes: what is still to be filled in and checked, and what the law asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from advisor.consultation import Consultation
from advisor.documents.build import build
from advisor.documents.citing import cited
from advisor.documents.collect import Collected, Used
from advisor.documents.elements import Finding, findings
from advisor.documents.filling import words
from advisor.documents.rows import Wording
from advisor.documents.structure import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Row,
    SpanKind,
    Table,
    lines,
    plain,
)
from advisor.model import DocumentTemplate
from advisor.wording import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One gap or check with the sections in which it stands, and the label before it if that is always the same."""

    text: str
    label: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document with its working notes, and what they were made from."""

    document: Document
    gaps: tuple[Todo, ...]
    checks: tuple[Todo, ...]
    findings: tuple[Finding, ...]

    def lacks(self, details: Iterable[str], consultation: Consultation) -> frozenset[str]:
        """Which details of the seller stand in it as gaps."""
        gaps, locale = {gap.text for gap in self.gaps}, self.document.locale
        return frozenset(name for name in details if consultation.phrase(f"documents.detail.{name}", locale) in gaps)

    def missing(self) -> tuple[Finding, ...]:
        """Required elements that the document lacks or has without need; none, if templates are right."""
        return tuple(item for item in self.findings if item.state == "missing" or item.out_of_place)


def draft(collected: Collected, identifier: str) -> Draft:
    """One document of a case, in the language of the case."""
    wording = Wording(collected)
    template = collected.base.documents[identifier]
    document = build(wording, template)
    found = findings(wording, template, document)
    gaps, checks = todos(document, "gap", wording), todos(document, "check", wording)
    annex = _Annex(wording, template, gaps, checks, found)
    return Draft(
        document=dataclasses.replace(document, annex=tuple(annex.blocks())), gaps=gaps, checks=checks, findings=found
    )


def todos(document: Document, kind: SpanKind, wording: Wording) -> tuple[Todo, ...]:
    """Each gap or check once, in the order of the text, with where it stands."""
    found: dict[str, dict[_Section, dict[str, None]]] = {}
    labels: dict[str, set[str]] = {}
    here = _Section(short="", long="")
    rows: dict[_Section, set[str]] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            title = plain(block.words)
            here = _Section(short=block.number.rstrip(".") or title, long=f"{block.number} {title}".strip())
        for line in lines(block):
            about = "".join(span.text for span in line.about if span.kind == "plain").replace("()", "").strip()
            if about:
                rows.setdefault(here, set()).add(about)
            for span in line.words:
                if span.kind == kind:
                    places = found.setdefault(span.text, {}).setdefault(here, {})
                    if about:
                        places[about] = None
                    labels.setdefault(span.text, set()).add(line.label)
    mark = f"[{wording.filler.said(f'documents.{kind}')}: "
    return tuple(
        Todo(
            text=text.removeprefix(mark).removesuffix("]"),
            label=next(iter(labels[text])) if len(labels[text]) == 1 else "",
            places=tuple(_places(where, rows)),
        )
        for text, where in found.items()
    )


class _Section(NamedTuple):
    """A section of a document as it is cited: by number if it has one, and with its title where there is room."""

    short: str
    long: str


def _places(where: Mapping[_Section, Mapping[str, None]], rows: Mapping[_Section, set[str]]) -> Iterator[str]:
    """Sections, and in tables the rows unless it is every one of them. A single section is named with its title."""
    for section, about in where.items():
        name = section.long if len(where) == 1 else section.short
        if about and set(about) != rows[section]:
            yield f"{name}: {', '.join(about)}" if name else ", ".join(about)
        elif name:
            yield name


class _Annex:
    def __init__(
        self,
        wording: Wording,
        template: DocumentTemplate,
        gaps: tuple[Todo, ...],
        checks: tuple[Todo, ...],
        found: tuple[Finding, ...],
    ) -> None:
        self.wording = wording
        self.filler = wording.filler
        self.template = template
        self.gaps = gaps
        self.checks = checks
        self.findings = found

    def blocks(self) -> Iterator[Block]:
        yield self.heading(2, "documents.annex.public" if self.template.public else "documents.annex")
        yield self.disclaimer()
        for name, found in (("documents.annex.gaps", self.gaps), ("documents.annex.checks", self.checks)):
            yield self.heading(3, name, count=str(len(found)))
            if found:
                yield Items(items=tuple(self.todo(item) for item in found))
            else:
                yield Paragraph(words=self.filler.phrase("documents.annex.none"))
        notes = tuple(self.notes())
        if notes:
            yield self.heading(3, "documents.annex.notes")
            yield Items(items=notes)
        yield self.heading(3, "documents.annex.law")
        yield self.law()

    def heading(self, level: int, name: str, **filled: str) -> Heading:
        return Heading(level=level, words=self.filler.phrase(name, {key: words(text) for key, text in filled.items()}))

    def disclaimer(self) -> Paragraph:
        base, consultation = self.wording.base, self.wording.collected.consultation
        scope = {
            "day": words(self.wording.day(consultation.as_of)),
            "stamp": words(base.stamp),
            "known": words(self.wording.day(base.as_of)),
        }
        return Paragraph(words=self.filler.phrase("documents.disclaimer", scope))

    def todo(self, item: Todo) -> Item:
        what = words(f"{item.label}: {item.text}" if item.label else item.text)
        if not item.places:
            return Item(words=what)
        return Item(
            words=self.filler.phrase("documents.where", {"what": what, "places": words("; ".join(item.places))})
        )

    def notes(self) -> Iterator[Item]:
        general = self.wording.general()
        for text in self.template.notes.in_(self.filler.locale):
            filled = self.filler.fill(text, general)
            if filled is not None:
                yield Item(words=filled)
        collected = self.wording.collected
        about = {part.each for part in self.template.parts}
        if "uses" in about:
            yield from self.purposes("documents.implied", (used for used in collected.used if not used.named))
            yield from self.purposes("documents.possible", collected.possible)
        for partner in collected.partners if about & {"recipients", "partners"} else ():
            if partner.assumed:
                yield Item(words=self.filler.phrase("documents.assumed", self.wording.assumption(partner)))

    def purposes(self, phrase: str, found: Iterable[Used]) -> Iterator[Item]:
        names = [self.wording.title(used) for used in found]
        if names:
            yield Item(words=self.filler.phrase(phrase, {"names": words("; ".join(names))}))

    def law(self) -> Table:
        header = tuple(self.filler.phrase(f"documents.annex.law.{name}") for name in ("what", "source", "state"))
        rows = tuple(
            Row(
                cells=(
                    words(item.element.what.in_(self.filler.locale)),
                    words(", ".join(cited(self.wording.base, law, self.filler.locale) for law in item.element.law)),
                    self.filler.phrase(f"documents.state.{item.state}"),
                )
            )
            for item in self.findings
        )
        return Table(caption=clean(self.filler.said("documents.annex.law")), header=header, rows=rows)
