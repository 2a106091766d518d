"""What a "what if" in everyday words supposes about one case, written as `changes` reads it.

`understanding.supposing` finds questions and values; here they become changes of this case's answers: of a list what is
added and left out, "also to companies" together with what there is already, of each vendor that is named. What is not
sure becomes several suppositions, each with its name, of which the person chooses one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.errors import UsageError
from advisor.explaining import changes
from advisor.explaining.which import taken_out
from advisor.model import UNKNOWN, Answer, Value
from advisor.situation import answered, subjects
from advisor.understanding.supposing import Change, Supposed
from advisor.understanding.understand import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One thing that may be supposed: as `question=value`, and as one says it."""

    changes: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed for sure, or else what may be meant. `so` is what was understood and is so already."""

    changes: str = ""
    meant: tuple[Meant, ...] = ()
    so: tuple[str, ...] = ()


def supposed(consultation: Consultation, case: Case, understanding: Understanding, said: str) -> Supposition:
    """What a line supposes. Nothing at all where nothing was understood."""
    about, rest = taken_out(consultation, case, said)
    if about in subjects(case.answers, "vendor"):
        found = understanding.suppose(rest, case.locale, of_vendor=True)
        of_vendor = _of_case(consultation, case, found, about)
        if of_vendor.changes or of_vendor.meant:
            return of_vendor
    return _of_case(consultation, case, understanding.suppose(said, case.locale), about)


def answers_supposed(
    consultation: Consultation, case: Case, understanding: Understanding, said: str
) -> tuple[Answer, ...]:
    """The answers that a line supposes, in everyday words or as `question=value`. Raises UsageError if unclear."""
    if "=" in said:
        return changes.parse(consultation, case, said)
    found = supposed(consultation, case, understanding, said)
    if found.changes:
        return changes.parse(consultation, case, found.changes)

    def say(name: str, **words: str) -> str:
        return consultation.phrase(f"explain.supposed.{name}", case.locale, **words)

    if found.so:
        raise UsageError(say("so", answers="; ".join(found.so)))
    if not found.meant:
        raise UsageError(say("none", said=said.strip()), hint="seller.vat_registered=no vendor.country[mailchimp]=DE")
    listed = " ".join(f"{number}. {each.label}." for number, each in enumerate(found.meant, start=1))
    ready = "; ".join(each.changes for each in found.meant)
    phrase = "several" if len(found.meant) > 1 else "one"
    raise UsageError(say(phrase, said=said.strip(), meant=listed), hint=say("pick", example=ready))


def _of_case(consultation: Consultation, case: Case, found: Supposed, about: str) -> Supposition:
    sure = _written(consultation, case, found.sure, about)
    if found.sure:
        labels = (_label(consultation, case, change, about) for change in found.sure) if not sure else ()
        return Supposition(changes=sure, so=tuple(dict.fromkeys(labels)))
    meant: dict[str, Meant] = {}
    for change in found.doubtful:
        written = _written(consultation, case, (change,), about)
        if written:
            meant.setdefault(written, Meant(changes=written, label=_label(consultation, case, change, about)))
    if not meant and len(found.doubtful) == 1:
        return Supposition(so=(_label(consultation, case, found.doubtful[0], about),))
    return Supposition(meant=tuple(meant.values()))


def _written(consultation: Consultation, case: Case, wanted: Iterable[Change], about: str) -> str:
    """Changes as text; those of one list together."""
    lists: dict[str, list[str]] = {}
    for change in wanted:
        key = _key(consultation, case, change, about)
        if not key:
            continue
        value = str(_joined(consultation, case, change))
        signs = {"add": "+", "without": "-", "only": "", "is": ""}
        if _is_listed(consultation, case, change) == (change.kind == "add") and change.kind in ("add", "without"):
            continue
        if change.kind == "without" and consultation.question(change.ask).kind == "people":
            value = next(person for person in subjects(case.answers, "person") if _place(case, person) == change.value)
        lists.setdefault(key, []).append(f"{signs[change.kind]}{value}")
    return " ".join(f"{key}={','.join(_completed(consultation, case, key, items))}" for key, items in lists.items())


def _key(consultation: Consultation, case: Case, change: Change, about: str) -> str:
    """The question with its subject; empty where it is about a vendor and none is clear."""
    question = consultation.question(change.ask)
    if not question.of:
        return change.ask
    here = subjects(case.answers, question.of)
    subject = about if about in here else here[0] if len(here) == 1 else ""
    return f"{change.ask}[{subject}]" if subject else ""


def _joined(consultation: Consultation, case: Case, change: Change) -> Value:
    """ "Also to companies" is both, where the answer is otherwise or not given."""
    question = consultation.question(change.ask)
    before = case.answers.get((change.ask, ""))
    if change.also and question.option("both") is not None and (before is None or before.value != change.value):
        return "both"
    return change.value


def _is_listed(consultation: Consultation, case: Case, change: Change) -> bool:
    """Whether a list holds a value already; people are listed by their country."""
    question = consultation.question(change.ask)
    if not question.many or question.kind == "checklist":
        return False
    answer = case.answers.get((change.ask, ""))
    values = answer.values() if answer is not None else ()
    return change.value in (*values, *(_place(case, str(value)) for value in values))


def _place(case: Case, person: str) -> Value | tuple[Value, ...]:
    answer = case.answers.get(("person.country", person))
    return answer.value if answer is not None else ""


def _completed(consultation: Consultation, case: Case, key: str, items: list[str]) -> list[str]:
    """A list that nobody has told yet holds more than what is added to it, not known what."""
    question = consultation.questions.get(key)
    told = question is None or answered(question, question.attribute, "", case.answers) is not None
    return items if told or not items[0].startswith("+") else [*items, f"+{UNKNOWN}"]


def _label(consultation: Consultation, case: Case, change: Change, about: str) -> str:
    """A change as a candidate shows it."""
    question = consultation.question(change.ask)
    title = consultation.question_title(change.ask, about if question.of else "", case)
    value = consultation.value_name(change.ask, _joined(consultation, case, change), case)
    phrase = "explain.supposed.without" if change.kind == "without" else "explain.supposed.is"
    return consultation.phrase(phrase, case.locale, title=title, value=value)
