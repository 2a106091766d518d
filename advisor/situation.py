"""From answers to the facts that engines start from, in both readings.

An answered attribute is closed: only what was answered holds. An attribute that cannot apply any more (its question's
`when` is impossible) is closed with nothing. Everything else is open or unknown and may, in the possible reading, have
any value of its domain. Values that no rule can tell apart are represented by one of them, so that a domain of 250
countries costs ten facts: rules see a country only through what the knowledge base says of it and through constants, so
two countries that agree in both lead to the same conclusions (S. Abiteboul, R. Hull, V. Vianu, "Foundations of
Databases", 1995, ch. 5 and 16: genericity). Countries that occur in the case stand for themselves, so that joins meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor import vocabulary
from advisor.engine.program import CERTAIN, POSSIBLE, Program
from advisor.model import (
    SHOP,
    UNKNOWN,
    Answer,
    Condition,
    Fact,
    KnowledgeBase,
    Question,
    Value,
)
from advisor.vocabulary import Attribute

STAND_IN = {"vendor": "some-vendor", "person": "some-person"}
"""The subject that stands for vendors or people nobody has named yet."""

Key = tuple[str, str]
"""(attribute, subject)."""

_MOST_KEPT = 20_000
"""Facts that are remembered; a case has a thousand."""

Answers = Mapping[tuple[str, str], Answer]
"""Current answers by (question or checklist item, subject; the shop's is empty)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is given, in both readings, and which attributes are still open or unknown."""

    facts: tuple[Fact, ...]
    open: frozenset[Key]
    unknown: frozenset[Key]
    applicable: frozenset[Key]


class Situations:
    """Builds situations for one knowledge base on one day. Pure: the same answers give the same situation."""

    def __init__(self, base: KnowledgeBase, program: Program, day: str) -> None:
        self.base = base
        self.day = day
        self.attributes = vocabulary.attributes(base)
        self._questions = [(question, tuple(question.attributes())) for question in base.questions]
        self._domains = _Domains(base, program, day, self.attributes)
        self._answers: dict[tuple[str, str, Value], tuple[Fact, Fact]] = {}
        self._spreads: dict[Key, tuple[Fact, ...]] = {}
        self._known: dict[tuple[str, str], tuple[Fact, ...]] = {}

    def of(self, answers: Answers) -> Situation:
        """The situation of a case."""
        if len(self._answers) + len(self._spreads) > _MOST_KEPT:
            self._answers.clear()
            self._spreads.clear()
        return _Building(self, answers).build()

    def representatives(self, attribute: Attribute) -> tuple[Value, ...]:
        """One value for each class of values that no rule can tell apart."""
        return self._domains.values(attribute)

    # The same few facts are asked for again and again, from one answer to the next and from case to case.

    def certainly(self, attribute: str, subject: str, value: Value) -> tuple[Fact, Fact]:
        """The facts, in both readings, that an answer gives."""
        key = (attribute, subject, value)
        found = self._answers.get(key)
        if found is None:
            found = Fact(attribute + CERTAIN, subject, value), Fact(attribute + POSSIBLE, subject, value)
            self._answers[key] = found
        return found

    def possibly(self, attribute: Attribute, subject: str) -> tuple[Fact, ...]:
        """The facts that stand for whatever may be answered."""
        key = (attribute.id, subject)
        found = self._spreads.get(key)
        if found is None:
            values = (UNKNOWN, *self.representatives(attribute))
            found = tuple(Fact(attribute.id + POSSIBLE, subject, value) for value in values)
            self._spreads[key] = found
        return found

    def known(self, country: str = "", purpose: str = "") -> tuple[Fact, ...]:
        """What the knowledge base says of a country or a purpose, in both readings."""
        key = (country, purpose)
        found = self._known.get(key)
        if found is None:
            facts = _knowledge(self.base, (country,), (purpose,), self.day)
            found = tuple(twin for fact in facts for twin in self.certainly(*fact))
            self._known[key] = found
        return found


class _Building:
    def __init__(self, situations: Situations, answers: Answers) -> None:
        self.all = situations
        self.answers = answers
        self.facts: list[Fact] = []
        self.open: dict[Key, None] = {}
        self.unknown: dict[Key, None] = {}
        self.applicable: set[Key] = set()
        self.values: dict[Key, tuple[Value, ...]] = {}  # what was answered, or () where it does not apply
        self.countries: dict[str, None] = {}
        self.purposes: dict[str, None] = {}

    def build(self) -> Situation:
        for question, names in self.all._questions:
            for subject in self._subjects(question):
                moot = self._moot(question, subject)
                for name in names:
                    self._settle(question, name, subject, moot)
        for (name, subject), values in self.values.items():
            self._certain(self.all.attributes[name], subject, values)
        for key in (*self.open, *self.unknown):
            self._possible(self.all.attributes[key[0]], key[1])
        for country in self.countries:
            self.facts += self.all.known(country=country)
        for purpose in self.purposes:
            self.facts += self.all.known(purpose=purpose)
        return Situation(
            facts=tuple(dict.fromkeys(self.facts)),
            open=frozenset(self.open),
            unknown=frozenset(self.unknown),
            applicable=frozenset(self.applicable),
        )

    def _subjects(self, question: Question) -> Iterator[str]:
        """Named subjects, and a stand-in while there may be others."""
        if not question.of:
            yield SHOP
            return
        key = (vocabulary.SUBJECT_LISTS[question.of], SHOP)
        yield from (str(value) for value in self.values.get(key, ()) if value != UNKNOWN)
        if key in self.open or key in self.unknown:
            yield STAND_IN[question.of]

    def _moot(self, question: Question, subject: str) -> bool:
        return bool(question.when) and not any(
            all(self._can_hold(condition, subject) for condition in group) for group in question.when
        )

    def _settle(self, question: Question, name: str, subject: str, moot: bool) -> None:
        key = (name, subject)
        values = answered(question, name, "" if subject == SHOP else subject, self.answers)
        if moot and (values is None or not self._stated(question, name, subject)):
            self.values[key] = ()  # an answer given before it became moot is parked: kept, but without effect
            return
        self.applicable.add(key)
        if values is None:
            self.open[key] = None
            return
        self.values[key] = values
        if UNKNOWN in values:
            self.unknown[key] = None

    def _stated(self, question: Question, name: str, subject: str) -> bool:
        """Whether an answers file states the value: it then holds whether or not it would have been asked for."""
        of = "" if subject == SHOP else subject
        answer = self.answers.get((name, of)) or self.answers.get((question.id, of))
        return answer is not None and answer.how == "file"

    def _can_hold(self, condition: Condition, subject: str) -> bool:
        if condition.subject.startswith("$") and subject == SHOP:
            # A question about the shop that presupposes something of a vendor: one must be known or still to be asked.
            return any(
                key in self.open or any(condition.admits(value) for value in self.values.get(key, ()))
                for key in (*self.open, *self.values)
                if key[0] == condition.attribute
            )
        key = (condition.attribute, subject if condition.subject.startswith("$") else condition.subject)
        if key in self.open or key in self.unknown:
            return True
        return any(condition.admits(value) for value in self.values.get(key, ()))

    def _certain(self, attribute: Attribute, subject: str, values: Iterable[Value]) -> None:
        for value in values:
            self.facts += self.all.certainly(attribute.id, subject, value)
            self._note(attribute, value)

    def _possible(self, attribute: Attribute, subject: str) -> None:
        facts = self.all.possibly(attribute, subject)
        self.facts += facts
        if attribute.domain == "country" or attribute.id == "data.purposes":
            for fact in facts:
                self._note(attribute, fact.value)
        if attribute.domain == "country":
            self.facts += (self.all.certainly(attribute.id, subject, value)[1] for value in self.countries)

    def _note(self, attribute: Attribute, value: Value) -> None:
        """Countries and purposes that occur bring what the knowledge base says of them."""
        if value == UNKNOWN:
            return
        if attribute.domain == "country":
            self.countries[str(value)] = None
        elif attribute.id == "data.purposes":
            self.purposes[str(value)] = None


def answered(question: Question, name: str, of: str, answers: Answers) -> tuple[Value, ...] | None:
    """The values that answers give to an attribute; None while it is open. An item answered by itself goes first."""
    if question.kind == "checklist":
        own = answers.get((name, of))
        if own is not None:
            return own.values()
        whole = answers.get((question.id, of))
        if whole is None:
            return None
        ticked = whole.values()
        if name in ticked:
            return ("yes",)
        return (UNKNOWN,) if UNKNOWN in ticked else ("no",)
    answer = answers.get((question.id, of))
    return None if answer is None else answer.values()


def subjects(answers: Answers, kind: str) -> tuple[str, ...]:
    """The named vendors or people of a case, in the order of mention."""
    ask = {"vendor": "vendors", "person": "people_remote_access"}[kind]
    answer = answers.get((ask, ""))
    return () if answer is None else tuple(str(value) for value in answer.values() if value != UNKNOWN)


def _knowledge(base: KnowledgeBase, countries: Iterable[str], purposes: Iterable[str], day: str) -> Iterator[Fact]:
    for iso in countries:
        country = base.countries.get(iso)
        if country is None:
            continue
        yield Fact(vocabulary.COUNTRY_STATUS, iso, country.status(day))
        if country.flag:
            yield Fact(vocabulary.COUNTRY_FLAG, iso, country.flag)
        if country.like:
            yield Fact(vocabulary.COUNTRY_LIKE, iso, country.like)
    for name in purposes:
        purpose = base.purposes.get(name)
        if purpose is None:
            continue
        for basis in purpose.basis:
            yield Fact(vocabulary.PURPOSE_BASIS, name, basis)
        yield Fact(vocabulary.PURPOSE_MAIN_BASIS, name, purpose.basis[0])


class _Domains:
    """For each attribute one value of every class that the program can tell apart."""

    def __init__(self, base: KnowledgeBase, program: Program, day: str, attributes: Mapping[str, Attribute]) -> None:
        self._base = base
        self._day = day
        self._cache: dict[str, tuple[Value, ...]] = {}
        self._told_apart: dict[Value, object] = {}
        self._conditions: dict[str, dict[Condition, None]] = {}
        self._flowing: dict[Condition, None] = {}
        self._joined: set[str] = set()
        self._constants: set[str] = set()
        for clause in program.clauses:
            for marked in (*clause.positive, *clause.negative):
                name = marked.attribute[:-1]
                condition = Condition(name, "", marked.operator, marked.operands)
                if not marked.subject.startswith("$"):
                    self._constants.add(marked.subject)
                if marked.operator == "variable":
                    self._joined.add(name)
                    continue
                self._conditions.setdefault(name, {})[condition] = None
                if name not in attributes:
                    self._flowing[condition] = None
        for name in list(self._joined):
            for condition in self._conditions.get(name, {}):
                self._flowing[condition] = None

    def values(self, attribute: Attribute) -> tuple[Value, ...]:
        found = self._cache.get(attribute.id)
        if found is None:
            classes: dict[object, Value] = {}
            for value in self._candidates(attribute):
                classes.setdefault(self._signature(attribute, value), value)
            found = self._cache[attribute.id] = tuple(classes.values())
        return found

    def _candidates(self, attribute: Attribute) -> Iterable[Value]:
        if attribute.domain == "country":
            none = ("none",) if attribute.question is not None and attribute.question.none is not None else ()
            return (*self._base.countries, *(none if not attribute.many else ()))
        if attribute.domain == "number":
            limits = [
                operand
                for condition in self._conditions.get(attribute.id, ())
                for operand in condition.operands
                if isinstance(operand, int)
            ]
            return sorted({0, *(limit + step for limit in limits for step in (-1, 0, 1) if limit + step >= 0)})
        if attribute.domain == "words":
            return attribute.values
        return (STAND_IN[attribute.domain],)

    def _signature(self, attribute: Attribute, value: Value) -> object:
        own = tuple(condition.admits(value) for condition in self._conditions.get(attribute.id, ()))
        if attribute.id not in self._joined:
            return own
        return own, self._anywhere(value)

    def _anywhere(self, value: Value) -> object:
        """What tells a value apart wherever a join may take it. The same few hundred values are asked about often."""
        found = self._told_apart.get(value)
        if found is None:
            flows = tuple(condition.admits(value) for condition in self._flowing)
            facts = _knowledge(self._base, (str(value),), (str(value),), self._day)
            known = frozenset((fact.attribute, fact.value) for fact in facts)
            found = self._told_apart[value] = (flows, known, value if value in self._constants else "")
        return found
