"""The plan as a table for spreadsheets: one row for each box to tick, then everything that stands beside the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.render.escaping import table
from advisor.render.handout import Handout
from advisor.render.page import Box, Entry

COLUMNS = (
    "kind", "rank", "status", "text", "about", "band", "deadline", "package", "area", "because", "why", "steps",
    "evidence", "mistakes", "due", "effort", "owner", "expert", "place", "hangs", "law", "confidence", "links", "id",
)  # fmt: skip
"""Column ids; the headings are in the language of the case."""


def plan_csv(handout: Handout, *, semicolons: bool = False, bom: bool = False) -> str:
    """The table."""
    heading = [handout.label(name) for name in COLUMNS]
    rows = ([row.get(name, "") for name in COLUMNS] for row in _rows(handout))
    return table([heading, *rows], semicolons=semicolons, bom=bom)


def _rows(handout: Handout) -> Iterator[Mapping[str, str]]:
    page = handout.page
    for entry in handout.entries():
        for box in entry.boxes:
            yield _action(handout, entry, box, "action")
    for entry in page.maybe:
        for box in entry.boxes:
            yield _action(handout, entry, box, "maybe")
    for row in handout.flow_rows():
        what = " – ".join(part for part in (row.purposes, row.recipient, row.countries) if part)
        about = ", ".join(part for part in (row.recipient, row.role) if part)
        yield _beside(handout, "flow", what, about=about, because=row.ground_text)
    for text in page.unanswered:
        yield _beside(handout, "question", text)
    for item in page.plan.upcoming:
        act = item.act.in_(handout.locale) if item.act else ""
        what = item.what.in_(handout.locale)
        yield _beside(handout, "upcoming", what, deadline=item.day, steps=act, confidence=item.confidence)
    for text in page.assumptions:
        yield _beside(handout, "assumption", text)
    for text in page.notes:
        yield _beside(handout, "note", text)
    for reading in handout.readings():
        yield _beside(
            handout, "reading", f"{reading.id}: {reading.title.in_(handout.locale)}", links="\n".join(reading.urls)
        )
    for text in (*handout.stamp(), handout.say("plan.confidence"), handout.disclaimer()):
        yield _beside(handout, "about", text)


def _beside(handout: Handout, kind: str, text: str, **more: str) -> Mapping[str, str]:
    return {"kind": handout.say(f"export.kind.{kind}"), "text": text, **more}


def _action(handout: Handout, entry: Entry, box: Box, kind: str) -> Mapping[str, str]:
    line, action = entry.line, entry.line.action
    package = next(item for item in handout.consultation.base.packages if item.id == action.package)
    return {
        "kind": handout.say(f"export.kind.{kind}"),
        "rank": str(line.rank) if kind == "action" else "",
        "status": handout.status(box.status),
        "text": entry.title,
        "about": box.name,
        "band": handout.band(line.band),
        "deadline": handout.deadline(line.band) if kind == "action" else "",
        "package": package.title.in_(handout.locale),
        "area": handout.say(f"export.area.{action.area}"),
        "because": "\n".join(reason.text for reason in entry.reasons if reason.about in ("shop", box.of)),
        "why": entry.why,
        "steps": "\n".join(f"{number}. {step}" for number, step in enumerate(entry.steps, start=1)),
        "evidence": "\n".join(entry.evidence),
        "mistakes": "\n".join(entry.mistakes),
        "due": handout.due(entry),
        "effort": entry.effort,
        "owner": entry.owner,
        "expert": handout.expert(entry),
        "place": entry.place,
        "hangs": "\n".join(entry.hangs_on),
        "law": "; ".join(item.text for item in entry.references),
        "confidence": action.confidence,
        "links": "\n".join(dict.fromkeys(item.url for item in entry.references)),
        "id": line.id,
    }
