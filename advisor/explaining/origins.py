"""Where given facts come from: which answers, or what the knowledge base says. Nothing about rules.

A fact rests on the answer that states it and, if it is about a vendor or a person, on the answer that named them. That
something is *not* the case rests on the answer that closes the attribute, or on those by which its question does not
arise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from advisor import vocabulary
from advisor.case import Case
from advisor.conclusions import Conclusions
from advisor.model import SHOP, UNKNOWN, Answer, Condition, KnowledgeBase, Question, Value
from advisor.situation import STAND_IN, Key, answered

OriginKind = Literal["answer", "catalogue", "usual-role", "country", "purpose"]
"""Said by the person, assumed from the catalogue or from what a vendor does, or known of a country or purpose."""

_USUAL = ("vendor.role", "vendor.consumer_grade")
"""What is assumed of a partner that the catalogue does not know, because of what it does."""
KNOWN_OF_COUNTRIES = (vocabulary.COUNTRY_STATUS, vocabulary.COUNTRY_FLAG, vocabulary.COUNTRY_LIKE)
KNOWN_OF_PURPOSES = (vocabulary.PURPOSE_BASIS, vocabulary.PURPOSE_MAIN_BASIS)


class Origins:
    """The origins of the given facts of one case."""

    def __init__(self, base: KnowledgeBase, case: Case, conclusions: Conclusions) -> None:
        self.base = base
        self.case = case
        self.situation = conclusions.situation
        self.uncertain = self.situation.open | self.situation.unknown
        self._questions = {name: question for question in base.questions for name in question.attributes()}

    def question(self, attribute: str) -> Question | None:
        """The question that sets an attribute; None for what is derived or known."""
        return self._questions.get(attribute)

    def kind(self, attribute: str, subject: str) -> OriginKind:
        """Where the value of a given attribute comes from."""
        if attribute in KNOWN_OF_COUNTRIES:
            return "country"
        if attribute in KNOWN_OF_PURPOSES:
            return "purpose"
        answer = self.answer(attribute, subject)
        if answer is None or answer.how != "assumed" or not answer.ask.startswith("vendor."):
            return "answer"  # where people work is assumed from the person's own words about them
        alone = not any(
            other.how == "assumed" and other.of == answer.of and other.ask not in _USUAL
            for other in self.case.answers.values()
        )
        return "usual-role" if alone and answer.ask in _USUAL else "catalogue"

    def answer(self, attribute: str, subject: str) -> Answer | None:
        """The answer that states an attribute. An item of a checklist answered by itself goes first."""
        question = self._questions.get(attribute)
        if question is None:
            return None
        of = "" if subject == SHOP else subject
        return self.case.answers.get((attribute, of)) or self.case.answers.get((question.id, of))

    def resting_on(self, attribute: str, subject: str) -> tuple[Answer, ...]:
        """The answers without which the attribute of this subject would not be what it is."""
        own = self.answer(attribute, subject)
        naming = self.naming(subject)
        return tuple(answer for answer in (naming, own) if answer is not None)

    def naming(self, subject: str) -> Answer | None:
        """The answer that named a vendor or person."""
        for ask in ("vendors", "people_remote_access"):
            answer = self.case.answers.get((ask, ""))
            if answer is not None and subject in answer.values():
                return answer
        return None

    def subjects(self, attribute: str) -> tuple[str, ...]:
        """The subjects an attribute is about in this case, stand-ins for unnamed ones included."""
        question = self._questions.get(attribute)
        if question is None or not question.of:
            return (SHOP,)
        list_key = (vocabulary.SUBJECT_LISTS[question.of], SHOP)
        named = tuple(str(value) for value in self.values(*list_key) if value != UNKNOWN)
        return (*named, STAND_IN[question.of]) if list_key in self.uncertain else named

    def listing(self, attribute: str) -> Key:
        """The list that names the subjects of an attribute."""
        question = self._questions[attribute]
        return vocabulary.SUBJECT_LISTS[question.of], SHOP

    def values(self, attribute: str, subject: str) -> tuple[Value, ...]:
        """What was answered; nothing where it is open or does not arise."""
        question = self._questions.get(attribute)
        if question is None or not self.arises(attribute, subject):
            return ()
        return answered(question, attribute, "" if subject == SHOP else subject, self.case.answers) or ()

    def arises(self, attribute: str, subject: str) -> bool:
        """Whether the question applies to this case."""
        return (attribute, subject) in self.situation.applicable

    def is_open(self, attribute: str, subject: str) -> bool:
        """Not answered, or answered with "I don't know"."""
        return (attribute, subject) in self.uncertain

    def barriers(self, attribute: str, subject: str) -> Iterator[tuple[Condition, str]]:
        """Why a question does not arise: for each alternative of its `when`, a condition that cannot hold, and of whom.

        The subject is empty where the condition is about some vendor or person, and none of them meets it.
        """
        question = self._questions[attribute]
        for group in question.when:
            for condition in group:
                of = condition.subject
                if of.startswith("$"):
                    of = subject if question.of else ""
                if not self._can_hold(condition, of):
                    yield condition, of
                    break

    def _can_hold(self, condition: Condition, of: str) -> bool:
        name = condition.attribute
        if not of:
            return any(
                (name, subject) in self.situation.open or any(map(condition.admits, self.values(name, subject)))
                for subject in self.subjects(name)
            )
        return self.is_open(name, of) or any(map(condition.admits, self.values(name, of)))
