"""Which obligation is meant: by id, by its number in the plan, or by words of its title, in either language.

`processor.dpa[mailchimp]`, `processor.dpa for Mailchimp` and `12 Mailchimp` mean one subject only. What is not clear is
never guessed: the nearest titles are named instead.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.errors import UsageError, did_you_mean
from advisor.model import Locale
from advisor.situation import subjects
from advisor.wording import fold

MANY = 5
"""How many titles are named when several fit."""

_WRITTEN = re.compile(r"(?P<id>[a-z][a-z0-9-]*\.[a-z0-9.-]+)\s*(\[(?P<subject>[^\]]+)\]|\s(?P<rest>.+))?\Z")
_NUMBER = re.compile(r"(?P<rank>\d+)\.?(\s+(?P<rest>.+))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """An obligation and, if only one is meant, its subject (empty: all)."""

    id: str
    subject: str = ""


def which(consultation: Consultation, case: Case, said: str) -> Which:
    """The obligation that is meant. Raises UsageError, with the nearest ones, where that is not clear."""
    said = said.strip()
    actions = consultation.base.actions
    if (written := _WRITTEN.match(said)) is not None:
        if written["id"] in actions:
            about = written["subject"] or written["rest"] or ""
            return Which(id=written["id"], subject=_subject(consultation, case, about))
        if not written["rest"]:
            raise _unknown(consultation, case, said, did_you_mean(written["id"], actions))
    if (number := _NUMBER.match(said)) is not None:
        lines = consultation.plan(case).lines
        rank = int(number["rank"])
        if not 1 <= rank <= len(lines):
            raise UsageError(
                consultation.phrase("explain.which.number", case.locale, count=str(len(lines)), number=str(rank))
            )
        return Which(id=lines[rank - 1].id, subject=_subject(consultation, case, number["rest"] or ""))
    return _by_words(consultation, case, said)


def _by_words(consultation: Consultation, case: Case, said: str) -> Which:
    """By words of a title; what names a partner or person says whom it is about."""
    subject, rest = taken_out(consultation, case, said)
    wanted = [word for word in fold(rest).split() if len(word) > 2]
    fitting = [name for name in consultation.base.actions if wanted and _fits(consultation, name, wanted)]
    applying = [line.id for line in consultation.plan(case).lines if line.id in fitting]
    found = fitting if len(fitting) == 1 else applying
    if len(found) == 1:
        return Which(id=found[0], subject=subject)
    if not fitting:
        titles = {action.title.in_(case.locale): name for name, action in consultation.base.actions.items()}
        raise _unknown(consultation, case, said, did_you_mean(said, titles))
    named = [consultation.base.actions[name].title.in_(case.locale) for name in found or fitting]
    listed = "; ".join(named[:MANY]) + ("; ..." if len(named) > MANY else "")
    raise UsageError(consultation.phrase("explain.which.several", case.locale, said=said, titles=listed))


def _fits(consultation: Consultation, name: str, wanted: Iterable[str]) -> bool:
    """Whether every word stands in the title in one language, or in the id; its beginning is enough, or nearly it."""
    action = consultation.base.actions[name]
    written = [fold(action.title.in_(locale)).split() for locale in Locale] + [re.split(r"[.-]", name)]
    return any(all(_stands_in(word, title) for word in wanted) for title in written)


def _stands_in(word: str, title: Sequence[str]) -> bool:
    if any(other.startswith(word) for other in title):
        return True
    return len(word) > 4 and bool(difflib.get_close_matches(word, title, n=1, cutoff=0.8))


def taken_out(consultation: Consultation, case: Case, said: str) -> tuple[str, str]:
    """The partner or person named in the text, and the rest of it."""
    folded = f" {fold(said)} "
    for subject in _known(case):
        for name in (subject, consultation.subject_name(subject, case)):
            if (spelled := f" {fold(name)} ") in folded:
                return subject, folded.replace(spelled, " ", 1)
    return "", said


def _subject(consultation: Consultation, case: Case, said: str) -> str:
    """The subject named after an id or number. Raises UsageError if the case does not know it."""
    wanted = fold(said.strip(" []")).removeprefix("for ").strip()
    if not wanted:
        return ""
    known = {fold(name): it for it in _known(case) for name in (consultation.subject_name(it, case), it)}
    if wanted in known:
        return known[wanted]
    hint = did_you_mean(wanted, known)
    raise UsageError(consultation.phrase("explain.which.subject", case.locale, said=said), hint=hint)


def _known(case: Case) -> tuple[str, ...]:
    return (*subjects(case.answers, "vendor"), *subjects(case.answers, "person"))


def _unknown(consultation: Consultation, case: Case, said: str, hint: str) -> UsageError:
    return UsageError(consultation.phrase("explain.which.unknown", case.locale, said=said), hint=hint)
