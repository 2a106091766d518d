"""What a founder could decide otherwise in one case, and what the answers are after it.

The entries of the knowledge base's `changeable:` become decisions about this shop, its vendors and its people. A
decision works on answers as they are, so that several can be taken one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor import vocabulary
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.explaining.origins import Origins
from advisor.model import SHOP, UNKNOWN, Answer, Changeable, Condition, How, Value
from advisor.situation import Answers
from advisor.vocabulary import Attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of `changeable:` for one subject and value. `answers` are the answers it makes."""

    item: Changeable
    subject: str
    value: Value
    attributes: frozenset[str]
    """The attributes it changes."""
    leaves_out: bool
    """Whether it leaves the value out of a list instead of choosing it."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.item.id, self.subject, str(self.value)


def decisions(consultation: Consultation, case: Case) -> tuple[Decision, ...]:
    """Everything the founder of this case could decide otherwise."""
    origins = Origins(consultation.base, case, consultation.conclusions(case))
    return tuple(
        decision
        for item in consultation.base.changeable
        for subject in origins.subjects(item.attribute)
        if not origins.is_open(item.attribute, subject) or UNKNOWN in origins.values(item.attribute, subject)
        for decision in _of_item(consultation, origins, item, subject)
    )


def _of_item(consultation: Consultation, origins: Origins, item: Changeable, subject: str) -> Iterator[Decision]:
    current = origins.values(item.attribute, subject)
    if not current:
        return
    attributes = {item.attribute, *item.also}
    if item.to:
        if not _holds(origins, item.when, subject):
            return
        for value in item.to:
            also = (origins.values(name, subject) == _listed(wanted) for name, wanted in item.also.items())
            if current != (value,) or not all(also):
                yield Decision(
                    item=item, subject=subject, value=value, attributes=frozenset(attributes), leaves_out=False
                )
        return
    kind = next((kind for kind, name in vocabulary.SUBJECT_LISTS.items() if name == item.attribute), "")
    if kind:
        known = consultation.situations.attributes.values()
        attributes |= {attribute.id for attribute in known if attribute.of == kind}
    for value in current:
        named = value in item.without or (item.without == ("any",) and value not in (UNKNOWN, *item.keep))
        if named and _holds(origins, item.when, str(value) if kind else subject):
            yield Decision(item=item, subject=subject, value=value, attributes=frozenset(attributes), leaves_out=True)


def _listed(value: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _holds(origins: Origins, when: Iterable[Condition], subject: str) -> bool:
    """Whether answers meet the conditions under which an entry makes sense. What is not known is not this or that."""
    for condition in when:
        key = condition.attribute, subject if condition.subject.startswith("$") else condition.subject
        values = origins.values(*key)
        unlike = condition.operator == "is-not" and condition.operands[0] not in values
        if not (unlike or any(map(condition.admits, values))):
            return False
    return True


class Trial:
    """Answers while decisions are applied to them, one after the other."""

    def __init__(self, consultation: Consultation, answers: Answers) -> None:
        self.attributes: Mapping[str, Attribute] = consultation.situations.attributes
        self.now = dict(answers)
        self.possible = True
        """False once a list that must name something would be empty."""

    def apply(self, decision: Decision) -> None:
        item = decision.item
        attribute = self.attributes[item.attribute]
        if decision.leaves_out:
            left = tuple(value for value in self._current(attribute, decision.subject) if value != decision.value)
            question = attribute.question
            assert question is not None
            if not left and question.none is None and question.kind not in ("vendors", "people"):
                self.possible = False
            self._set(attribute, decision.subject, left)
        else:
            self._set(attribute, decision.subject, (decision.value,) if attribute.many else decision.value)
        for name, value in item.also.items():
            self._set(self.attributes[name], decision.subject, value)

    def _key(self, attribute: Attribute, subject: str) -> tuple[str, str]:
        question = attribute.question
        assert question is not None
        return attribute.id if question.kind == "checklist" else question.id, "" if subject == SHOP else subject

    def _current(self, attribute: Attribute, subject: str) -> tuple[Value, ...]:
        answer = self.now.get(self._key(attribute, subject))
        return answer.values() if answer is not None else ()

    def _set(self, attribute: Attribute, subject: str, value: Value | tuple[Value, ...]) -> None:
        key = self._key(attribute, subject)
        before = self.now.get(key)
        how: How = "file" if before is not None and before.how == "file" else "edited"
        names = before.names if before is not None else {}
        self.now[key] = Answer(ask=key[0], of=key[1], value=value, how=how, names=names)


def applied(consultation: Consultation, case: Case, decisions: Iterable[Decision]) -> Case:
    """The case after some decisions."""
    answers = Trial(consultation, case.answers)
    names: dict[str, str] = {}
    for decision in decisions:
        answers.apply(decision)
        if decision.item.another is not None:
            known = consultation.subject_name(decision.subject, case)
            names[decision.subject] = decision.item.another.in_(case.locale).replace("{v}", known)
    for key, answer in answers.now.items():
        if case.answers.get(key) is not answer:
            case = case.add(answer)
    naming = case.answers.get(("vendors", ""))
    if names and naming is not None:
        renamed = {**naming.names, **names}
        case = case.add(Answer(ask=naming.ask, value=naming.value, how=naming.how, names=renamed))
    return case
