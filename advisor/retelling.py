"""What people say at the list that was read from their opening story: strikes, corrections and additions.

"3 is wrong, it is Mozello", "also PayPal", "where is the UK?": what is said is read like a story, or behind the number
of a line as an answer to its question, and merged into the facts of the story. It decides nothing about the rest of
the conversation, and changes no case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor import story
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.hearing import numbered_parts
from advisor.model import UNKNOWN, Question, Value
from advisor.understanding.story import FOR_SALE
from advisor.understanding.supposing import Change
from advisor.understanding.understand import Understanding
from advisor.wording import clean

_CLAUSE = re.compile(r"[,;.]\s+|\s+[-–—]\s+|:\s*")

_TOLD_FIRST = (*FOR_SALE, "shop.social_pages", "shop.payment_methods")
"""Questions to which a word at the list may be an answer without saying so, in the order in which they are tried."""
_SURE = ("label", "alias", "code", "phrase")
"""How something is read that can hardly mean anything else."""

Told = Mapping[str, Value | tuple[Value, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """The facts as they are now said to be, which of them are new, which were struck, and words that changed nothing.

    `by_number`: lines were struck by their numbers.
    """

    facts: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    unplaced: str = ""
    by_number: bool = False

    @property
    def is_told_anew(self) -> bool:
        """Whether the list has changed by more than strikes, so that it has to be shown again."""
        return bool(self.changed) or (bool(self.struck) and not self.by_number)


def retold(consultation: Consultation, understanding: Understanding, case: Case, said: str) -> Retold:
    """What a line at the list comes to."""
    reading = _Retelling(consultation, understanding, case)
    before = story.told(case)
    told, struck, unplaced = dict(before), False, []
    restated: list[str] = []
    parts = numbered_parts(clean(said), len(before))
    for numbers, rest in parts:
        own = [ask for number, ask in enumerate(before, start=1) if number in numbers]
        struck = struck or bool(own)
        told = {ask: value for ask, value in told.items() if ask not in own}
        without = told
        words = reading.without_wrong(rest) if own else rest
        if words:
            answered = reading.answered(own[0], before, told, words) if len(own) == 1 else None
            restated += own if answered else ()
            told = answered or reading.merged(told, words, own)
        if told == without and (left := reading.telling(words)):
            unplaced.append(left)
    order = {ask: place for place, ask in enumerate(understanding.story_questions)}
    asks = sorted(told, key=lambda ask: order.get(ask, len(order)))
    changed = tuple(ask for ask in asks if told[ask] != before.get(ask) or ask in restated)
    gone = tuple(ask for ask in before if ask not in told)
    return Retold(
        facts=story.lines({ask: told[ask] for ask in asks}),
        changed=changed,
        struck=gone,
        unplaced=", ".join(unplaced),
        by_number=struck,
    )


class _Retelling:
    def __init__(self, consultation: Consultation, understanding: Understanding, case: Case) -> None:
        self.consultation = consultation
        self.understanding = understanding
        self.case = case

    def without_wrong(self, text: str) -> str:
        """The words behind "is wrong"."""
        return self.understanding.behind(text, self.case.locale, "wrong", "but")

    def telling(self, text: str) -> str:
        """The words that say something besides yes, no and "is wrong"."""
        locale = self.case.locale
        return self.understanding.telling(text, locale, "wrong", "yes", "no", "filler", "comment", "but", "and")

    def answered(self, ask: str, before: Told, told: Told, said: str) -> dict[str, Value | tuple[Value, ...]] | None:
        """The facts with what was said of one line as the answer to its question. None: it is no clear answer."""
        question, was = self.consultation.question(ask), before[ask]
        default = was if isinstance(was, tuple) else (was,)
        options = None if question.first else self.consultation.shown_options(question, "", self.case)
        reading = self.understanding.read(question, said, self.case.locale, options, default if question.many else None)
        values = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        sure = reading.value not in (None, ()) and UNKNOWN not in values
        if not sure or reading.names or reading.how in ("similar", "default"):
            return None
        now = {**told, ask: _plain(tuple(value for value in values if value is not None))}
        for part in reading.ignored:  # "4: made to measure, and hire"
            now = self._elsewhere(now, part)
        return now

    def merged(self, told: Told, said: str, struck: Iterable[str]) -> dict[str, Value | tuple[Value, ...]]:
        """The facts with what was said besides, clause by clause where one of them is called wrong."""
        found = dict(told)
        wrong = self.understanding.holds(said, self.case.locale, "wrong", "removing")
        parts = _CLAUSE.split(said)
        for part in parts if wrong else (said,):
            self._change(found, part, struck)
        if found != dict(told) or self.telling(said) == "":
            return found
        for part in parts:  # nothing is said by the whole line: "hire is missing, it's the main thing, and Estonia"
            before = dict(found)
            self._change(found, part, struck)
            found = self._elsewhere(found, part) if found == before else found
        return found

    def _change(self, found: dict[str, Value | tuple[Value, ...]], said: str, struck: Iterable[str]) -> None:
        for change in self._changes(found, said):
            if change.ask not in struck or change.kind != "without":
                _apply(found, change, self.consultation.question(change.ask))

    def _elsewhere(self, told: Told, said: str) -> dict[str, Value | tuple[Value, ...]]:
        """The facts with a part of a line that is an answer to one of the questions of which people tell first."""
        words = self.understanding.without(said, self.case.locale, "missing", "adding", "adding-behind", "filler")
        for ask in _TOLD_FIRST if words else ():
            question, was = self.consultation.question(ask), told.get(ask, ())
            before = was if isinstance(was, tuple) else (was,)
            reading = self.understanding.read(question, words, self.case.locale, None, before)
            said_so = reading.value if isinstance(reading.value, tuple) and reading.how in _SURE else ()
            new = tuple(value for value in said_so if value not in before)
            if new and UNKNOWN not in new and not reading.ignored:
                return {**told, ask: _plain((*before, *new))}
        return dict(told)

    def _changes(self, told: Told, said: str) -> tuple[Change, ...]:
        """The changes that a clause makes for sure; of a country without more, those to the lists that are told."""
        locale = self.case.locale
        supposed = self.understanding.suppose(said, locale)
        known = self.understanding.story_questions
        changes = [change for change in (supposed.sure or supposed.doubtful) if change.ask in known]
        missing = "?" in said or self.understanding.holds(said, locale, "missing")
        wrong = self.understanding.holds(said, locale, "wrong", "removing")
        if missing or wrong:
            changes = [_said_so(change, missing) for change in changes]
        changes = [change for change in changes if _would_change(told, change, self.consultation.question(change.ask))]
        if supposed.sure:
            return tuple(changes)
        countries = [change for change in changes if known[change.ask].kind == "countries"]
        own = [change for change in countries or changes if change.ask in told]
        if countries:
            first = countries[0].ask
            return tuple(own or (change for change in countries if change.ask == first and change.kind != "without"))
        for_sale = [change for change in changes if change.ask in FOR_SALE and change.kind == "add"]
        return tuple(own) if len(own) == 1 else tuple(for_sale[-1:]) if not own else ()


def _said_so(change: Change, missing: bool) -> Change:
    """ "Where is Estonia?" adds it, "Estonia is wrong" takes it out."""
    if change.kind not in ("add", "without"):
        return change
    return Change(ask=change.ask, value=change.value, kind="add" if missing else "without", also=change.also)


def _would_change(told: Told, change: Change, question: Question) -> bool:
    found = dict(told)
    _apply(found, change, question)
    return found != dict(told)


def _apply(told: dict[str, Value | tuple[Value, ...]], change: Change, question: Question) -> None:
    """One change made to the facts."""
    was = told.get(change.ask, ())
    values = was if isinstance(was, tuple) else (was,)
    if not question.many or question.kind == "checklist":
        joins = change.also and question.option("both") is not None and change.value not in values
        told[change.ask] = "both" if joins else change.value
        return
    if change.kind == "without":
        values = tuple(value for value in values if value != change.value)
    elif change.kind == "only":
        values = (change.value,)
    elif change.value not in values:
        values = (*values, change.value)
    if values:
        told[change.ask] = _plain(values)
    else:
        told.pop(change.ask, None)


def _plain(values: tuple[Value, ...]) -> Value | tuple[Value, ...]:
    """As `story.told` gives them: a single one by itself."""
    return values[0] if len(values) == 1 else values
