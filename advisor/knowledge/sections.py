"""Reads each section of the knowledge files (docs/knowledge-format.md) from YAML nodes into the model.

One function for one kind of entry. Problems are collected; what does not fit together across files is for `check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from advisor.engine import language
from advisor.fields import Fields, Report
from advisor.model import (
    BANDS,
    PEOPLE,
    VENDORS,
    Action,
    Adequacy,
    Adjustment,
    Changeable,
    Clause,
    Contradiction,
    Country,
    Function,
    Option,
    Package,
    Priority,
    Provider,
    Purpose,
    Question,
    QuestionKind,
    Rate,
    Reading,
    Source,
    Statement,
    Text,
    Topic,
    UsualRole,
    Value,
    Watch,
)
from advisor.yamlio import Node

_KINDS = get_args(QuestionKind)
_DUE = ("before_launch", "before_start", "at_collection", "on_event", "ongoing", "every_3_months", "every_12_months")
_OWNERS = ("founder", "developer", "lawyer", "accountant")


def topic(node: Node, report: Report) -> Topic:
    fields = Fields(node, report, "topic", ("id", "title", "order"))
    return Topic(id=fields.word("id"), title=fields.said("title"), order=fields.number("order"))


def question(node: Node, report: Report, topic_id: str) -> Question | None:
    fields = Fields(
        node,
        report,
        "question",
        (
            "id",
            "type",
            "title",
            "ask",
            "help",
            "options",
            "none",
            "when",
            "of",
            "number",
            "attribute",
            "first",
            "among",
            "brings",
            "same",
            "besides",
            "surely",
            "example",
        ),
    )
    identifier = fields.word("id")
    kind: Any = fields.word("type", None, _KINDS)
    options = tuple(_option(item, report, fields.what, kind) for item in fields.items("options"))
    if kind in ("choice", "choices", "checklist") and not options:
        fields.problem("options", "has no options")
    none = fields.node("none")
    low, high = 0, 1_000_000
    if (bounds := fields.node("number")) is not None:
        limits = Fields(bounds, report, f"{fields.what}, number", ("min", "max"))
        low, high = limits.number("min", 0), limits.number("max", 1_000_000)
    attribute = {"vendors": VENDORS, "people": PEOPLE}.get(kind, identifier)
    if not identifier:
        return None
    return Question(
        id=identifier,
        attribute=attribute,
        kind=kind,
        topic=topic_id,
        title=fields.said("title"),
        ask=fields.said("ask"),
        help=fields.said("help"),
        options=options,
        none=_none(none, report, fields.what) if none is not None else None,
        when=language.alternatives(fields),
        surely=language.alternatives(fields, "surely"),
        of=fields.word("of", "", ("", "vendor", "person")),  # type: ignore[arg-type]
        low=low,
        high=high,
        first=fields.number("first", 0),
        among=fields.word("among", ""),
        brings=fields.number("brings", 0),
        same=fields.word("same", ""),
        besides=fields.word("besides", ""),
        example=fields.text("example", False),
        place=fields.place(),
    )


def joint_question(node: Node, report: Report, topic_id: str) -> Question | None:
    """A question that answers several others: `yes` says what, or `across` of whom it asks at once."""
    names = ("id", "title", "ask", "help", "none", "of", "surely", "yes", "across", "settles", "doubted")
    fields = Fields(node, report, "joint question", names)
    identifier = fields.word("id")
    yes = {name: value if isinstance(value, tuple) else (value,) for name, value in _mapped(fields, "yes").items()}
    across: Any = fields.word("across", "", ("", "vendor"))
    settles = tuple(yes) if not across else (fields.word("settles"),)
    if bool(yes) == bool(across):
        fields.problem("yes", "says either what a yes answers ('yes') or of whom it asks ('across' and 'settles')")
    none = fields.node("none")
    if not identifier:
        return None
    return Question(
        id=identifier,
        attribute=identifier,
        kind="choices" if across else "yes-no",
        topic=topic_id,
        title=fields.said("title"),
        ask=fields.said("ask"),
        help=fields.said("help"),
        none=_none(none, report, fields.what) if none is not None else None,
        surely=language.alternatives(fields, "surely"),
        of=fields.word("of", "", ("", "vendor", "person")),  # type: ignore[arg-type]
        settles=settles,
        yes=yes,
        across=across,
        doubted=language.alternatives(fields, "doubted"),
        place=fields.place(),
    )


def _option(node: Node, report: Report, what: str, kind: str) -> Option:
    fields = Fields(node, report, f"{what}, option", ("value", "attribute", "label", "hint", "alias", "amount"))
    name = "attribute" if kind == "checklist" else "value"
    low = high = None
    if (amount := fields.node("amount")) is not None:
        limits = Fields(amount, report, f"{fields.what}, amount", ("min", "max"))
        low, high = limits.number("min", 0), limits.number("max", 1_000_000_000)
    return Option(
        value=fields.word(name),
        label=fields.said("label"),
        hint=fields.text("hint", False),
        alias=fields.words("alias"),
        low=low,
        high=high,
    )


def _none(node: Node, report: Report, what: str) -> Option:
    fields = Fields(node, report, f"{what}, none", ("label", "hint", "alias"))
    return Option(
        value="none", label=fields.said("label"), hint=fields.text("hint", False), alias=fields.words("alias")
    )


def action(node: Node, report: Report) -> Action | None:
    fields = Fields(
        node,
        report,
        "action",
        (
            "id",
            "title",
            "why",
            "steps",
            "evidence",
            "mistakes",
            "due",
            "owner",
            "package",
            "rate",
            "gate",
            "band",
            "needs",
            "sanctions",
            "sources",
            "confidence",
        ),
    )
    identifier = fields.word("id")
    rate_node = fields.node("rate")
    rate = Rate(severity=1, likelihood=1, deadline=0, effort=1)
    if rate_node is None:
        fields.problem("rate", "'rate' is missing")
    else:
        rates = Fields(rate_node, report, f"{fields.what}, rate", ("severity", "likelihood", "deadline", "effort"))
        rate = Rate(
            severity=rates.number("severity", None, 1, 5),
            likelihood=rates.number("likelihood", None, 1, 5),
            deadline=rates.number("deadline", None, 0, 3),
            effort=rates.number("effort", None, 1, 5),
        )
    if not identifier:
        return None
    return Action(
        id=identifier,
        title=fields.said("title"),
        why=fields.said("why"),
        steps=fields.texts("steps"),
        evidence=fields.texts("evidence"),
        mistakes=fields.texts("mistakes", required=False),
        due=fields.word("due", None, _DUE),
        owner=fields.word("owner", None, _OWNERS),
        package=fields.word("package"),
        rate=rate,
        gate=fields.flag("gate"),
        band=fields.word("band", None, BANDS),  # type: ignore[arg-type]
        needs=fields.words("needs"),
        sanctions=fields.words("sanctions"),
        sources=fields.words("sources", required=True),
        confidence=language.confidence(fields),
        place=fields.place(),
    )


def source(node: Node, report: Report) -> Source | None:
    fields = Fields(
        node,
        report,
        "source",
        ("id", "short", "genitive", "title", "ref", "kind", "url", "article_url", "note", "valid", "confidence"),
    )
    identifier = fields.word("id")
    return Source(
        id=identifier,
        short=fields.said("short"),
        genitive=fields.word("genitive", ""),
        title=fields.said("title"),
        ref=fields.word("ref", ""),
        kind=fields.word("kind", None, ("statute", "case-law", "guidance", "opinion")),  # type: ignore[arg-type]
        url=_url(fields, "url"),
        article_url=_url(fields, "article_url") if fields.has("article_url") else "",
        note=fields.text("note", False),
        valid=fields.validity(),
        confidence=language.confidence(fields),
        place=fields.place(),
    )


def _url(fields: Fields, name: str) -> str:
    url = fields.word(name)
    if url and not url.startswith(("https://", "http://")):
        fields.problem(name, f"{url!r} is not a web address")
    return url


def reading(node: Node, report: Report) -> Reading:
    fields = Fields(node, report, "reading", ("id", "title", "url", "urls", "kind", "read", "note"))
    urls = fields.words("urls") or fields.words("url")
    return Reading(id=fields.word("id"), title=fields.said("title"), urls=urls, kind=fields.word("kind"))


def country(node: Node, report: Report) -> Country:
    fields = Fields(node, report, "country", ("iso", "name", "alias", "eea", "adequacy", "flag", "of", "as", "note"))
    iso = fields.word("iso")
    fields.what = f"country {iso}"
    name_node = fields.node("name")
    names = Fields(name_node or Node({}, fields.line), report, f"{fields.what}, name", ("en", "lv", "ru"))
    return Country(
        iso=iso,
        en=names.word("en"),
        lv=names.word("lv"),
        ru=names.word("ru"),
        alias=fields.words("alias"),
        eea=fields.flag("eea"),
        adequacy=tuple(_adequacy(item, report, fields.what) for item in fields.items("adequacy")),
        flag=fields.word("flag", ""),
        like=fields.word("as", ""),
        of=fields.word("of", ""),
    )


def _adequacy(node: Node, report: Report, what: str) -> Adequacy:
    fields = Fields(
        node, report, f"{what}, adequacy", ("decision", "scope", "conditional", "valid", "confidence", "note")
    )
    return Adequacy(
        decision=fields.word("decision"),
        scope=fields.said("scope"),
        conditional=fields.flag("conditional"),
        valid=fields.validity(),
        confidence=language.confidence(fields),
    )


def provider(node: Node, report: Report) -> Provider:
    fields = Fields(
        node,
        report,
        "provider",
        (
            "id",
            "name",
            "alias",
            "function",
            "entity",
            "assume",
            "note",
            "word",
            "unnamed",
            "does",
            "serves",
            "as_of",
            "confidence",
            "dpf_reported",
            "address",
        ),
    )
    identifier = fields.word("id")
    return Provider(
        id=identifier,
        name=fields.name("name"),
        function=fields.word("function"),
        alias=fields.words("alias"),
        entity=fields.word("entity", ""),
        assume=_mapped(fields, "assume"),
        note=fields.text("note", False),
        word=fields.flag("word"),
        unnamed=fields.flag("unnamed"),
        does=fields.text("does", False),
        serves=fields.words("serves") if fields.has("serves") else None,
        as_of=fields.word("as_of"),
        confidence=language.confidence(fields),
    )


def _mapped(fields: Fields, name: str) -> Mapping[str, Value | tuple[Value, ...]]:
    """A mapping of names to values or lists of values."""
    node = fields.node(name)
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        fields.problem(name, f"{name!r} must be a mapping")
        return {}
    found: dict[str, Value | tuple[Value, ...]] = {}
    for key, value in node.value.items():
        found[key] = tuple(item.value for item in value.value) if isinstance(value.value, list) else value.value
    return found


def purpose(node: Node, report: Report) -> Purpose:
    fields = Fields(
        node,
        report,
        "purpose",
        ("id", "label", "data", "basis", "retention", "retention_is_law", "condition", "confidence"),
    )
    identifier = fields.word("id")
    return Purpose(
        id=identifier,
        label=fields.said("label"),
        data=fields.texts("data"),
        basis=fields.words("basis", required=True),
        retention=fields.said("retention"),
        retention_is_law=fields.flag("retention_is_law"),
        condition=fields.said("condition"),
        confidence=language.confidence(fields),
    )


def watch(node: Node, report: Report) -> Watch:
    fields = Fields(node, report, "watch", ("id", "what", "state", "act", "date", "affects", "confidence"))
    return Watch(
        id=fields.word("id"),
        what=fields.said("what"),
        state=fields.text("state", False),
        act=fields.text("act", False),
        date=fields.day("date", ""),
        affects=fields.words("affects"),
        confidence=language.confidence(fields),
    )


def clause(node: Node, report: Report) -> Clause:
    fields = Fields(node, report, "clause", ("id", "article", "need"))
    return Clause(id=fields.word("id"), article=fields.word("article"), need=fields.said("need"))


def statement(node: Node, report: Report) -> Statement:
    fields = Fields(node, report, "statement", ("id", "says", "obligations"))
    return Statement(
        id=fields.word("id"), says=fields.said("says"), obligations=fields.words("obligations", required=True)
    )


def usual_role(node: Node, report: Report) -> UsualRole:
    fields = Fields(node, report, "usual role", ("function", "role", "reason"))
    return UsualRole(function=fields.word("function"), role=fields.word("role"), reason=fields.said("reason"))


def function(node: Node, report: Report) -> Function:
    fields = Fields(node, report, "function", ("id", "serves"))
    serves = fields.words("serves", required=True)
    everything = serves == ("all",)
    return Function(
        id=fields.word("id"), serves=() if everything else serves, everything=everything, place=fields.place()
    )


def changeable(node: Node, report: Report) -> Changeable:
    fields = Fields(
        node, report, "changeable", ("id", "attribute", "to", "without", "keep", "also", "another", "when", "text")
    )
    to, without = _values(fields, "to"), _values(fields, "without")
    if bool(to) == bool(without):
        fields.problem(
            "to", "says either to which values an answer may change ('to') or what may be left out ('without')"
        )
    return Changeable(
        id=fields.word("id"),
        attribute=fields.word("attribute"),
        to=to,
        without=without,
        keep=_values(fields, "keep"),
        also=_mapped(fields, "also"),
        another=fields.text("another", False),
        when=language.conditions(fields),
        text=fields.said("text"),
        place=fields.place(),
    )


def contradiction(node: Node, report: Report) -> Contradiction:
    fields = Fields(node, report, "contradiction", ("id", "when", "text"))
    return Contradiction(
        id=fields.word("id"), bodies=language.bodies(fields), text=fields.said("text"), place=fields.place()
    )


def _values(fields: Fields, name: str) -> tuple[Value, ...]:
    """A list of values; a single one stands for a list of one."""
    node = fields.node(name)
    if node is None:
        return ()
    return tuple(item.value for item in node.value) if isinstance(node.value, list) else (node.value,)


def package(node: Node, report: Report) -> Package:
    fields = Fields(node, report, "package", ("id", "title", "deliverable"))
    return Package(id=fields.word("id"), title=fields.said("title"), deliverable=fields.said("deliverable"))


def priority(node: Node, report: Report) -> Priority:
    names = ("severity_words", "likelihood_words", "deadline_words", "effort_words", "band_words", "band_deadlines")
    fields = Fields(node, report, "priority", ("weights", "bands", "adjustments", "band_days", *names))
    weights = Fields(
        fields.node("weights") or Node({}, fields.line),
        report,
        "priority, weights",
        ("severity", "likelihood", "deadline", "effort", "dependent"),
    )
    bands = Fields(fields.node("bands") or Node({}, fields.line), report, "priority, bands", ("p1_from", "p2_from"))
    days = Fields(fields.node("band_days") or Node({}, fields.line), report, "priority, band_days", BANDS)
    return Priority(
        severity=weights.number("severity"),
        likelihood=weights.number("likelihood"),
        deadline=weights.number("deadline"),
        effort=weights.number("effort"),
        dependent=weights.number("dependent"),
        p1_from=bands.number("p1_from"),
        p2_from=bands.number("p2_from"),
        adjustments=tuple(_adjustment(item, report) for item in fields.items("adjustments")),
        severity_words=_table(fields, "severity_words"),
        likelihood_words=_table(fields, "likelihood_words"),
        deadline_words=_table(fields, "deadline_words"),
        effort_words=_table(fields, "effort_words"),
        band_words=_table(fields, "band_words"),
        band_deadlines=_table(fields, "band_deadlines"),
        band_days={band: days.number(band, None, 0, 366) for band in days.nodes},
    )


def _adjustment(node: Node, report: Report) -> Adjustment:
    fields = Fields(node, report, "adjustment", ("id", "points", "when", "areas", "reason"))
    return Adjustment(
        id=fields.word("id"),
        points=fields.number("points", None, -100, 100),
        when=language.conditions(fields),
        areas=fields.words("areas"),
        reason=fields.said("reason"),
    )


def _table(fields: Fields, name: str) -> dict[str, Text]:
    node = fields.node(name)
    if node is None or not isinstance(node.value, dict):
        fields.problem(name, f"{name!r} must map words to texts")
        return {}
    return phrases(node, fields.report, f"priority, {name}")


def phrases(node: Node, report: Report, what: str = "phrases") -> dict[str, Text]:
    """A mapping of names to texts."""
    if not isinstance(node.value, dict):
        report.add(node.line, f"{what} must map names to texts")
        return {}
    fields = Fields(node, report, what, tuple(node.value))
    return {name: fields.said(name) for name in node.value}
