"""Makes a document out of a template and what was collected: parts that apply, filled in, in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from advisor.documents import markup
from advisor.documents.filling import Scope, words
from advisor.documents.rows import RowWords, Wording
from advisor.documents.standing import Holds
from advisor.documents.structure import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Row,
    Span,
    Table,
    Words,
    plain,
)
from advisor.knowledge.templates import ROWS
from advisor.model import DocumentPart, DocumentTemplate, Text, Texts
from advisor.situation import Key

_NUMBERED_FROM = 4
"""A document with fewer headings than this needs no numbers."""

_SHOP = RowWords(id="", scope={})
_BOX = "☐"


def build(wording: Wording, template: DocumentTemplate) -> Document:
    """The document without its working notes."""
    writer = _Writer(wording)
    blocks = [block for part in template.parts for block in writer.part(part)]
    return Document(
        id=template.id,
        locale=wording.filler.locale,
        title=template.title.in_(wording.filler.locale),
        public=template.public,
        register=template.register,
        blocks=tuple(_numbered(_merged(_filled(blocks)))),
    )


class _Writer:
    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.filler = wording.filler
        self.locale = wording.filler.locale
        self._said: object = None
        self._title = ""

    def part(self, part: DocumentPart) -> Iterator[Block]:
        holds = self.wording.collected.applies(part.when, part.basis)
        rows = self.wording.rows(part.each) if part.each else (_SHOP,)
        if holds is Holds.NO or not rows or (part.certain and holds is not Holds.YES):
            return
        general = self.wording.general(part.basis)
        doubt = self.doubts(part) if holds is Holds.PERHAPS else ()
        if part.columns:
            yield from self.head(part, general, doubt, "")
            yield self.table(part, rows, general)
        elif part.heading is None and not part.text.en:
            yield from self.lists(part, rows, general, doubt)
        else:
            # What is said above the rows without naming anything of theirs is said once.
            for together in ((row,) for row in rows) if _speaks_of_rows(part) else (rows,):
                yield from self.head(part, {**general, **together[0].scope}, doubt, together[0].id)
                yield from self.lists(part, together, general, ())

    def head(self, part: DocumentPart, scope: Scope, doubt: Words, row: str) -> Iterator[Block]:
        if part.heading is not None:
            title = self.filler.fill(part.heading.in_(self.locale), scope)
            if title is not None:
                self._title = plain(title)
                yield Heading(level=part.level, words=title, part=part.id, row=row)
        if doubt:
            yield Paragraph(words=doubt, part=part.id, row=row)
        for text in part.text.in_(self.locale):
            filled = self.filler.fill(text, scope)
            if filled is not None:
                yield Paragraph(words=filled, quote=part.quote, part=part.id, row=row)

    def lists(self, part: DocumentPart, rows: Sequence[RowWords], general: Scope, doubt: Words) -> Iterator[Block]:
        """The points and boxes of a part. Without a heading, a doubt stands behind the first of them."""
        for texts, boxes in ((part.points, False), (part.boxes, True)):
            items = list(self.items(part, texts, rows, general))
            if items and doubt:
                items[0] = dataclasses.replace(items[0], words=(*items[0].words, Span(" "), *doubt))
                doubt = ()
            if items:
                yield Items(items=tuple(items), boxes=boxes)

    def items(self, part: DocumentPart, texts: Texts, rows: Sequence[RowWords], general: Scope) -> Iterator[Item]:
        for row in rows:
            for text in texts.in_(self.locale):
                filled = self.filler.fill(text, {**general, **row.scope})
                if filled is not None:
                    yield Item(words=filled, part=part.id, row=row.id)

    def table(self, part: DocumentPart, rows: Sequence[RowWords], general: Scope) -> Table:
        header = [self.cell(column.heading, general) for column in part.columns]
        more = self.wording.rows(part.across) if part.across else ()
        header.extend(row.scope["name"] or () for row in more)
        found = []
        for row in rows:
            cells = [self.cell(column.cell, {**general, **row.scope}) for column in part.columns]
            cells.extend(words(_BOX) for _ in more)
            found.append(Row(cells=tuple(cells), row=row.id))
        return Table(caption=self._title, header=tuple(header), rows=tuple(found), part=part.id)

    def cell(self, text: Text, scope: Scope) -> Words:
        return self.filler.fill(text.in_(self.locale), scope) or self.filler.phrase("documents.none")

    def doubts(self, part: DocumentPart) -> Words:
        """The doubt about a part, unless the part before it has the same conditions and so has said it."""
        conditions = (part.when, part.basis)
        repeated = part.heading is None and conditions == self._said
        self._said = conditions
        return () if repeated else (self.doubt(part),)

    def doubt(self, part: DocumentPart) -> Span:
        """What to say of a part that perhaps applies: which answers decide."""
        keys = self.wording.collected.standing.hangs_on(part.when)
        asked = list(dict.fromkeys(self.question(key) for key in keys))
        if not asked:
            return self.filler.check(self.filler.said("documents.perhaps.plain"))
        scope: Scope = {"questions": words(" / ".join(asked))}
        return self.filler.check(plain(self.filler.phrase("documents.perhaps", scope)))

    def question(self, key: Key) -> str:
        """An unanswered attribute in words: the question, or the item of a checklist."""
        attribute, subject = key
        for question in self.wording.base.questions:
            if attribute in question.attributes():
                if question.kind == "checklist" and (option := question.option(attribute)) is not None:
                    return option.label.in_(self.locale)
                consultation, case = self.wording.collected.consultation, self.wording.collected.case
                return consultation.question_text(question, "" if subject == "shop" else subject, case)
        return attribute


def _speaks_of_rows(part: DocumentPart) -> bool:
    """Whether the heading or the text of a part names something of the row it is repeated for."""
    said = [*part.text.en, *([part.heading.en] if part.heading is not None else ())]
    return any(markup.names(text) & ROWS.get(part.each, frozenset()) for text in said)


def _filled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Without the headings that have nothing under them, since nothing there applies."""
    kept: list[Block] = []
    for block in reversed(blocks):
        below = kept[-1] if kept else None
        if isinstance(block, Heading) and (
            below is None or (isinstance(below, Heading) and below.level <= block.level)
        ):
            continue
        kept.append(block)
    yield from reversed(kept)


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Lists that follow one another as one list."""
    waiting: Items | None = None
    for block in blocks:
        if isinstance(block, Items) and waiting is not None and block.boxes == waiting.boxes:
            waiting = Items(items=(*waiting.items, *block.items), boxes=block.boxes)
            continue
        if waiting is not None:
            yield waiting
        waiting = block if isinstance(block, Items) else None
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting


def _numbered(found: Iterable[Block]) -> Iterator[Block]:
    """Headings with numbers, if there are enough of them."""
    blocks = list(found)
    if sum(isinstance(block, Heading) and block.level == 2 for block in blocks) < _NUMBERED_FROM:
        yield from blocks
        return
    first = second = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        if block.level == 2:
            first, second = first + 1, 0
        else:
            second += 1
        number = f"{first}." if block.level == 2 else f"{first}.{second}."
        yield Heading(level=block.level, words=block.words, number=number, part=block.part, row=block.row)
