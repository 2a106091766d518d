"""The plan as Markdown (CommonMark with task lists). Nothing that people typed can become markup, an image or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.explain import Reference
from advisor.render.escaping import escaped
from advisor.render.handout import FLOW_COLUMNS, Handout
from advisor.render.page import Box, Chapter, Entry

_URL = re.compile(r"https?://[^\s<>\\]+\Z")


def link(text: str, url: str) -> str:
    """A link to a web address; the text alone if the address is none."""
    return f"[{escaped(text)}](<{url}>)" if _URL.match(url) else escaped(text)


def plan_markdown(handout: Handout) -> str:
    """The whole plan."""
    lines: list[str] = []
    for line in _lines(handout):
        if line or (lines and lines[-1]):  # one blank line at a time
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(handout: Handout) -> Iterator[str]:
    page = handout.page
    yield f"# {escaped(handout.title())}"
    yield ""
    if handout.brand is not None:
        said = handout.brand.said()
        yield f"{handout.say('export.made-by')}: {', '.join(escaped(part) for part in said)}"
        yield ""
    for text in handout.stamp():
        yield escaped(text)
        yield ""
    if not page.chapters:
        yield escaped(handout.say("plan.empty"))
    yield from _start(handout)
    if page.chapters:
        yield from ("", f"## {escaped(handout.say('export.packages'))}", "")
    for chapter in page.chapters:
        yield f"{chapter.number}. {escaped(chapter.package.title.in_(handout.locale))}: {len(chapter.entries)}"
    for chapter in page.chapters:
        yield from _chapter(handout, chapter)
    if page.maybe:
        yield from ("", f"## {escaped(handout.say('plan.maybe'))}", "")
        for entry in page.maybe:
            yield f"- {escaped(handout.band(entry.line.band))}: {escaped(entry.title)}"
            yield f"  - {handout.label('hangs')}: {escaped('; '.join(entry.hangs_on))}"
            yield f"  - {_law(handout, entry)}"
    yield from _flow(handout)
    yield from _listed(
        handout.say("plan.upcoming"), [f"{handout.day(i.day)}: {handout.upcoming(i)}" for i in page.plan.upcoming]
    )
    yield from _listed(handout.say("plan.assumptions"), page.assumptions)
    yield from _listed(handout.say("plan.unanswered", count=str(len(page.unanswered))), page.unanswered)
    yield from _listed(handout.say("export.notes"), page.notes)
    if readings := handout.readings():
        yield from ("", f"## {escaped(handout.say('export.readings'))}", "")
        for reading in readings:
            yield f"- {reading.id}: {link(reading.title.in_(handout.locale), next(iter(reading.urls), ''))}"
    yield from ("", "---", "", escaped(handout.say("plan.confidence")), "", escaped(handout.disclaimer()))


def _start(handout: Handout) -> Iterator[str]:
    """The lines to begin with, and the open answers to find out first."""
    if first := handout.first():
        yield from ("", f"## {escaped(handout.say('plan.start'))}", "")
        for number, (entry, when) in enumerate(first, start=1):
            yield f"{number}. {escaped(f'{entry.title} ({when})')}"
    if asked := handout.asked_first():
        yield from ("", escaped(asked), "")
        yield from (f"- {escaped(text)}" for text in handout.ask_first())


def _chapter(handout: Handout, chapter: Chapter) -> Iterator[str]:
    yield from ("", f"## {chapter.number}. {escaped(chapter.package.title.in_(handout.locale))}", "")
    yield escaped(handout.say("plan.deliverable", text=chapter.package.deliverable.in_(handout.locale)))
    for band, entries in chapter.bands():
        until = f" ({escaped(by)})" if (by := handout.until(band)) else ""
        yield from ("", f"### {escaped(handout.band(band))}{until}")
        for entry in entries:
            yield from _entry(handout, entry)


def _entry(handout: Handout, entry: Entry) -> Iterator[str]:
    yield from ("", f"#### {entry.line.rank}. {escaped(entry.title)}", "")
    for box in entry.boxes:
        yield _box(handout, box)
    yield ""
    for reason in entry.reasons:
        yield f"- {escaped(handout.say('plan.because', text=reason.text))}"
    yield f"- {handout.label('why')}: {escaped(entry.why)}"
    if expert := handout.expert(entry):
        yield f"- **{escaped(expert)}**"
    yield f"- {handout.label('steps')}:"
    for number, step in enumerate(entry.steps, start=1):
        yield f"  {number}. {escaped(step)}"
    for name, texts in (("evidence", entry.evidence), ("mistakes", entry.mistakes)):
        if texts:
            yield f"- {handout.label(name)}:"
            yield from (f"  - {escaped(text)}" for text in texts)
    yield f"- {escaped(handout.say('plan.place', text=entry.place))}"
    yield f"- {handout.label('due')}: {escaped(handout.due(entry))}. {escaped(_effort(handout, entry))}"
    yield f"- {_law(handout, entry)}"


def _effort(handout: Handout, entry: Entry) -> str:
    return handout.say("plan.effort", effort=entry.effort, owner=entry.owner)


def _box(handout: Handout, box: Box) -> str:
    status = "" if box.status in ("open", "done") else f" ({handout.status(box.status)})"
    # Another bullet than the list that follows, which would else be one list with it.
    return f"* [{'x' if box.status == 'done' else ' '}] {escaped((box.name or handout.label('done')) + status)}"


def _law(handout: Handout, entry: Entry) -> str:
    links = "; ".join(_reference(item) for item in entry.references)
    return f"{handout.label('law')}: {links} {escaped('[' + entry.line.action.confidence + ']')}"


def _reference(item: Reference) -> str:
    return link(item.text, item.url)


def _listed(heading: str, texts: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[str]:
    found = tuple(texts)
    if found:
        yield from ("", f"## {escaped(heading)}", "")
        yield from (f"- {escaped(text)}" for text in found)


def _flow(handout: Handout) -> Iterator[str]:
    """The picture of flows as a table."""
    flow = handout.flow
    yield from ("", f"## {escaped(handout.say('export.flow.title'))}", "")
    if not flow.recipients:
        yield escaped(handout.say("export.flow.empty"))
        return
    yield "| " + " | ".join(handout.label(name) for name in FLOW_COLUMNS) + " |"
    yield "|" + " --- |" * len(FLOW_COLUMNS)
    for row in handout.flow_rows():
        yield "| " + " | ".join(escaped(cell) for cell in row.cells()) + " |"
    if any(recipient.assumed for recipient in flow.recipients):
        yield from ("", escaped(handout.say("export.flow.assumed")))
