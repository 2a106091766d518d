"""The plan as JSON, schema docs/schema/plan-1.json. Ids are stable; texts are in the language of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.render.flow import Flow
from advisor.render.handout import Handout
from advisor.render.page import Entry

VERSION = 1


def plan_json(handout: Handout) -> Mapping[str, Any]:
    """The plan as plain data. Certain actions in rank order, then maybes in the order of the band they would get."""
    page, plan = handout.page, handout.page.plan
    return {
        "plan": VERSION,
        "case": handout.name,
        "as_of": plan.as_of,
        "knowledge": plan.knowledge,
        "knowledge_day": plan.knowledge_day,
        "locale": page.locale.value,
        "actions": [_action(entry) for entry in (*handout.entries(), *page.maybe)],
        "unanswered": [
            {"ask": name, "of": "" if subject == "shop" else subject, "question": text}
            for (name, subject), text in zip(plan.unanswered, page.unanswered, strict=True)
        ],
        "upcoming": [
            {
                "day": item.day,
                "what": item.what.in_(page.locale),
                "act": item.act.in_(page.locale) if item.act else None,
                "affects": list(item.affects),
                "confidence": item.confidence,
            }
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
        "assumption_texts": list(page.assumptions),
        "flow": _flow(handout.flow),
        "notes": list(page.notes),
        "readings": [
            {"id": item.id, "title": item.title.in_(handout.locale), "urls": list(item.urls)}
            for item in handout.readings()
        ],
        "confidence_marks": handout.say("plan.confidence"),
        "disclaimer": handout.disclaimer(),
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
        "boxes": [{"of": box.of, "name": box.name, "status": box.status} for box in entry.boxes],
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


def _flow(flow: Flow) -> Mapping[str, Any]:
    return {
        "purposes": [{"id": item.id, "name": item.name} for item in flow.purposes],
        "recipients": [
            {
                "id": item.id,
                "name": item.name,
                "kind": item.kind,
                "role": item.role,
                "purposes": list(item.purposes),
                "everything": item.everything,
                "assumed": item.assumed,
            }
            for item in flow.recipients
        ],
        "places": [
            {"id": item.id, "name": item.name, "status": item.status, "high_risk": item.high_risk}
            for item in flow.places
        ],
        "moves": [{"recipient": item.recipient, "place": item.place, "ground": item.ground} for item in flow.moves],
    }
