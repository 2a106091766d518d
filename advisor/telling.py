"""What the conversation tells when asked: help, why, status, review. Read from the conclusions, never hand-written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation, Key
from advisor.contradictions import Clash
from advisor.model import CONFIRM, SHOP, Answer, Locale, Option, Question
from advisor.wording import fill

_LISTING = {"vendor": ("vendors",), "person": ("people",)}
MOST_ANSWERS = 5
"""Up to so many options it is told what each of them leads to."""
MOST_OTHERS = 4
"""How many other questions are named on which the same hangs."""
MOST_NAMED = 6
"""How many values of one list a summary names."""


def help_lines(consultation: Consultation, case: Case, pending: Key) -> tuple[str, ...]:
    locale = case.locale
    question = consultation.question(pending[0])
    words = {
        "v": consultation.subject_name(pending[1], case),
        "p": consultation.subject_name(pending[1], case),
    }
    return (fill(question.help.in_(locale), words), "", *consultation.phrase("help.commands", locale).split(" | "))


def status_lines(consultation: Consultation, case: Case, pending: Key) -> tuple[str, ...]:
    progress = consultation.progress(case, consultation.question(pending[0]).topic)
    words = {
        "answered": str(progress.answered),
        "left": str(progress.left),
        "actions": str(progress.actions),
        "topic": progress.topic.in_(case.locale),
    }
    return (consultation.phrase("status.line", case.locale, **words),)


def more_words(consultation: Consultation, before: Case, case: Case) -> Mapping[str, str]:
    """How many questions an answer brought, and about whom or what; nothing where no more are to come than before."""
    if consultation.left(case) <= consultation.left(before):
        return {}
    known = set(consultation.open_questions(before))
    new = [key for key in consultation.open_questions(case) if key not in known and key[0] != CONFIRM]
    counted = Counter(
        consultation.subject_name(subject, case) if subject else consultation.question_title(ask, "", case)
        for ask, subject in new
    )
    about = [
        consultation.phrase("progress.more.about", case.locale, about=name, count=str(count)) if count > 1 else name
        for name, count in counted.items()
    ]
    more = f"; +{len(about) - MOST_NAMED}" if len(about) > MOST_NAMED else ""
    return {"count": str(len(new)), "about": "; ".join(about[:MOST_NAMED]) + more} if new else {}


def topic_line(consultation: Consultation, case: Case, topic: str) -> str:
    """The answers about the shop in one topic in a line, those left out that say there is none."""
    said = [
        _said(consultation, case, answer, MOST_NAMED)
        for answer in case.reviewable()
        if consultation.question(answer.ask).topic == topic
        and answer.ask != CONFIRM
        and not answer.of
        and answer.value not in ((), "none", "no")
    ]
    return "; ".join(said)


def review_lines(consultation: Consultation, case: Case) -> Iterator[str]:
    """Every answer with its number, as `change` takes it."""
    for number, answer in enumerate(case.reviewable(), start=1):
        yield f"{number}. {_said(consultation, case, answer)}"
    for note in case.notes:
        yield consultation.phrase("review.note", case.locale, note=note)
    for clash in consultation.clashes(case):
        yield consultation.phrase("review.contradiction", case.locale, **clash_words(consultation, case, clash))


def clash_words(consultation: Consultation, case: Case, clash: Clash) -> Mapping[str, str]:
    """A contradiction in a sentence, and how to change each of the answers: "change 3 (Legal form)"."""
    locale = case.locale
    names = {name.removeprefix("$"): consultation.subject_name(str(value), case) for name, value in clash.bound.items()}
    steps = [answer.key for answer in case.reviewable()]
    numbers = dict.fromkeys(number for key in clash.keys if (number := _number(consultation, steps, key)) is not None)
    ways = [
        consultation.phrase(
            "contradiction.change",
            locale,
            number=str(number + 1),
            title=consultation.question_title(*steps[number], case),
        )
        for number in numbers
    ]
    return {
        "text": fill(clash.item.text.in_(locale), names),
        "how": f" {consultation.phrase('contradiction.or', locale)} ".join(ways),
    }


def _number(consultation: Consultation, steps: Sequence[Key], key: Key) -> int | None:
    """Where an attribute's answer stands in the review; what is assumed of a vendor, where the vendor was named."""
    attribute, subject = key
    of = "" if subject == SHOP else subject
    question = consultation.situations.attributes[attribute].question
    asks = (attribute, question.id if question is not None else attribute)
    found = [steps.index((ask, of)) for ask in asks if (ask, of) in steps]
    if not found and question is not None and question.of:
        found = [
            number for number, (ask, _) in enumerate(steps) if consultation.question(ask).kind in _LISTING[question.of]
        ]
    return found[0] if found else None


def _said(consultation: Consultation, case: Case, answer: Answer, most: int | None = None) -> str:
    """An answer with what it is about; of a list at most so many values."""
    title = consultation.question_title(answer.ask, answer.of, case)
    value, more = answer.value, ""
    if most is not None and isinstance(value, tuple) and len(value) > most:
        value, more = value[: most - 1], f" (+{len(value) - most + 1})"
    return f"{title}: {consultation.value_name(answer.ask, value, case)}{more}"


def why_lines(consultation: Consultation, case: Case, pending: Key) -> Iterator[str]:
    """What hangs on the pending question, and what each answer would lead to."""
    name, subject = pending
    locale = case.locale
    question = consultation.question(name)
    if question.kind in ("confirm", "story"):
        yield question.help.in_(locale)
        return
    conclusions = consultation.conclusions(case)
    keys = consultation.settled_by(pending, case)
    hanging = dict.fromkeys(due.id for due in conclusions.maybe if conclusions.hangs_on(due) & keys)
    if not hanging:
        yield consultation.phrase(
            "why.order" if set(question.attributes()) & consultation.ranking else "why.nothing", locale
        )
        return
    yield consultation.phrase("why.hangs", locale)
    titles = [
        consultation.base.actions[name].title.in_(locale) for name in hanging if name in consultation.base.actions
    ]
    yield from (f"- {title}" for title in titles[:8])
    if len(titles) > 8:
        yield consultation.phrase("why.more", locale, count=str(len(titles) - 8))
    if question.kind in ("choice", "yes-no") and len(question.options) <= MOST_ANSWERS:
        yield ""
        options = consultation.shown_options(question, subject, case)
        yield from _led_to(consultation, case, question, subject, options, conclusions)
    others = _others(consultation, case, pending, hanging, conclusions)
    if others:
        yield ""
        yield consultation.phrase("why.together", locale, questions="; ".join(others))


def _led_to(
    consultation: Consultation,
    case: Case,
    question: Question,
    subject: str,
    options: Iterable[Option],
    before: Conclusions,
) -> Iterator[str]:
    """What each answer leads to; those that settle nothing by themselves in one line."""
    locale = case.locale
    led = {
        option.label.in_(locale): _leads_to(consultation, case, question, subject, option, before) for option in options
    }
    if not any(led.values()):
        yield consultation.phrase("why.settles-nothing", locale)
        return
    yield consultation.phrase("why.answers", locale)
    yield from (f"- {label}: {said}" for label, said in led.items() if said)
    if silent := [label for label, said in led.items() if not said]:
        yield f"- {' / '.join(silent)}: {consultation.phrase('why.no-change', locale)}"


def _others(
    consultation: Consultation, case: Case, pending: Key, hanging: Container[str], conclusions: Conclusions
) -> list[str]:
    """The other open questions on which most of the same obligations hang, in a few words each."""
    keys = consultation.settled_by(pending, case)
    counted: dict[str, int] = {}
    for due in conclusions.maybe:
        on = conclusions.hangs_on(due) if due.id in hanging else frozenset()
        if not on & keys:
            continue
        titles = {consultation.attribute_title(attribute, subject, case) for attribute, subject in on - keys}
        for title in titles - {""}:
            counted[title] = counted.get(title, 0) + 1
    ranked = sorted(counted, key=lambda title: (-counted[title], title))
    return ranked[:MOST_OTHERS]


def _leads_to(
    consultation: Consultation, case: Case, question: Question, subject: str, option: Option, before: Conclusions
) -> str:
    """What one answer would add for certain and rule out; nothing if it settles nothing by itself."""
    locale = case.locale
    answer = Answer(ask=question.id, of=subject, value=option.value, how="label")
    given = (answer, *consultation.implied(case, answer))
    after = consultation.conclude({**case.answers, **{each.key: each for each in given}})
    added = _ids(after.certain) - _ids(before.certain)
    gone = _ids(before.maybe) - _ids(after.maybe) - _ids(after.certain)
    parts = []
    if added:
        parts.append(consultation.phrase("why.adds", locale, titles=_titles(consultation, added, locale)))
    if gone:
        parts.append(consultation.phrase("why.rules-out", locale, titles=_titles(consultation, gone, locale)))
    return "; ".join(parts)


def _titles(consultation: Consultation, ids: Iterable[str], locale: Locale) -> str:
    titles = sorted(
        consultation.base.actions[name].title.in_(locale) for name in ids if name in consultation.base.actions
    )
    more = f" (+{len(titles) - 3})" if len(titles) > 3 else ""
    return ", ".join(titles[:3]) + more


def _ids(dues: Iterable[Due]) -> set[str]:
    return {due.id for due in dues}
