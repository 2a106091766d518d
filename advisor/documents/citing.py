"""Provisions as they are cited in a document: "Art. 13(1)(a) GDPR", "VDAR 13. panta 1. punkta a) apakšpunkts"."""

from __future__ import annotations

import re

from advisor.model import KnowledgeBase, Locale, Source

_PARTS = re.compile(r"(?P<article>\d+(?:\.\d+)?)(?:\((?P<point>\d+)\))?(?:\((?P<letter>[a-z]{1,3})\))?\Z")
_ORDINALS = ("", "pirmā", "otrā", "trešā", "ceturtā", "piektā", "sestā", "septītā", "astotā", "devītā", "desmitā")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def cited(base: KnowledgeBase, written: str, locale: Locale) -> str:
    """The provision behind `gdpr:13(1)(f)`, with the short name of its source."""
    identifier, _, locator = written.partition(":")
    source = base.sources[identifier]
    if not locator:
        return source.short.in_(locale)
    short = source.before_article(locale)
    if identifier.startswith("lv.mk"):
        return f"{short} {_of_regulations(locator)}" if locale is Locale.LV else f"point {locator} {short}"
    if locale is Locale.LV:
        return f"{short} {_latvian(locator, _of_the_union(source))}"
    return f"Art. {locator} {short}" if _of_the_union(source) else f"s. {locator} {short}"


def cited_article(locator: str, locale: Locale) -> str:
    """Provisions of one EU act without its name; several are parted by commas."""
    if locale is Locale.EN:
        return locator
    return ", ".join(_latvian(part.strip(), union=True) for part in locator.split(","))


def _of_the_union(source: Source) -> bool:
    return not source.id.startswith("lv.")


def _latvian(locator: str, union: bool) -> str:
    """Acts of the EU have articles, points and sub-points; Latvian laws have sections and parts."""
    found = _PARTS.match(locator)
    if found is None:
        return f"{locator.replace('-', '.–')}. pants" if locator.replace("-", "").isdigit() else locator
    article, point, letter = found["article"], found["point"], found["letter"]
    number = _raised(article)
    if point is None and letter is None:
        return f"{number} pants"
    if not union:
        part = _ORDINALS[int(point)] if point and int(point) < len(_ORDINALS) else f"{point}."
        return f"{number} panta {part} daļa"
    if letter is None:
        return f"{number} panta {point}. punkts"
    return f"{number} panta {point}. punkta {letter}) apakšpunkts" if point else f"{number} panta {letter}) punkts"


def _of_regulations(locator: str) -> str:
    """Regulations of the Cabinet of Ministers have points and sub-points."""
    return f"{locator}. {'apakšpunkts' if '.' in locator else 'punkts'}"


def _raised(article: str) -> str:
    """7.1 is section 7 with a raised 1; 13 is article 13."""
    whole, _, part = article.partition(".")
    return f"{whole}.{part.translate(_RAISED)}" if part else f"{whole}."
