"""Whether a drafted document says everything that the law asks of it, and nothing that does not apply.

The list of required elements is knowledge/documents/elements.yaml. The check reads the finished text, not the template:
for an element that must be there for each purpose or recipient, the words of every single one are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.documents.rows import Wording, said
from advisor.documents.standing import Holds
from advisor.documents.structure import Document, lines, plain
from advisor.model import DocumentElement, DocumentPart, DocumentTemplate

State = Literal["said", "gaps", "perhaps", "unneeded", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one required element. `lacks` are the rows or words that were not found."""

    element: DocumentElement
    state: State
    lacks: tuple[str, ...] = ()
    out_of_place: bool = False


def findings(wording: Wording, template: DocumentTemplate, document: Document) -> tuple[Finding, ...]:
    """Every required element of a document with what became of it."""
    return tuple(
        _finding(wording, template, document, element)
        for element in wording.base.elements
        if element.document == template.id
    )


def required(wording: Wording, element: DocumentElement) -> Holds:
    """Whether the case needs the element."""
    holds = wording.collected.applies(element.when, element.basis)
    return Holds.NO if element.per and not wording.rows(element.per) else holds


def _finding(wording: Wording, template: DocumentTemplate, document: Document, element: DocumentElement) -> Finding:
    parts = {part.id: part for part in template.parts if element.id in part.covers}
    found = [line for block in document.blocks for line in lines(block) if line.part in parts]
    holds = required(wording, element)
    if holds is Holds.NO:
        return Finding(element=element, state="unneeded", out_of_place=bool(_alone(wording, document, parts)))
    lacks = tuple(_lacking(wording, element, [(line.row, plain(line.words)) for line in found]))
    if not found or lacks:
        return Finding(element=element, state="missing", lacks=lacks)
    if holds is Holds.PERHAPS:
        return Finding(element=element, state="perhaps")
    open_ = any(span.kind in ("gap", "check") for line in found for span in line.words)
    return Finding(element=element, state="gaps" if open_ else "said")


def _lacking(wording: Wording, element: DocumentElement, found: list[tuple[str, str]]) -> Iterator[str]:
    """The rows of which something is not said, and the words that do not occur."""
    everything = "\n".join(text for _, text in found)
    for word in element.words.in_(wording.filler.locale):
        if word not in everything:
            yield word
    for row in wording.rows(element.per) if element.per else ():
        own = "\n".join(text for about, text in found if about == row.id)
        if not own or any(text not in own for text in said(row.scope, element.says)):
            yield row.id


def _alone(wording: Wording, document: Document, parts: Mapping[str, DocumentPart]) -> list[str]:
    """Parts in the document all of whose elements are unneeded: they should not be there."""
    elements = {element.id: element for element in wording.base.elements}
    shown = {line.part for block in document.blocks for line in lines(block)}
    template = wording.base.documents[document.id]
    return [
        part.id
        for part in template.parts
        if part.id in parts
        and part.id in shown
        and all(required(wording, elements[name]) is Holds.NO for name in part.covers)
    ]
