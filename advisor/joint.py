"""Joint questions: one prompt that answers several questions at once, so that nobody is asked the same thing six times.

One about a single vendor ("is the data kept only there?") answers several questions about it with a yes; with a no they
are asked one by one. One across vendors ("which of these ...?") answers the same question about each. What it answers
is recorded as answers of their own, `implied`, so that rules, explanations and documents need not know of any of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.model import UNKNOWN, Answer, Question, Value
from advisor.situation import Answers


def implied(
    question: Question, answer: Answer, shown: Iterable[str], answers: Answers, questions: Mapping[str, Question]
) -> Iterator[Answer]:
    """The answers that an answer to a joint question gives; `shown` are the subjects that one across them listed."""
    said = answer.values()
    if question.across:
        for subject in shown:
            value = "yes" if subject in said else UNKNOWN if UNKNOWN in said else "no"
            yield Answer(ask=question.settles[0], of=subject, value=value, how="implied")
        return
    if answer.value == "no":
        return
    for name in question.settles:
        values: tuple[Value, ...] | None = (UNKNOWN,)
        if answer.value == "yes":
            values = _meant(question, name, answer.of, answers, questions)
        if values is not None:
            yield Answer(ask=name, of=answer.of, value=values if questions[name].many else values[0], how="implied")


def can_be_put(question: Question, subject: str, answers: Answers, questions: Mapping[str, Question]) -> bool:
    """Whether a joint question about a subject makes sense: what it refers to is known, nothing is answered already.

    It is put again where it was answered and what it referred to has changed since.
    """
    meant = {name: _meant(question, name, subject, answers, questions) for name in question.settles}
    if any(values is None for values in meant.values()):
        return False
    given = [answers.get((name, subject)) for name in question.settles]
    before = answers.get((question.id, subject))
    if before is None:
        return not any(given)
    if before.value != "yes":
        return False
    return any(
        answer is not None and answer.how == "implied" and answer.values() != meant[answer.ask] for answer in given
    )


def _meant(
    question: Question, name: str, subject: str, answers: Answers, questions: Mapping[str, Question]
) -> tuple[Value, ...] | None:
    """What "yes" answers to one of the questions; None while what it refers to is not known."""
    found: list[Value] = []
    for value in question.yes[name]:
        if value not in questions:
            found.append(value)
            continue
        other = answers.get((str(value), subject))
        if other is None or UNKNOWN in other.values():
            return None
        found.extend(other.values())
    return tuple(found)
