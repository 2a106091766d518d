"""The opening story in a case: the facts read from it, which of them were confirmed, and what they answer.

What was read is written into the transcript as it was read, `shop.goods=food`, so that it never has to be read again: a
consultation is resumed and replayed without the words meaning something else under a newer word list. A single answer
that was confirmed is an answer like any other. Of lists the story may have told only a part, so they are asked all the
same, with what was told to begin with.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Protocol

from advisor.case import Case
from advisor.model import STORY, STORY_CONFIRM, Answer, Question, Value

_IS = "="


class Fact(Protocol):
    """What understanding a story yields, see `understanding.story.Told`."""

    @property
    def ask(self) -> str: ...

    @property
    def value(self) -> Value | tuple[Value, ...]: ...


def written(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The facts as the answer to the story question holds them, several values of a list one by one."""
    return tuple(line for fact in facts for line in lines({fact.ask: fact.value}))


def lines(told: Mapping[str, Value | tuple[Value, ...]]) -> tuple[str, ...]:
    """Facts by question or checklist item, as the answer to the story question holds them."""
    return tuple(
        f"{ask}{_IS}{value}" for ask, said in told.items() for value in (said if isinstance(said, tuple) else (said,))
    )


def words(case: Case) -> str:
    """Everything that was told: the story, and what was said at the list that was read from it."""
    return "; ".join(answer.said for answer in case.log if answer.ask == STORY)


def told(case: Case) -> Mapping[str, Value | tuple[Value, ...]]:
    """What the story of a case told, by question or checklist item; several values where it told several."""
    answer = case.answers.get((STORY, ""))
    found: dict[str, tuple[Value, ...]] = {}
    for fact in answer.values() if answer is not None else ():
        ask, _, value = str(fact).partition(_IS)
        found[ask] = (*found.get(ask, ()), int(value) if value.isdecimal() else value)
    return {ask: values[0] if len(values) == 1 else values for ask, values in found.items()}


def confirmed(case: Case) -> Mapping[str, Value | tuple[Value, ...]]:
    """What of it was confirmed; nothing while the confirmation is due."""
    answer = case.answers.get((STORY_CONFIRM, ""))
    kept = answer.values() if answer is not None else ()
    return {ask: value for ask, value in told(case).items() if ask in kept}


def is_to_be_confirmed(case: Case) -> bool:
    """Whether facts were read from a story and nobody has said yet whether they are right."""
    return bool(told(case)) and (STORY_CONFIRM, "") not in case.answers


def answers(case: Case, kept: Container[Value], lists: Container[str]) -> Iterator[Answer]:
    """The answers that the confirmed facts give; questions in `lists` are only begun by a story."""
    for ask, value in told(case).items():
        if ask in kept and ask not in lists and not isinstance(value, tuple):
            yield Answer(ask=ask, value=value, how="story")


def mentioned(case: Case, question: Question) -> tuple[Value, ...]:
    """The values of a list that the story told."""
    if not question.many or question.of:
        return ()
    value = confirmed(case).get(question.id, ())
    return value if isinstance(value, tuple) else (value,)


def left_out(case: Case, question: Question) -> tuple[Value, ...]:
    """What the story told of a list, and its answer leaves out."""
    answer = case.answers.get((question.id, ""))
    if answer is None or question.kind in ("confirm", "story"):
        return ()
    return tuple(value for value in mentioned(case, question) if value not in answer.values())


def unexplained(case: Case, countries: Iterable[str]) -> tuple[str, ...]:
    """Countries that no answer names: what is there, was told in the story only."""
    named = {value for answer in case.answers.values() if answer.ask != STORY for value in answer.values()}
    return tuple(iso for iso in dict.fromkeys(countries) if iso not in named)
