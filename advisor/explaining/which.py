"""Which obligation is meant: by id, by its number in the plan, by words of its title or what people call it, in either
language.

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
from advisor.explaining.recognising import recogniser
from advisor.model import Locale
from advisor.situation import subjects
from advisor.wording import fold

MANY = 5
"""How many titles are named when several fit."""

LIKE = 0.85
"""Likeness from which a word is another one misspelt: "functon" is, "start" is not "smart"."""

_WRITTEN = re.compile(r"(?P<id>[a-z][a-z0-9-]*\.[a-z0-9.-]+)\s*(\[(?P<subject>[^\]]+)\]|\s(?P<rest>.+))?\Z")
_NUMBER = re.compile(r"(?P<rank>\d+)\.?(\s+(?P<rest>.+))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """An obligation and, if only one is meant, its subject (empty: all)."""

    id: str
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.id}[{self.subject}]" if self.subject else self.id


class Unclear(UsageError):
    """Several obligations may be meant, or one that is not surely the one: `meant`, the likeliest first."""

    def __init__(self, message: str, meant: tuple[Which, ...]) -> None:
        super().__init__(message)
        self.meant = meant


def which(consultation: Consultation, case: Case, said: str, missing: bool = False) -> Which:
    """The obligation that is meant; of several that fit the one that applies, or the one that is `missing`.

    Raises UsageError, with the nearest ones, where that is not clear.
    """
    said = said.strip(" ?")
    actions = consultation.base.actions
    if (written := _WRITTEN.match(said)) is not None:
        if written["id"] in actions:
            about = written["subject"] or written["rest"] or ""
            return Which(id=written["id"], subject=_subject(consultation, case, about))
        if not written["rest"]:
            raise _unknown(consultation, case, said, did_you_mean(written["id"], actions))
    named = recogniser(consultation.base).find(said, case.locale)
    if (number := _NUMBER.match(said)) is not None and not (named.called and named.wholly):  # "30. pants"
        lines = consultation.plan(case).lines
        rank = int(number["rank"])
        if not 1 <= rank <= len(lines):
            raise UsageError(
                consultation.phrase("explain.which.number", case.locale, count=str(len(lines)), number=str(rank))
            )
        return Which(id=lines[rank - 1].id, subject=_subject(consultation, case, number["rest"] or ""))
    return _by_words(consultation, case, said, missing)


def _by_words(consultation: Consultation, case: Case, said: str, missing: bool) -> Which:
    """By words of a title or everyday names; what names a partner or person says whom it is about."""
    subject, rest = taken_out(consultation, case, said)
    recognised = recogniser(consultation.base).find(rest, case.locale)
    wanted = recognised.words
    fitting = [name for name in consultation.base.actions if wanted and _fits(consultation, name, wanted)]
    by_title = len(wanted) > 1 and not recognised.wholly
    if len(fitting) == 1 and (by_title or (len(wanted) == 1 and wanted[0] in re.split(r"[.-]", fitting[0]))):
        return Which(id=fitting[0], subject=subject)
    found = tuple(dict.fromkeys((*recognised.called, *fitting)))
    applying = {line.id for line in consultation.plan(case).lines}
    sensible = [name for name in found if (name in applying) != missing]
    clear = found if len(found) == 1 else sensible
    if len(clear) == 1 and (clear[0] in recognised.called or len(wanted) > 1):  # one word of a title is little
        return Which(id=clear[0], subject=subject)
    likely = found or recognised.speaking
    if not likely:
        titles = {action.title.in_(case.locale): name for name, action in consultation.base.actions.items()}
        raise _unknown(consultation, case, said, did_you_mean(said, titles))
    meant = sorted(likely, key=lambda name: (name in applying) == missing)
    named = [consultation.base.actions[name].title.in_(case.locale) for name in meant]
    listed = "; ".join(named[:MANY]) + ("; ..." if len(named) > MANY else "")
    phrase = "explain.which.several" if len(named) > 1 else "explain.which.one"
    raise Unclear(
        consultation.phrase(phrase, case.locale, said=said, titles=listed),
        tuple(Which(id=name, subject=subject) for name in meant[:MANY]),
    )


def _fits(consultation: Consultation, name: str, wanted: Iterable[str]) -> bool:
    """Whether every word stands in the title in one language, or in the id; its beginning is enough, or nearly it."""
    action = consultation.base.actions[name]
    written = [fold(action.title.in_(locale)).split() for locale in Locale] + [re.split(r"[.-]", name)]
    return any(all(_stands_in(word, title) for word in wanted) for title in written)


def _stands_in(word: str, title: Sequence[str]) -> bool:
    if any(other.startswith(word) for other in title):
        return True
    return len(word) > 4 and bool(difflib.get_close_matches(word, title, n=1, cutoff=LIKE))


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
