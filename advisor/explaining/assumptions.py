"""What a plan rests on that nobody has confirmed, and which lines of the plan rest on each of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.case import Case
from advisor.conclusions import Due
from advisor.consultation import Consultation
from advisor.explaining.how import Graph
from advisor.explaining.nodes import rests_on
from advisor.explaining.origins import OriginKind, Origins
from advisor.model import SHOP, UNKNOWN, Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """An assumed answer with the obligations that use it; `only` are those that would not be certain without it."""

    answer: Answer
    kind: OriginKind
    as_of: str
    used_by: tuple[str, ...]
    only: tuple[str, ...]


def assumptions(consultation: Consultation, case: Case) -> tuple[Assumed, ...]:
    """The assumptions that some line of the plan uses, in the order of the answers."""
    conclusions = consultation.conclusions(case)
    graph = Graph(consultation.base, case, conclusions)
    origins = Origins(consultation.base, case, conclusions)
    using: dict[tuple[str, str], list[Due]] = {}
    for due in conclusions.certain:
        node = graph.of(due)
        for answer in rests_on(node) if node is not None else ():
            using.setdefault(answer.key, []).append(due)
    found = []
    for key, answer in case.answers.items():
        kind = origins.kind(answer.ask, answer.of or SHOP)
        known = any(value != UNKNOWN for value in answer.values()) or not answer.values()
        if key in using and known and kind in ("catalogue", "usual-role"):
            provider = consultation.base.providers.get(answer.of)
            found.append(
                Assumed(
                    answer=answer,
                    kind=kind,
                    as_of=provider.as_of if provider is not None else consultation.base.as_of,
                    used_by=tuple(dict.fromkeys(due.id for due in using[key])),
                    only=_lost(consultation, case, key, using[key]),
                )
            )
    return tuple(found)


def _lost(consultation: Consultation, case: Case, key: tuple[str, str], dues: list[Due]) -> tuple[str, ...]:
    """The obligations that are no longer certain if this answer is taken away."""
    answers: Mapping[tuple[str, str], Answer] = {name: item for name, item in case.answers.items() if name != key}
    left = consultation.conclude(answers).certain
    return tuple(dict.fromkeys(due.id for due in dues if due not in left))
