"""Fills the texts of templates: names become words, marks become gaps and checks that say what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisor.documents import markup
from advisor.documents.structure import Span, Words, plain
from advisor.model import KnowledgeBase, Locale

_INNER = re.compile(markup.NAME)

Scope = Mapping[str, Words | None]
"""What names stand for. None: the thing does not apply here, and the line that speaks of it is left out."""


class Filler:
    """Fills texts in one language."""

    def __init__(self, base: KnowledgeBase, locale: Locale) -> None:
        self._base = base
        self.locale = locale

    def phrase(self, name: str, scope: Scope | None = None) -> Words:
        """A phrase of the knowledge base with its names filled in."""
        return self.fill(self._base.phrases[name].in_(self.locale), scope or {}) or ()

    def said(self, name: str) -> str:
        """A phrase without names or marks."""
        return self._base.phrases[name].in_(self.locale)

    def fill(self, text: str, scope: Scope) -> Words | None:
        """The words of a text; None if it speaks of something that does not apply."""
        found: list[Span] = []
        for mark in markup.parse(text):
            if mark.kind == "text":
                found.append(Span(mark.text))
            elif mark.kind == "name":
                words = scope[mark.text]
                if words is None:
                    return None
                found.extend(words)
            else:
                inner = _INNER.sub(lambda name: plain(scope[name[1]] or ()), mark.text)
                if mark.kind == "strong":
                    found.append(Span(inner, "strong"))
                else:
                    found.append(self.gap(inner) if mark.kind == "gap" else self.check(inner))
        return tuple(found)

    def gap(self, what: str) -> Span:
        return Span(f"[{self.said('documents.gap')}: {what}]", "gap")

    def check(self, what: str) -> Span:
        return Span(f"[{self.said('documents.check')}: {what}]", "check")

    def detail(self, name: str, details: Mapping[str, str]) -> Words:
        """What is known of the seller, else a gap."""
        if name in details:
            return (Span(details[name]),)
        return (self.gap(self.said(f"documents.detail.{name}")),)


def words(text: str) -> Words:
    return (Span(text),)
