"""The plan as lines of text for a terminal of some width. Words carry all meaning; styles only repeat it.

Ways to show it: the whole (`lines`), every action by name with where to start (`short`), one screen (`overview`), and a
part of it after a selection (`part`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from advisor.consultation import Consultation
from advisor.model import Locale
from advisor.render.page import Entry, Page
from advisor.render.words import PlanWords

TOLD = 10
"""With more actions than this, the first band of a plan is no beginning that can be taken in at once."""

_INDENT = "      "

Style = Literal["", "title", "heading", "band", "strong", "faint", "warning"]


class Styled(NamedTuple):
    """A line and how it may be set off where the screen can."""

    text: str
    style: Style = ""


def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """Lines of at most `width` columns. Words longer than a line (addresses) stay whole."""
    return textwrap.wrap(
        text,
        width=max(width, len(indent) + 20),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first if first is not None else indent]


class PlanText:
    """Writes a page as styled lines."""

    def __init__(self, consultation: Consultation, page: Page, width: int, details: bool = False) -> None:
        self.words = PlanWords(consultation=consultation, page=page)
        self.page = page
        self.locale: Locale = page.locale
        self.width = max(40, min(width, 100))
        self.details = details

    def say(self, name: str, **words: str) -> str:
        return self.words.say(name, **words)

    def lines(self, final: bool = True) -> Iterator[Styled]:
        """The whole plan: summary, packages, open questions, upcoming law, assumptions, disclaimer."""
        yield from self.summary(final)
        yield from self.start()
        if not self.page.chapters:
            yield Styled("")
            yield from self._wrapped(self.say("plan.empty"))
        yield from self._chapters()
        yield from self._maybe()
        yield from self._rest()
        yield from self._end()

    def short(self, again: str) -> Iterator[Styled]:
        """What a person can take in at the end of an interview: how much there is to do, where to start, the rest.

        Each action stands here once. Where to start, and what must not be started, has its reason; a long first band
        and later ones have a line each. Where everything is to be read is said last, where the screen stops; `again`
        is how a command line names the case.
        """
        yield from self._head()
        yield from self._wrapped(self.words.amounts())
        first = self.words.first()
        if first:
            yield Styled("")
            yield Styled(self.say("plan.start"), "heading")
        for entry, when in first:
            yield from self._told(entry, when)
        said = {entry.line.id for entry, _ in first}
        for number, (band, entries) in enumerate(self.words.by_band()):
            left = [entry for entry in entries if entry.line.id not in said]
            if not left:
                continue
            name = "plan.left" if len(left) < len(entries) else "plan.left.all"
            yield Styled("")
            yield from self._wrapped(self.say(name, band=self.words.band(band), count=str(len(left))), "", "heading")
            for entry in left:
                yield from self._told(entry) if number == 0 and len(left) <= TOLD else self._named(entry)
        yield Styled("")
        yield from self._ask_first()
        yield from self._counts()
        yield Styled("")
        yield from self._wrapped(self.words.disclaimer(), "", "faint")
        yield Styled("")
        yield from self._first()  # the beginning has left the screen by now
        yield from self._wrapped(self.say("plan.all", case=again), "", "strong")

    def _told(self, entry: Entry, when: str = "") -> Iterator[Styled]:
        """An action with whom it is about, why, and how much work it is; without the law."""
        title = f"{entry.title} ({when})" if when else entry.title
        yield from self._wrapped(title, _INDENT, "strong", f"{entry.line.rank:>4}. ")
        yield from self._boxes(entry)
        for reason in entry.reasons[:1]:
            yield from self._wrapped(self.say("plan.because", text=reason.text), _INDENT, "faint")
        if not when:
            yield from self._wrapped(self.say("plan.effort", effort=entry.effort, owner=entry.owner), _INDENT, "faint")

    def _named(self, entry: Entry) -> Iterator[Styled]:
        """An action as one line; done or not, if it was marked."""
        marked = {self.words.status(box.status) for box in entry.boxes} if _is_marked(entry) else set()
        title = f"{entry.title} ({', '.join(sorted(marked))})" if len(marked) == 1 else entry.title
        yield from self._wrapped(title, _INDENT, "", f"{entry.line.rank:>4}. ")

    def steps(self, again: str) -> Iterator[Styled]:
        """Where the steps are to be read, unless they stand here."""
        if not self.details and self.page.chapters:
            yield Styled("")
            yield from self._wrapped(self.say("plan.steps", case=again), "", "strong")

    def start(self) -> Iterator[Styled]:
        """The first lines to act on, and the open answers that could change the plan."""
        first = self.words.first()
        if first:
            yield Styled("")
            yield Styled(self.say("plan.start"), "heading")
        for entry, when in first:
            yield from self._wrapped(f"{entry.title} ({when})", _INDENT, "", f"{entry.line.rank:>4}. ")
        yield from self._ask_first()

    def _ask_first(self) -> Iterator[Styled]:
        if asked := self.words.asked_first():
            yield from self._wrapped(asked, "", "strong")
            for text in self.words.ask_first():
                yield from self._wrapped(text, "     ", "faint", "   - ")

    def part(self) -> Iterator[Styled]:
        """What is left after a selection; what stands beside the plan as numbers only."""
        yield from self._head()
        shown = sum(len(chapter.entries) for chapter in self.page.chapters)
        if shown or self.page.maybe:
            yield from self._wrapped(self.say("export.part", shown=str(shown), count=str(len(self.page.plan.lines))))
        else:
            yield from self._wrapped(self.say("export.part.none"))
        yield from self._chapters()
        yield from self._maybe()
        yield Styled("")
        yield from self._counts()
        yield from self._end()

    def overview(self) -> Iterator[Styled]:
        """The plan on one screen."""
        yield from self.summary()
        yield from self._first()
        yield from self._wrapped(self.words.disclaimer(), "", "faint")

    def _first(self) -> Iterator[Styled]:
        """The two lines to begin with."""
        if first := [entry.title for entry, _ in self.words.first()[:2]]:
            yield from self._wrapped(self.say("export.first", titles="; ".join(first)))

    def summary(self, final: bool = True) -> Iterator[Styled]:
        """How much there is to do, in which bands and packages."""
        yield from self._head(final)
        yield from self._wrapped(self.words.amounts())
        for chapter in self.page.chapters:
            text = f"({chapter.number}) {chapter.package.title.in_(self.locale)}: {len(chapter.entries)}"
            yield from self._wrapped(text, "      ", "", "  ")
        yield from self._counts()

    def _head(self, final: bool = True) -> Iterator[Styled]:
        yield Styled(self.words.title(final), "title")
        yield from self._wrapped(self.words.as_of(), "", "faint")
        if beyond := self.words.beyond():
            yield from self._wrapped(beyond, "", "warning")

    def _counts(self) -> Iterator[Styled]:
        page = self.page
        words = {
            "maybe": str(len(page.plan.maybe)),
            "unanswered": str(len(page.unanswered)),
            "assumptions": str(len(page.assumptions)),
            "upcoming": str(len(page.plan.upcoming)),
            "notes": str(len(page.notes)),
        }
        yield from self._wrapped(self.say("export.counts", **words))

    def _chapters(self) -> Iterator[Styled]:
        for chapter in self.page.chapters:
            yield Styled("")
            yield Styled(f"{chapter.package.title.in_(self.locale)} ({chapter.number})", "heading")
            deliverable = self.say("plan.deliverable", text=chapter.package.deliverable.in_(self.locale))
            yield from self._wrapped(deliverable, "   ", "faint")
            for band, entries in chapter.bands():
                yield Styled("")
                yield Styled(f"   {self.words.band(band)}", "band")
                for entry in entries:
                    yield from self.entry(entry)

    def entry(self, entry: Entry) -> Iterator[Styled]:
        """One line of the plan with its reason."""
        indent = _INDENT
        yield from self._wrapped(entry.title, indent, "strong", f"{entry.line.rank:>4}. ")
        yield from self._boxes(entry)
        shown = entry.reasons if self.details else entry.reasons[:1]
        for reason in shown:
            yield from self._wrapped(self.say("plan.because", text=reason.text), indent)
        if self.details:
            yield from self._wrapped(entry.why, indent)
            for step in entry.steps:
                yield from self._wrapped(step, indent + "  ", "", f"{indent}- ")
        yield from self._wrapped(
            self.say("plan.place", text=entry.place if self.details else entry.place_in_short), indent, "faint"
        )
        yield from self._wrapped(self.say("plan.effort", effort=entry.effort, owner=entry.owner), indent, "faint")
        sources = "; ".join(item.text for item in entry.references)
        yield from self._wrapped(
            self.say("plan.sources", sources=sources, confidence=entry.line.action.confidence), indent, "faint"
        )
        if expert := self.words.expert(entry):
            yield from self._wrapped(expert, indent, "warning")

    def _boxes(self, entry: Entry) -> Iterator[Styled]:
        """For whom an action is to be done, and where it stands."""
        if entry.about:
            names = ", ".join(f"[{'x' if box.status == 'done' else ' '}] {self.words.box(box)}" for box in entry.boxes)
            yield from self._wrapped(self.say("plan.about", names=names), _INDENT)
        elif (status := entry.boxes[0].status) != "open":
            yield from self._wrapped(f"{self.say('export.label.status')}: {self.words.status(status)}", _INDENT)

    def _maybe(self) -> Iterator[Styled]:
        if not self.page.maybe:
            return
        yield Styled("")
        yield from self._wrapped(self.say("plan.maybe"), "", "heading")
        for entry in self.page.maybe:
            yield from self._wrapped(f"{self.words.band(entry.line.band)}: {entry.title}", "     ", "", "   - ")
            hangs = "; ".join(entry.hangs_on[:3]) + (" ..." if len(entry.hangs_on) > 3 else "")
            yield from self._wrapped(self.say("plan.maybe.hangs", questions=hangs), "     ", "faint")

    def _rest(self) -> Iterator[Styled]:
        plan = self.page.plan
        if plan.upcoming:
            yield Styled("")
            yield from self._wrapped(self.say("plan.upcoming"), "", "heading")
            for item in plan.upcoming:
                yield from self._wrapped(
                    f"{self.words.day(item.day)}: {item.what.in_(self.locale)}", "     ", "", "   - "
                )
        if self.page.assumptions:
            yield Styled("")
            yield from self._wrapped(self.say("plan.assumptions"), "", "heading")
            for text in self.page.assumptions:
                yield from self._wrapped(text, "     ", "", "   - ")
        if self.page.unanswered:
            yield Styled("")
            yield from self._wrapped(self.say("plan.unanswered", count=str(len(self.page.unanswered))), "", "heading")
            for text in self.page.unanswered:
                yield from self._wrapped(text, "     ", "", "   - ")
        if self.page.notes:
            yield Styled("")
            yield Styled(self.say("export.notes"), "heading")
            for text in self.page.notes:
                yield from self._wrapped(text, "     ", "", "   - ")

    def _end(self) -> Iterator[Styled]:
        yield Styled("")
        yield from self._wrapped(self.say("plan.confidence"), "", "faint")
        yield from self._wrapped(self.words.disclaimer())

    def _wrapped(self, text: str, indent: str = "", style: Style = "", first: str | None = None) -> Iterator[Styled]:
        for line in wrap(text, self.width, indent, first):
            yield Styled(line, style)


def _is_marked(entry: Entry) -> bool:
    return any(box.status != "open" for box in entry.boxes)


def plain(lines: Sequence[Styled] | Iterator[Styled]) -> str:
    """Styled lines as plain text."""
    return "\n".join(line.text for line in lines) + "\n"
