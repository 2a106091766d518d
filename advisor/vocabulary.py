"""The attributes that facts may have: what they are about, which values they take, which question sets them.

Derived from a knowledge base; used wherever an answer or a condition must be checked against what exists.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.model import PEOPLE, UNKNOWN, VENDORS, KnowledgeBase, Question, Value

Domain = Literal["words", "number", "country", "vendor", "person"]

COUNTRY_STATUS = "country.status"
COUNTRY_FLAG = "country.flag"
COUNTRY_LIKE = "country.like"
PURPOSE_BASIS = "purpose.basis"
PURPOSE_MAIN_BASIS = "purpose.main_basis"

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A given attribute. `of` is the kind of its subjects, empty for the shop; `values` are those of a word domain."""

    id: str
    of: str
    domain: Domain
    values: tuple[Value, ...] = ()
    many: bool = False
    question: Question | None = None

    def admits(self, value: Value, countries: Container[object]) -> bool:
        """Whether the value belongs to the domain. `unknown` always does."""
        if value == UNKNOWN:
            return True
        if self.domain == "words":
            return value in self.values
        if self.domain == "number":
            return isinstance(value, int)
        if self.domain == "country":
            return value in countries or (
                value == "none" and self.question is not None and self.question.none is not None
            )
        return isinstance(value, str)


def attributes(base: KnowledgeBase) -> Mapping[str, Attribute]:
    """Every attribute that an answer or the knowledge base gives, by id."""
    found: dict[str, Attribute] = {}
    for question in base.questions:
        for attribute in _of_question(question):
            found.setdefault(attribute.id, attribute)
    flags = tuple(sorted({country.flag for country in base.countries.values() if country.flag}))
    models = tuple(sorted({country.like for country in base.countries.values() if country.like}))
    bases = tuple(sorted({basis for purpose in base.purposes.values() for basis in purpose.basis}))
    for identifier, of, values in (
        (COUNTRY_STATUS, "country", ("eea", "adequate", "conditional", "third")),
        (COUNTRY_FLAG, "country", flags),
        (COUNTRY_LIKE, "country", models),
        (PURPOSE_BASIS, "purpose", bases),
        (PURPOSE_MAIN_BASIS, "purpose", bases),
    ):
        found[identifier] = Attribute(id=identifier, of=of, domain="words", values=values, many=True)
    return found


def _of_question(question: Question) -> Iterable[Attribute]:
    kind = question.kind
    if kind == "checklist":
        for option in question.options:
            yield Attribute(id=option.value, of=question.of, domain="words", values=YES_NO, question=question)
        return
    domain: Domain = "words"
    values: tuple[Value, ...] = tuple(option.value for option in question.options)
    if kind == "yes-no":
        values = YES_NO
    elif kind == "number":
        domain = "number"
    elif kind in ("country", "countries"):
        domain = "country"
    elif kind == "vendors":
        domain = "vendor"
    elif kind == "people":
        domain = "person"
    if kind == "choice" and question.none is not None:
        values = (*values, "none")
    yield Attribute(
        id=question.attribute, of=question.of, domain=domain, values=values, many=question.many, question=question
    )


SUBJECT_LISTS = {"vendor": VENDORS, "person": PEOPLE}
"""The attribute whose values are the subjects of a kind."""
