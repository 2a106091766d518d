"""Why an obligation does not (certainly) apply: the rules nearest to it, and answers with which it would.

Each rule that concludes the obligation is read backwards: which of its conditions hold already, and which other answers
would make the rest hold (`meeting`); what it negates is then kept off (`preventing`). Sets of answers are tried on the
engine from the smallest on; only those that do conclude the obligation are suggested.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Due
from advisor.consultation import Consultation
from advisor.engine.program import CERTAIN, Clause
from advisor.explaining.choices import Changes, Choices
from advisor.explaining.meeting import Check, Goal, Meeting
from advisor.explaining.origins import Origins
from advisor.explaining.preventing import Prevention
from advisor.explaining.relevance import Slice, unified
from advisor.model import OBLIGATION, UNKNOWN, Answer, Condition, Rule, Value
from advisor.situation import Key

RULES = 3
"""How many of the nearest rules are told."""

CHANGES = 7
"""The most answers that would have to be different in a suggestion."""

TRIES = 40
"""How many sets of answers are tried for one rule and size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A rule near to concluding the obligation, and answers with which it would: those that would be different."""

    rule: str
    subject: str
    bound: Mapping[str, Value]
    checks: tuple[Check, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why an obligation does not certainly apply; `hangs_on` if it may; `out_of_force` are rules of other days."""

    obligation: str
    subject: str
    applies: bool
    hangs_on: tuple[Key, ...]
    nearest: tuple[Nearest, ...]
    out_of_force: tuple[Rule, ...]


def why_not(consultation: Consultation, case: Case, obligation: str, subject: str = "") -> WhyNot:
    """The nearest rules for an obligation and what would have to be different for it to apply."""
    conclusions = consultation.conclusions(case)
    applies = any(due.id == obligation and subject in ("", due.subject) for due in conclusions.certain)
    maybe = [due for due in conclusions.maybe if due.id == obligation and subject in ("", due.subject)]
    nearest = () if applies else _Search(consultation, case, obligation, subject).nearest()
    return WhyNot(
        obligation=obligation,
        subject=subject,
        applies=applies,
        hangs_on=tuple(sorted({key for due in maybe for key in conclusions.hangs_on(due)})),
        nearest=nearest,
        out_of_force=tuple(
            rule
            for rule in consultation.base.rules
            if not rule.valid.covers(consultation.as_of)
            and any(head.attribute == OBLIGATION and head.value == obligation for head in rule.then)
        ),
    )


# --- what would have to be different ---


class _Search:
    def __init__(self, consultation: Consultation, case: Case, obligation: str, subject: str) -> None:
        self.consultation = consultation
        self.case = case
        self.obligation = obligation
        self.subject = subject
        self.part = Slice(consultation, obligation)
        self.now = self.part.conclude(case.answers)
        origins = Origins(consultation.base, case, self.now)
        self.choices = Choices(consultation, case, origins)
        self.meeting = Meeting(self.now, origins, self.choices)
        self.prevention = Prevention(self.now, origins, self.choices, self.meeting)

    def nearest(self) -> tuple[Nearest, ...]:
        """The rules that take the fewest other answers, each with the fewest that were seen to work."""
        found: dict[str, Nearest] = {}
        for size in range(CHANGES + 1):
            for clause in self.meeting.concluding(OBLIGATION + CERTAIN):
                if clause.rule not in found and (nearest := self._nearest(clause, size)) is not None:
                    found[clause.rule] = nearest
            if len(found) >= RULES or (found and size > min(len(item.answers) for item in found.values()) + 1):
                break
        return tuple(sorted(found.values(), key=lambda item: (len(item.answers), self._gainsaid(item)))[:RULES])

    def _nearest(self, clause: Clause, size: int) -> Nearest | None:
        """The rule with the fewest other answers that were seen to work, of those that take `size` to meet it."""
        best: Nearest | None = None
        supposed = itertools.islice(self._candidates(clause, size, open_only=True), TRIES)
        others = itertools.islice(self._candidates(clause, size, open_only=False), TRIES)
        for goal, changes in itertools.chain(supposed, others):
            if best is not None and len(changes) > len(best.answers):
                continue
            subject = self._subject(clause, goal.bound)
            if not self._proved(changes, clause, subject):
                continue
            needed = self._needed(changes, clause, subject)
            if best is None or len(needed) < len(best.answers):
                best = Nearest(
                    rule=clause.rule,
                    subject=subject,
                    bound=goal.bound,
                    checks=goal.checks,
                    answers=self.choices.answers(needed),
                )
            if len(best.answers) <= size:
                break
        return best

    def _candidates(self, clause: Clause, size: int, open_only: bool) -> Iterator[tuple[Goal, Changes]]:
        """Changes with which a rule might conclude it: those that meet it, with those that keep off what it negates.

        What is not known yet is rather supposed to be so than what was answered to be otherwise.
        """
        wanted = Condition(OBLIGATION, self.subject or "$it", "is", (self.obligation,))
        for bound in unified(clause, wanted):
            for goal in self.meeting.ways(clause, bound, size, open_only):
                if len(goal.changes) == size:  # smaller ones were tried before
                    for changes in self.prevention.ways(goal.avoided, goal.changes):
                        yield goal, changes

    def _gainsaid(self, item: Nearest) -> int:
        """How many of the answers of a suggestion contradict what was answered."""
        return sum(
            answer.key in self.case.answers and UNKNOWN not in self.case.answers[answer.key].values()
            for answer in item.answers
        )

    def _subject(self, clause: Clause, bound: Mapping[str, Value]) -> str:
        """Whom the obligation would concern."""
        head = next(
            head for head in clause.heads if head.attribute == OBLIGATION + CERTAIN and head.value == self.obligation
        )
        return str(bound.get(head.subject, head.subject))

    def _proved(self, changes: Changes, clause: Clause, subject: str) -> bool:
        """Whether this rule would conclude the obligation, as the engine sees it."""
        answers = {**self.case.answers, **{answer.key: answer for answer in self.choices.answers(changes)}}
        return clause.rule in self.part.conclude(answers).rules_for(Due(id=self.obligation, subject=subject))

    def _needed(self, changes: Changes, clause: Clause, subject: str) -> Changes:
        """Those of the changes without which the rule does not conclude it."""
        for key in list(changes) if len(changes) > 1 else ():  # without any other answer it does not apply
            fewer = {other: values for other, values in changes.items() if other != key}
            if self._proved(fewer, clause, subject):
                changes = fewer
        return changes
