"""What merely stands for others in the possible reading, told by its kind.

Where it is open which countries or purposes there are, one of each kind that rules can tell apart takes part in the
possible reading (docs/adr/0002-representatives-for-large-domains.md). Nobody named it, so an explanation must not name
it either: it says "a country without an adequacy decision" instead. Vendors and people that nobody named are stand-ins
from the beginning (`situation.STAND_IN`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor import vocabulary
from advisor.conclusions import Conclusions
from advisor.engine.inference import binding
from advisor.engine.program import POSSIBLE, Clause
from advisor.model import Condition, Fact, Question, Value
from advisor.situation import STAND_IN

SOME_COUNTRY = "some-country-"
SOME_PURPOSE = "some-purpose-"
"""How stand-ins are called, with their kind: `some-country-third`, `some-purpose-consent`."""


class StandIns:
    """The stand-ins of one case."""

    def __init__(self, conclusions: Conclusions) -> None:
        self._known: dict[tuple[str, str], Value] = {}
        for fact in conclusions.inference.given:
            if fact.attribute in (vocabulary.COUNTRY_STATUS + POSSIBLE, vocabulary.PURPOSE_MAIN_BASIS + POSSIBLE):
                self._known[fact.attribute, fact.subject] = fact.value

    def of(self, question: Question | None, value: Value) -> Value:
        """What stands for a value of a question that is open."""
        status = self._known.get((vocabulary.COUNTRY_STATUS + POSSIBLE, str(value)))
        if status is not None and question is not None and question.kind in ("country", "countries"):
            return f"{SOME_COUNTRY}{status}"
        basis = self._known.get((vocabulary.PURPOSE_MAIN_BASIS + POSSIBLE, str(value)))
        if basis is not None and question is not None and question.attribute == "data.purposes":
            return f"{SOME_PURPOSE}{basis}"
        return value


def is_stand_in(value: object) -> bool:
    """Whether a value is called by its kind."""
    return str(value).startswith((SOME_COUNTRY, SOME_PURPOSE))


def is_unnamed(value: object) -> bool:
    """Whether nobody has named a subject or value: it has a description instead of a name."""
    return is_stand_in(value) or value in STAND_IN.values()


def bound_to(conditions: Iterable[Condition], premises: Iterable[Fact]) -> dict[str, Value]:
    """What the variables of a clause stand for; a stand-in in one of the premises is one in the others as well."""
    bound: dict[str, Value] = {}
    for condition, fact in zip(conditions, premises, strict=True):
        for variable, value in binding((condition,), (fact,)).items():
            if variable not in bound or is_stand_in(value):
                bound[variable] = value
    return bound


def concluded(clause: Clause, bound: Mapping[str, Value], told: Mapping[str, Value], fact: Fact) -> Fact:
    """A fact that a clause concludes under a binding, as it is told under another."""
    for head in clause.heads:
        if Fact(head.attribute, *_filled(head.subject, head.value, bound)) == fact:
            return Fact(fact.attribute, *_filled(head.subject, head.value, told))
    return fact


def _filled(subject: str, value: Value, bound: Mapping[str, Value]) -> tuple[str, Value]:
    return str(bound.get(subject, subject)), bound.get(value, value) if isinstance(value, str) else value
