"""Reads the templates of documents (docs/documents.md) and checks that they fit the rest of the knowledge base.

What the names in braces stand for is worked out in `advisor.documents.rows`; which names there are is said here, so
that a slip of an author is reported with file and line like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.documents import markup
from advisor.engine import language
from advisor.errors import Problem, did_you_mean
from advisor.fields import Fields, Report
from advisor.model import (
    Condition,
    DocumentColumn,
    DocumentElement,
    DocumentPart,
    DocumentTemplate,
    KnowledgeBase,
    More,
    Place,
    Text,
    Texts,
    Use,
)
from advisor.yamlio import Node

DETAILS = (
    "name",
    "number",
    "register",
    "address",
    "place",
    "email",
    "phone",
    "vat",
    "site",
    "officer",
    "representative",
)
"""What the interview does not ask about the seller and a details file may tell."""

GENERAL = frozenset({*(f"seller.{name}" for name in DETAILS), "day", "purposes", "special", "networks"})
"""Names that stand for something in every text of a document."""

ROWS: Mapping[str, frozenset[str]] = {
    "uses": frozenset(
        {
            "name",
            "doing",
            "data",
            "people",
            "basis",
            "bases",
            "interest",
            "retention",
            "giving",
            "source",
            "recipients",
            "receivers",
            "outside",
        }
    ),
    "sources": frozenset({"name", "source"}),
    "recipients": frozenset({"name", "who", "function", "role", "countries"}),
    "helpers": frozenset({"name", "function"}),
    "hosts": frozenset({"name", "function"}),
    "partners": frozenset(
        {
            "name",
            "entity",
            "function",
            "serves",
            "role",
            "country",
            "places",
            "remote",
            "contract",
            "subprocessors",
            "ground",
            "origin",
        }
    ),
    "transfers": frozenset({"name", "function", "country", "ground", "copy"}),
    "unclear": frozenset({"name"}),
    "parcels": frozenset({"country", "ground"}),
    "settled": frozenset(),
    "open": frozenset(),
    "joint": frozenset({"name", "function"}),
    "processors": frozenset({"name"}),
    "clauses": frozenset({"article", "need"}),
    "licences": frozenset({"name"}),
    "cookies": frozenset({"name", "purpose", "provider", "consent"}),
    "necessary": frozenset({"doubt"}),
}
"""What `each` repeats a part for, and the names its texts may use besides the general ones."""

RECEIVING = frozenset({"networks"})
"""Names that what is said of a use's receivers may use."""

BASES = ("contract", "legal_obligation", "consent", "explicit_consent", "legitimate_interest", "soft_opt_in")
MARKETING = "marketing"
"""Beside legal bases, `basis` may ask for a purpose that serves direct marketing."""

_PART = (
    "id",
    "covers",
    "when",
    "basis",
    "each",
    "across",
    "quote",
    "certain",
    "level",
    "heading",
    "text",
    "points",
    "boxes",
    "columns",
)


def document(node: Node, report: Report) -> DocumentTemplate:
    fields = Fields(node, report, "document", ("id", "title", "public", "register", "parts", "notes"))
    return DocumentTemplate(
        id=fields.word("id"),
        title=fields.said("title"),
        public=fields.flag("public"),
        register=fields.flag("register"),
        parts=tuple(_part(item, report) for item in fields.items("parts", required=True)),
        notes=fields.texts("notes", required=False),
        place=fields.place(),
    )


def _part(node: Node, report: Report) -> DocumentPart:
    fields = Fields(node, report, "part", _PART)
    each = fields.word("each", "", ("", *ROWS))
    part = DocumentPart(
        id=fields.word("id"),
        covers=fields.words("covers"),
        when=language.alternatives(fields),
        basis=_bases(fields),
        each=each,
        across=fields.word("across", "", ("", *ROWS)),
        quote=fields.flag("quote"),
        certain=fields.flag("certain"),
        level=fields.number("level", 2, 2, 3),
        heading=fields.text("heading", required=False),
        text=fields.texts("text", required=False),
        points=fields.texts("points", required=False),
        boxes=fields.texts("boxes", required=False),
        columns=tuple(_column(item, report, fields.what) for item in fields.items("columns")),
        place=fields.place(),
    )
    if part.columns and not each:
        fields.problem("columns", "a table needs 'each'")
    if part.across and not part.columns:
        fields.problem("across", "'across' adds columns to a table")
    if not (part.heading or part.text.en or part.points.en or part.boxes.en or part.columns):
        fields.problem("id", "says nothing")
    return part


def _column(node: Node, report: Report, what: str) -> DocumentColumn:
    fields = Fields(node, report, f"{what}, column", ("heading", "cell"))
    return DocumentColumn(heading=fields.said("heading"), cell=fields.said("cell"))


def _bases(fields: Fields) -> tuple[str, ...]:
    found = fields.words("basis")
    for basis in found:
        if basis not in (*BASES, MARKETING):
            fields.problem("basis", f"there is no legal basis {basis!r}", did_you_mean(basis, (*BASES, MARKETING)))
    return found


def element(node: Node, report: Report) -> DocumentElement:
    fields = Fields(node, report, "element", ("id", "document", "what", "law", "when", "basis", "per", "says", "words"))
    return DocumentElement(
        id=fields.word("id"),
        document=fields.word("document"),
        what=fields.said("what"),
        law=fields.words("law", required=True),
        when=language.alternatives(fields),
        basis=_bases(fields),
        per=fields.word("per", "", ("", *ROWS)),
        says=fields.words("says"),
        words=fields.texts("words", required=False),
        place=fields.place(),
    )


def use(node: Node, report: Report) -> Use:
    names = (
        "id",
        "label",
        "data",
        "basis",
        "doing",
        "people",
        "bases",
        "choose",
        "interest",
        "retention",
        "giving",
        "source",
        "marketing",
        "also",
        "unless",
        "more",
        "in_shop",
        "by",
        "receivers",
        "otherwise",
    )
    fields = Fields(node, report, "use", names)
    return Use(
        id=fields.word("id"),
        label=fields.text("label", required=False),
        data=fields.texts("data", required=False),
        basis=_bases(fields),
        doing=fields.said("doing"),
        people=fields.said("people"),
        bases=_basis_words(fields),
        choose=fields.flag("choose"),
        interest=fields.text("interest", required=False),
        retention=fields.said("retention"),
        giving=fields.said("giving"),
        source=fields.text("source", required=False),
        marketing=fields.flag("marketing"),
        also=language.alternatives(fields, "also"),
        unless=language.alternatives(fields, "unless"),
        more=tuple(_more(item, report, fields.what) for item in fields.items("more")),
        in_shop=fields.flag("in_shop"),
        by=fields.words("by"),
        receivers=fields.text("receivers", required=False),
        otherwise=fields.text("otherwise", required=False),
        place=fields.place(),
    )


def _more(node: Node, report: Report, what: str) -> More:
    fields = Fields(node, report, f"{what}, more", ("when", "doing", "data"))
    more = More(
        when=language.alternatives(fields),
        doing=fields.text("doing", required=False),
        data=fields.texts("data", required=False),
    )
    if not more.when:
        fields.problem("when", "'when' is missing", "what always holds stands in the use itself")
    return more


def _basis_words(fields: Fields) -> Mapping[str, Text]:
    """For what part of the purpose each basis serves; `none` where there is nothing to add."""
    node = fields.node("bases")
    if node is None:
        return {}
    inner = Fields(node, fields.report, f"{fields.what}, bases", BASES)
    return {basis: inner.said(basis) for basis in inner.nodes if basis in BASES}


# --- what does not fit together ---


def check(base: KnowledgeBase) -> Iterator[Problem]:
    """Every slip in the templates, elements and uses of a knowledge base."""
    elements = {item.id: item for item in base.elements}
    for template in base.documents.values():
        yield from _texts(template.notes, template.place, f"document {template.id}, notes", GENERAL)
        yield from _text(template.title, template.place, f"document {template.id}, title", frozenset())
        seen: set[str] = set()
        for part in template.parts:
            what = f"document {template.id}, part {part.id}"
            if part.id in seen:
                yield _at(part.place, f"{what} stands twice")
            seen.add(part.id)
            for name in part.covers:
                if name not in elements:
                    yield _at(part.place, f"{what}: there is no element {name!r}", did_you_mean(name, elements))
                elif elements[name].document != template.id:
                    yield _at(part.place, f"{what}: the element {name!r} belongs to another document")
            yield from _part_texts(part, what)
    covered = {name for template in base.documents.values() for part in template.parts for name in part.covers}
    for item in base.elements:
        what = f"element {item.id}"
        if item.document not in base.documents:
            yield _at(
                item.place,
                f"{what}: there is no document {item.document!r}",
                did_you_mean(item.document, base.documents),
            )
        elif item.id not in covered:
            yield _at(item.place, f"{what}: no part of {item.document} covers it")
        for name in item.says:
            if name not in ROWS.get(item.per, frozenset()):
                yield _at(item.place, f"{what}: {item.per or 'the shop'} has no {name!r}")
        for reference in item.law:
            if reference.partition(":")[0] not in base.sources:
                yield _at(
                    item.place,
                    f"{what}: there is no source {reference!r}",
                    did_you_mean(reference.partition(":")[0], base.sources),
                )
    yield from _uses(base)


def conditions(base: KnowledgeBase) -> Iterator[tuple[Place, str, Iterable[Condition]]]:
    """Every `when` of the templates, for the cross-check of attributes and values."""
    for template in base.documents.values():
        for part in template.parts:
            yield part.place, f"document {template.id}, part {part.id}", (c for group in part.when for c in group)
    for item in base.elements:
        yield item.place, f"element {item.id}", (c for group in item.when for c in group)
    for use_ in base.uses.values():
        alternatives = (*use_.also, *use_.unless, *(group for more in use_.more for group in more.when))
        yield use_.place, f"use {use_.id}", (c for group in alternatives for c in group)


def _part_texts(part: DocumentPart, what: str) -> Iterator[Problem]:
    allowed = GENERAL | ROWS.get(part.each, frozenset())
    if part.heading is not None:
        yield from _text(part.heading, part.place, what, allowed)
    for texts in (part.text, part.points, part.boxes):
        yield from _texts(texts, part.place, what, allowed)
    for column in part.columns:
        yield from _text(column.heading, part.place, what, GENERAL)
        yield from _text(column.cell, part.place, what, allowed)


def _uses(base: KnowledgeBase) -> Iterator[Problem]:
    if base.uses:
        for missing in sorted(set(base.purposes) - set(base.uses)):
            yield Problem(file="knowledge", what=f"the purpose {missing!r} has no entry in 'uses'")
    for item in base.uses.values():
        what = f"use {item.id}"
        texts = [item.doing, item.people, item.retention, item.giving, *item.bases.values()]
        texts += [text for text in (item.label, item.interest, item.source) if text is not None]
        texts += [more.doing for more in item.more if more.doing is not None]
        for text in texts:
            yield from _text(text, item.place, what, frozenset())
        for receiving in (item.receivers, item.otherwise):
            if receiving is not None:
                yield from _text(receiving, item.place, what, RECEIVING)
        for several in (item.data, *(more.data for more in item.more)):
            yield from _texts(several, item.place, what, frozenset())
        for vendor in item.by:
            if vendor not in base.providers:
                hint = did_you_mean(vendor, base.providers)
                yield _at(item.place, f"{what}: there is no provider {vendor!r}", hint)
        yield from _own(base, item, what)
        basis = base.purposes[item.id].basis if item.id in base.purposes else item.basis
        if item.bases and set(item.bases) != set(basis):
            yield _at(item.place, f"{what}: 'bases' must name {', '.join(basis)}")
        if len(basis) > 1 and not item.bases:
            yield _at(item.place, f"{what} has several bases: say under 'bases' what each is for")
        if "legitimate_interest" in basis and item.interest is None:
            yield _at(item.place, f"{what} rests on a legitimate interest: say under 'interest' which")


def _own(base: KnowledgeBase, item: Use, what: str) -> Iterator[Problem]:
    """A use takes its label, data and bases from the purpose, or has all of them itself and follows from answers."""
    own = {"label": item.label is not None, "data": bool(item.data.en), "basis": bool(item.basis)}
    if item.id in base.purposes:
        for name in (name for name, there in own.items() if there):
            yield _at(item.place, f"{what}: {name!r} stands in the purpose already")
    elif not all(own.values()):
        lacking = ", ".join(name for name, there in own.items() if not there)
        yield _at(item.place, f"{what}: there is no such purpose, so it needs its own {lacking}")
    elif not item.also:
        yield _at(item.place, f"{what} is no purpose that can be named: say under 'also' from what it follows")


def _texts(texts: Texts, place: Place, what: str, allowed: frozenset[str]) -> Iterator[Problem]:
    for en, lv in zip(texts.en, texts.lv, strict=False):
        yield from _text(Text(en=en, lv=lv), place, what, allowed)


def _text(text: Text, place: Place, what: str, allowed: frozenset[str]) -> Iterator[Problem]:
    if markup.shape(text.en) != markup.shape(text.lv):
        yield _at(place, f"{what}: different marks in English and Latvian", f"English: {text.en[:60]}")
    for said in (text.en, text.lv):
        for stray in markup.strays(said):
            yield _at(place, f"{what}: {stray!r} belongs to no mark", said[:60])
        for name in sorted(markup.names(said) - allowed):
            yield _at(place, f"{what}: there is no name {name!r}", did_you_mean(name, allowed))


def _at(place: Place, what: str, hint: str = "") -> Problem:
    return Problem(file=place.file, line=place.line, what=what, hint=hint)
