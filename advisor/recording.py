"""What an answer records: itself, and everything that comes with it.

What a joint question answers, what is assumed of a partner or of people, what the opening story told.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor import story
from advisor.case import Case
from advisor.effects import Say
from advisor.hearing import Hearing
from advisor.known_people import known_people, taken_over
from advisor.model import STORY_CONFIRM, UNKNOWN, Answer, Question
from advisor.understanding.understand import Reading

_PEOPLE = ("actor", "helper", "counted-person")
"""Lists of words for people, and for firms where people work for a shop."""
_AT_WORK = ("accounting", "other")
"""What a company with a legal form in its name does by hand rather than in a service online."""


class Recording(Hearing):
    """From readings to answers."""

    def turns(self, case: Case, question: Question, subject: str, reading: Reading, said: str) -> tuple[Answer, ...]:
        """The answer and everything that comes with it: what is assumed because of it, what a story answers."""
        assert reading.value is not None and reading.how is not None
        if question.kind == "people":
            return self._people(case, question, reading, said)
        answer = Answer(
            ask=question.id, of=subject, said=said, value=reading.value, how=reading.how, names=reading.names
        )
        found = [answer, *self.implied(case, answer)]
        if reading.besides is not None and (question.besides, subject) not in case.answers:
            found.append(Answer(ask=question.besides, of=subject, value=reading.besides, how="story"))
        if question.id == STORY_CONFIRM:
            lists = {item.id for item in self.base.questions if item.many}
            found.extend(story.answers(case, answer.values(), lists))
        elif question.kind == "vendors":
            for vendor in answer.values():
                if vendor != UNKNOWN and vendor in self.base.providers:
                    found.extend(self.assumptions(str(vendor), str(vendor), case.answers))
        elif question.id == "vendor.function" and ("vendor.role", subject) not in case.answers:
            role = self.base.roles.get(str(reading.value))
            if role is not None:
                found.append(Answer(ask="vendor.role", of=subject, value=role.role, how="assumed"))
        if question.id == "vendor.function" and self._is_no_service(case, answer):
            found.append(Answer(ask="vendor.consumer_grade", of=subject, value="no", how="assumed"))
        return tuple(found)

    def _is_no_service(self, case: Case, answer: Answer) -> bool:
        """Whether a new partner is a person or a firm at work, so that nobody has a private account there."""
        name, key = self.subject_name(answer.of, case), ("vendor.consumer_grade", answer.of)
        asked = key in self.conclusions(case.add(answer)).situation.applicable
        if not asked or key in case.answers or answer.of in self.base.providers:
            return False
        if any(self.understanding.holds(said, case.locale, *_PEOPLE) for said in (name, answer.said)):
            return True
        return answer.value in _AT_WORK and self.understanding.holds(name, case.locale, "company")

    def _people(self, case: Case, question: Question, reading: Reading, said: str) -> tuple[Answer, ...]:
        """One person stands for everybody who works from the same country."""
        assert reading.value is not None and reading.how is not None
        named = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        before = {of: answer.value for (ask, of), answer in case.answers.items() if ask == "person.country"}
        places = tuple(dict.fromkeys(before.get(str(place), place) for place in named))
        people = {f"person-{str(place).lower()}": place for place in places if place != UNKNOWN}
        value = (*people, UNKNOWN) if UNKNOWN in places else tuple(people)
        yes = Answer(ask=question.id, said=said, value=value, how=reading.how)
        known = known_people(self, case, said, {person: str(place) for person, place in people.items()})
        return (
            yes,
            *(Answer(ask="person.country", of=person, value=place, how="assumed") for person, place in people.items()),
            *(taken for person, vendor in known for taken in taken_over(self, case, person, vendor)),
        )

    def _recognised(self, before: Case, case: Case, turns: tuple[Answer, ...], said: str) -> Iterator[Say]:
        """Who was named as a partner already, so that it is not asked again."""
        people = {turn.of: str(turn.value) for turn in turns if turn.ask == "person.country"}
        for person, vendor in known_people(self, before, said, people):
            if any(turn.of == person and turn.ask != "person.country" for turn in turns):
                names = {"person": self.subject_name(person, case), "vendor": self.subject_name(vendor, case)}
                yield Say(phrase="people.known", words=names)
