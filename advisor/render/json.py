"""The plan as JSON, schema docs/schema/plan-1.json. Ids are stable; texts are in the language of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.render.page import Entry, Page

VERSION = 1


def plan_json(page: Page) -> Mapping[str, Any]:
    """The plan as plain data. Certain actions in rank order, then maybes in the order of the band they would get."""
    plan = page.plan
    entries = [entry for chapter in page.chapters for entry in chapter.entries]
    entries.sort(key=lambda entry: entry.line.rank)
    return {
        "plan": VERSION,
        "case": plan.case,
        "as_of": plan.as_of,
        "knowledge": plan.knowledge,
        "knowledge_day": plan.knowledge_day,
        "locale": page.locale.value,
        "actions": [_action(entry) for entry in (*entries, *page.maybe)],
        "unanswered": [
            {"ask": name, "of": "" if subject == "shop" else subject, "question": text}
            for (name, subject), text in zip(plan.unanswered, page.unanswered, strict=True)
        ],
        "upcoming": [
            {"day": item.day, "what": item.what.in_(page.locale), "affects": list(item.affects)}
            for item in plan.upcoming
        ],
        "assumptions": [
            {
                "ask": item.ask,
                "of": item.of,
                "value": list(item.value) if isinstance(item.value, tuple) else item.value,
                "as_of": item.as_of,
            }
            for item in plan.assumptions
        ],
    }


def _action(entry: Entry) -> Mapping[str, Any]:
    line, action = entry.line, entry.line.action
    return {
        "id": line.id,
        "area": action.area,
        "band": line.band,
        "rank": line.rank,
        "maybe": line.maybe,
        "about": list(line.about),
        "package": action.package,
        "title": entry.title,
        "why": entry.why,
        "because": [reason.text for reason in entry.reasons],
        "rules": list(line.rules),
        "place": entry.place,
        "score": line.score,
        "inherited_from": line.inherited_from or None,
        "ask_expert": line.ask_expert,
        "steps": list(entry.steps),
        "evidence": list(entry.evidence),
        "mistakes": list(entry.mistakes),
        "due": action.due,
        "owner": action.owner,
        "effort": action.rate.effort,
        "needs": list(action.needs),
        "sources": [item.id for item in entry.references],
        "references": [{"id": item.id, "text": item.text, "url": item.url} for item in entry.references],
        "confidence": action.confidence,
        "hangs_on": [{"ask": name, "of": "" if subject == "shop" else subject} for name, subject in line.hangs_on],
    }
