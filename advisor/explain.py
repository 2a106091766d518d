"""Explanations read from the justification graph alone; nothing here is written by hand for one conclusion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.conclusions import Conclusions, Due
from advisor.engine.inference import binding
from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.model import OBLIGATION, Fact, KnowledgeBase, Locale, Rule, Source
from advisor.wording import fill

Namer = Callable[[str], str]
"""The readable name of a subject or value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule that concludes an obligation, its sentence filled in."""

    rule: str
    text: str
    about: str


def reasons(
    conclusions: Conclusions, due: Due, locale: Locale, name: Namer, certain: bool = True
) -> tuple[Reason, ...]:
    """Why an obligation applies: the sentences of the rules that conclude it, each once."""
    fact = Fact(OBLIGATION + (CERTAIN if certain else POSSIBLE), due.subject, due.id)
    found: dict[str, Reason] = {}
    for way in conclusions.derivations(fact):
        clause = conclusions.clause(way)
        rule = conclusions.rules[clause.rule]
        text = _filled(rule, locale, binding(clause.positive, way.premises), name)
        found.setdefault(text, Reason(rule=rule.id, text=text, about=due.subject))
    return tuple(found.values())


def _filled(rule: Rule, locale: Locale, bound: Mapping[str, object], name: Namer) -> str:
    return fill(rule.because.in_(locale), {variable[1:]: name(str(value)) for variable, value in bound.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A provision as people read it, with a link that opens at the article where the publisher offers one."""

    id: str
    text: str
    url: str
    source: Source


def reference(base: KnowledgeBase, written: str, locale: Locale) -> Reference:
    """The provision behind `gdpr:13(1)(f)` and the like."""
    identifier, _, article = written.partition(":")
    source = base.sources[identifier]
    url = source.url
    if article and source.article_url:
        leading = article.split("(")[0].split(",")[0].split("-")[0].strip().rstrip(".")
        number = "".join(char for char in leading if char.isdigit() or char == ".").strip(".")
        if number:
            url = source.article_url.replace(
                "{article}", number.split(".")[0] if "eli/" in source.article_url else number
            )
    text = (
        f"{source.before_article(locale)} {provision(identifier, article, locale)}"
        if article
        else source.short.in_(locale)
    )
    return Reference(id=written, text=text, url=url, source=source)


_PARTS = re.compile(r"(?P<article>\d+(\.\d+)*)(?P<inserted>[a-z]?)(\((?P<paragraph>\d+)\))?(\((?P<letter>[a-z]+)\))?\Z")
_ORDINALS = ("pirmā", "otrā", "trešā", "ceturtā", "piektā", "sestā", "septītā", "astotā", "devītā", "desmitā")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def provision(source: str, article: str, locale: Locale) -> str:
    """An article, section, point or clause as lawyers of that language cite it."""
    points = source.startswith("lv.mk")
    clauses = source.startswith("eu.scc")
    if locale is Locale.EN:
        return (
            f"point {article}"
            if points
            else f"clause {article}"
            if clauses
            else f"s. {article}"
            if source.startswith("lv.")
            else f"Art. {article}"
        )
    found = _PARTS.match(article)
    if found is None:
        return article
    number, paragraph, letter = found["article"], found["paragraph"], found["letter"]
    if points or clauses:
        return f"{number}. {'punkts' if points else 'klauzula'}"
    if source.startswith("lv."):
        main, _, added = number.partition(".")
        name = f"{main}.{added.translate(_RAISED)}" if added else f"{main}."
        if paragraph is None:
            return f"{name} pants"
        part = int(paragraph)
        return f"{name} panta {_ORDINALS[part - 1]} daļa" if part <= len(_ORDINALS) else f"{name} panta {part}. punkts"
    name = f"{number}.{found['inserted']}"
    if paragraph is None:
        return f"{name} panta {letter}) punkts" if letter else f"{name} pants"
    return f"{name} panta {paragraph}. punkta {letter}) apakšpunkts" if letter else f"{name} panta {paragraph}. punkts"
