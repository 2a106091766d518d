"""Which answers there are to choose from, and which there would be after some changes. Chooses nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from advisor import vocabulary
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.explaining.origins import KNOWN_OF_PURPOSES, Origins
from advisor.model import SHOP, UNKNOWN, Answer, Condition, Fact, How, Value
from advisor.situation import STAND_IN, Key
from advisor.vocabulary import Attribute

Changes = Mapping[Key, tuple[Value, ...]]
"""Values by (attribute, subject): what would be answered instead."""


class Choices:
    """The choices for one case."""

    def __init__(self, consultation: Consultation, case: Case, origins: Origins) -> None:
        self.consultation = consultation
        self.base = consultation.base
        self.case = case
        self.origins = origins
        self.attributes = consultation.situations.attributes
        self._files = any(answer.how == "file" for answer in case.answers.values())
        self._ordered: tuple[str, ...] = ()

    def many(self, name: str) -> bool:
        return self.attributes[name].many

    def certain(self, key: Key) -> tuple[Value, ...]:
        """What was answered about a subject."""
        return self.origins.values(*key)

    def subjects(self, asked: Condition, changes: Changes) -> tuple[str, ...]:
        """Whom a condition can be about: the named ones, with those that changes would name."""
        if not asked.subject.startswith("$"):
            return (asked.subject,)
        question = self.origins.question(asked.attribute)
        if question is None or not question.of:
            return (SHOP,)
        key = (vocabulary.SUBJECT_LISTS[question.of], SHOP)
        return tuple(str(value) for value in changes.get(key, self.certain(key)) if value != UNKNOWN)

    def subjects_or_new(self, asked: Condition, changes: Changes) -> Iterator[tuple[str, Changes]]:
        """The same, and one more that would have to be named first."""
        yield from ((subject, {}) for subject in self.subjects(asked, changes))
        question = self.origins.question(asked.attribute)
        if not asked.subject.startswith("$") or question is None or not question.of:
            return
        key = (vocabulary.SUBJECT_LISTS[question.of], SHOP)
        known = changes.get(key, self.certain(key))
        if STAND_IN[question.of] not in known:
            yield STAND_IN[question.of], {key: (*known, STAND_IN[question.of])}

    def values(self, asked: Condition) -> Iterator[Value]:
        """Values that meet a condition, the plainest first; "I don't know" only where it is named."""
        attribute = self.attributes[asked.attribute]
        if asked.operator in ("is", "in"):
            yield from sorted(asked.operands, key=lambda value: value == UNKNOWN)
        elif asked.operator == "at-least":
            yield asked.operands[0]
        elif asked.operator == "below":
            yield from (value for value in (_one_less(asked.operands[0]),) if value is not None)
        else:
            yield from (value for value in self.representatives(attribute) if asked.admits(value))

    def representatives(self, attribute: Attribute) -> tuple[Value, ...]:
        """One value for each kind that rules tell apart; for countries the ones people meet most."""
        if attribute.domain in ("vendor", "person"):
            return (STAND_IN[attribute.domain],)
        if attribute.domain != "country":
            return self.consultation.situations.representatives(attribute)
        kinds: dict[object, Value] = {}
        for iso in self._countries():
            country = self.base.countries[iso]
            kinds.setdefault((country.status(self.consultation.as_of), country.flag, country.like), iso)
        return tuple(dict.fromkeys((*kinds.values(), *self.consultation.situations.representatives(attribute))))

    def _countries(self) -> tuple[str, ...]:
        """Countries: those of the case, then those most usual in the catalogue, those to keep away from last."""
        if not self._ordered:
            named = [str(value) for answer in self.case.answers.values() for value in answer.values()]
            usual = Counter(
                str(item)
                for provider in self.base.providers.values()
                for value in provider.assume.values()
                for item in (value if isinstance(value, tuple) else (value,))
            )
            names = dict.fromkeys((*named, *(name for name, _ in usual.most_common()), *self.base.countries))
            known = [self.base.countries[name] for name in names if name in self.base.countries]
            self._ordered = tuple(country.iso for country in sorted(known, key=lambda country: bool(country.flag)))
        return self._ordered

    def known(self, asked: Condition) -> Iterator[Fact]:
        """What the knowledge base says that meets a condition about a country or purpose."""
        name, subject = asked.attribute, asked.subject
        if name in KNOWN_OF_PURPOSES:
            about = (subject,) if not subject.startswith("$") else tuple(self.base.purposes)
        else:
            about = (subject,) if not subject.startswith("$") else tuple(self._countries())
        for item in about:
            for value in self._known_of(name, item):
                if asked.admits(value):
                    yield Fact(name, item, value)

    def _known_of(self, name: str, subject: str) -> tuple[Value, ...]:
        country, purpose = self.base.countries.get(subject), self.base.purposes.get(subject)
        if name == vocabulary.COUNTRY_STATUS and country is not None:
            return (country.status(self.consultation.as_of),)
        if name == vocabulary.COUNTRY_FLAG and country is not None:
            return (country.flag,) if country.flag else ()
        if name == vocabulary.COUNTRY_LIKE and country is not None:
            return (country.like,) if country.like else ()
        if name == vocabulary.PURPOSE_BASIS and purpose is not None:
            return purpose.basis
        return purpose.basis[:1] if purpose is not None else ()

    def may_hold(self, condition: Condition, changes: Changes) -> bool:
        """Whether a condition about an answer holds or is still open."""
        for subject in self.subjects(condition, changes):
            key = (condition.attribute, subject)
            if key in changes:
                if any(condition.admits(value) for value in changes[key]):
                    return True
            elif self.origins.is_open(*key) or any(condition.admits(value) for value in self.certain(key)):
                return True
        return False

    def without(self, fact: Fact, changes: Changes) -> Iterator[Changes]:
        """Changes after which an answer no longer makes a fact possible."""
        key = (fact.attribute, fact.subject)
        attribute = self.attributes[fact.attribute]
        if key in changes and fact.value not in changes[key]:
            yield changes
        elif attribute.many:
            now = changes.get(key, self.certain(key))
            left = tuple(value for value in now if value not in (fact.value, UNKNOWN))
            none = attribute.question is not None and attribute.question.none is not None
            if not left and not none:
                left = tuple(self._other(attribute, fact.value))[:1]
            yield {**changes, key: left}
        elif key not in changes:
            yield from ({**changes, key: (value,)} for value in self._other(attribute, fact.value))

    def _other(self, attribute: Attribute, value: Value) -> Sequence[Value]:
        others = [other for other in self.representatives(attribute) if other not in (value, UNKNOWN)]
        if attribute.domain != "country":
            return others
        return [other for other in others if self._at_home(other)] or others

    def _at_home(self, value: Value) -> bool:
        country = self.base.countries.get(str(value))
        return country is None or country.eea

    def answers(self, changes: Changes) -> tuple[Answer, ...]:
        """The answers that changes stand for."""
        found = []
        for (name, subject), values in changes.items():
            attribute = self.attributes[name]
            question = attribute.question
            assert question is not None
            ask = name if question.kind == "checklist" else question.id
            of = "" if subject == SHOP else subject
            before = self.case.answers.get((ask, of))
            how: How = "file" if self._files else "edited"
            names = before.names if before is not None else {}
            value: Value | tuple[Value, ...] = values if attribute.many else values[0]
            found.append(Answer(ask=ask, of=of, value=value, how=how, names=names))
        return tuple(found)


def _one_less(value: Value) -> Value | None:
    return value - 1 if isinstance(value, int) and value > 0 else None
