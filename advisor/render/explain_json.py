"""Explanations as JSON: ids, facts and answers for programs, the same sentences for people. Version 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from advisor.explaining.assumptions import Assumed
from advisor.explaining.comparing import Comparison
from advisor.explaining.differences import Row
from advisor.explaining.how import How
from advisor.explaining.meeting import Check
from advisor.explaining.nodes import Node
from advisor.explaining.refusals import would_be
from advisor.explaining.remove import Removal, Way
from advisor.explaining.reports import decision_text
from advisor.explaining.sides import Consultations, Side
from advisor.explaining.touching import Fixed
from advisor.explaining.trees import node_text
from advisor.explaining.what_if import WhatIf
from advisor.explaining.why_not import Nearest, WhyNot
from advisor.explaining.words import Words
from advisor.model import SHOP, Answer, Condition, Fact

VERSION = 1

Data = dict[str, Any]


def stamped(kind: str, words: Words, data: Mapping[str, Any]) -> Data:
    """What every document begins with."""
    return {
        "explanation": VERSION,
        "kind": kind,
        "case": words.case.name,
        "as_of": words.consultation.as_of,
        "knowledge": words.base.stamp,
        "locale": words.locale.value,
        **data,
    }


def how_json(words: Words, obligation: str, found: Sequence[How]) -> Data:
    """Why an obligation applies: for each subject its derivation, shared parts once (`see` refers to an `id`)."""
    writer = _Nodes(words)
    about = [
        {"subject": _subject(item.due.subject), "certain": item.certain, "because": [writer.node(item.node)]}
        for item in found
    ]
    return stamped("how", words, {"obligation": obligation, "title": words.title(obligation), "about": about})


class _Nodes:
    """Writes the points of explanations, each shared one once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.numbers: dict[int, int] = {}

    def node(self, node: Node) -> Data:
        if id(node) in self.numbers:
            return {"see": self.numbers[id(node)]}
        found: Data = {"kind": node.kind, "certain": node.certain, "text": node_text(self.words, node)}
        if node.parts:
            found["id"] = self.numbers[id(node)] = len(self.numbers) + 1
        if node.rule:
            rule = self.words.consultation.rules[node.rule]
            found |= {"rule": rule.id, "sources": list(rule.source)}
        if node.fact is not None:
            found["fact"] = _fact(node.fact)
        if node.condition is not None:
            found["condition"] = _condition(node.condition)
        if node.answers:
            found["answers"] = [answer_json(answer) for answer in node.answers]
        if node.parts:
            found["parts"] = [self.node(part) for part in node.parts]
        return found


def why_not_json(words: Words, found: WhyNot) -> Data:
    """Why an obligation does not apply: nearest rules, conditions, and the answers with which it would."""
    return stamped(
        "why-not",
        words,
        {
            "obligation": found.obligation,
            "title": words.title(found.obligation),
            "subject": _subject(found.subject),
            "applies": found.applies,
            "hangs_on": [{"attribute": name, "subject": _subject(subject)} for name, subject in found.hangs_on],
            "nearest": [_nearest(words, item) for item in found.nearest],
            "out_of_force": [
                {"rule": rule.id, "from": rule.valid.start or None, "until": rule.valid.end or None}
                for rule in found.out_of_force
            ],
        },
    )


def _nearest(words: Words, item: Nearest) -> Data:
    return {
        "rule": item.rule,
        "text": words.because(item.rule, item.bound),
        "sources": list(words.consultation.rules[item.rule].source),
        "subject": _subject(item.subject),
        "conditions": [_check(check) for check in item.checks],
        "would_apply_with": [{**answer_json(answer), "text": would_be(words, answer)} for answer in item.answers],
    }


def _check(check: Check) -> Data:
    found: Data = {**_condition(check.condition), "not": check.negated, "status": check.status}
    if check.rule:
        found |= {"rule": check.rule, "conditions": [_check(item) for item in check.checks]}
    return found


def assumptions_json(words: Words, found: Iterable[Assumed]) -> Data:
    """What the plan rests on that nobody has confirmed."""
    items = [
        {
            **answer_json(item.answer),
            "kind": item.kind,
            "catalogue_as_of": item.as_of,
            "used_by": list(item.used_by),
            "uncertain_without": list(item.only),
        }
        for item in found
    ]
    return stamped("assumptions", words, {"assumptions": items})


def what_if_json(words: Words, found: WhatIf) -> Data:
    """The difference that other answers would make."""
    return stamped(
        "what-if",
        words,
        {
            "answers": [answer_json(answer) for answer in found.answers],
            "without_effect": [answer_json(answer) for answer in found.idle],
            "differences": [row_json(words, row) for row in found.rows],
        },
    )


def removal_json(words: Words, found: Removal, applies: bool) -> Data:
    """The smallest sets of decisions that remove an obligation."""
    return stamped(
        "remove",
        words,
        {
            "obligation": found.obligation,
            "title": words.title(found.obligation),
            "subject": _subject(found.subject),
            "applies": applies,
            "ways": [_way(words, way) for way in found.ways],
            "fixed": _fixed(words, found.fixed) if found.fixed is not None else None,
            "unknown": [{"attribute": name, "subject": _subject(subject)} for name, subject in found.unknown],
            "complete": found.exhausted,
        },
    )


def _fixed(words: Words, fixed: Fixed) -> Data:
    return {
        "rule": fixed.rule,
        "text": words.because(fixed.rule, fixed.bound),
        "sources": list(words.consultation.rules[fixed.rule].source),
    }


def _way(words: Words, way: Way) -> Data:
    return {
        "decisions": [
            {
                "decision": decision.item.id,
                "subject": _subject(decision.subject),
                "value": decision.value,
                "text": decision_text(words, decision),
            }
            for decision in way.decisions
        ],
        "differences": [row_json(words, row) for row in way.rows],
        "hangs_on": [{"attribute": name, "subject": _subject(subject)} for name, subject in way.hangs_on],
    }


def comparison_json(found: Comparison, consultations: Consultations) -> Data:
    """What differs between two sides, with what is behind each difference."""
    words = Words(consultations.of(found.right), found.right.case)
    return {
        "explanation": VERSION,
        "kind": "diff",
        "left": _side(found.left),
        "right": _side(found.right),
        "different_in": list(found.factors),
        "differences": [
            {
                **row_json(words, item.row),
                "because_of": [
                    {
                        "factor": cause.factor,
                        "answers": [
                            {"before": answer_json(old) if old else None, "after": answer_json(new) if new else None}
                            for old, new in cause.answers
                        ],
                        "rules": list(cause.rules),
                        "countries": list(cause.countries),
                        "purposes": list(cause.purposes),
                        "actions": list(cause.actions),
                    }
                    for cause in item.causes
                ],
            }
            for item in found.rows
        ],
        "reworded": [
            {"obligation": item.id, "texts": list(item.texts), "rules": list(item.rules)} for item in found.reworded
        ],
    }


def shelf_json(
    count: int,
    touched: Sequence[tuple[str, Comparison]],
    unnoticed: Mapping[str, str],
    consultations: Consultations,
) -> Data:
    """Which of so many cases a change touches, and the changed rules that touch none."""
    return {
        "explanation": VERSION,
        "kind": "diff-shelf",
        "cases": count,
        "touched": [{"name": name, **comparison_json(found, consultations)} for name, found in touched],
        "unnoticed": [{"rule": rule, "change": change} for rule, change in unnoticed.items()],
    }


def row_json(words: Words, row: Row) -> Data:
    """One difference of two plans."""
    return {
        "obligation": row.id,
        "title": words.title(row.id),
        "change": row.kind,
        "band": {"before": row.before.band if row.before else None, "after": row.after.band if row.after else None},
        "rank": {"before": row.before.rank if row.before else None, "after": row.after.rank if row.after else None},
        "rules": list(row.rules),
        "rules_gone": list(row.gone_rules),
        "about": list(row.about),
        "about_gone": list(row.gone_about),
        "needed_by": list(row.needed_by),
        "adjustments": list(row.adjustments),
    }


def answer_json(answer: Answer) -> Data:
    """An answer as transcripts keep it."""
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return {"ask": answer.ask, "of": answer.of, "value": value, "how": answer.how}


def _side(side: Side) -> Data:
    return {"case": side.case.name, "as_of": side.day, "knowledge": side.base.stamp}


def _fact(fact: Fact) -> Data:
    value = None if fact.value == "" else fact.value  # whatever it is: the question is open, or does not arise
    return {"attribute": fact.attribute, "subject": _subject(fact.subject), "value": value}


def _condition(condition: Condition) -> Data:
    return {
        "attribute": condition.attribute,
        "subject": _subject(condition.subject),
        "test": condition.operator,
        "values": list(condition.operands),
    }


def _subject(subject: str) -> str | None:
    return None if subject in ("", SHOP) else subject
