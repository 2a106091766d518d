"""What every way of showing a plan says in the same words: title, stamp, bands, where to start, who must judge.

The terminal, the exported files and the documents handed over use these, so that they cannot differ.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.consultation import Consultation
from advisor.model import BANDS, Band, Locale
from advisor.render.page import Box, Entry, Page
from advisor.wording import clean

START = 5
"""How many lines and open questions the beginning of a plan names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """A page with the words around it, in the language of the page."""

    consultation: Consultation
    page: Page

    @property
    def locale(self) -> Locale:
        return self.page.locale

    @property
    def name(self) -> str:
        """The name of the case, harmless to show."""
        return clean(self.page.plan.case)

    def say(self, phrase: str, **words: str) -> str:
        return self.consultation.phrase(phrase, self.locale, **words)

    def day(self, iso: str) -> str:
        """A date as the reader writes it; files for programs keep it as it is."""
        return self.consultation.day(iso, self.locale)

    def title(self, final: bool = True) -> str:
        return self.say("plan.title" if final else "plan.so-far", case=self.name)

    def band(self, band: str) -> str:
        """A band in words. Once the shop is open, what had to be done before opening is to be done now."""
        if self.page.live and band == "P1":
            return self.say("plan.band.live")
        return self.consultation.base.priority.band_words[band].in_(self.locale)

    def as_of(self) -> str:
        """Which law and which knowledge the plan rests on."""
        plan = self.page.plan
        checked = self.day(plan.knowledge_day)
        return self.say("plan.as-of", day=self.day(plan.as_of), knowledge=plan.knowledge, checked=checked)

    def beyond(self) -> str:
        """That the knowledge ends before the day of the plan; empty if it does not."""
        plan = self.page.plan
        return self.say("plan.beyond", checked=self.day(plan.knowledge_day)) if plan.as_of > plan.knowledge_day else ""

    def counts(self) -> tuple[tuple[Band, int], ...]:
        """The bands that have lines, with how many."""
        bands = [line.band for line in self.page.plan.lines]
        return tuple((band, bands.count(band)) for band in BANDS if band in bands)

    def by_band(self) -> tuple[tuple[Band, tuple[Entry, ...]], ...]:
        """Every certain action, band after band."""
        found = self.entries()
        return tuple((band, tuple(entry for entry in found if entry.line.band == band)) for band, _ in self.counts())

    def amounts(self) -> str:
        """How much there is to do, in which bands."""
        words = "; ".join(f"{self.band(band)}: {count}" for band, count in self.counts())
        return self.say("plan.summary", count=str(len(self.page.plan.lines)), bands=words)

    def stamp(self) -> Iterator[str]:
        """Everything a plan begins with, below its title."""
        yield self.as_of()
        if beyond := self.beyond():
            yield beyond
        yield self.amounts()

    def entries(self) -> tuple[Entry, ...]:
        """Every certain action in rank order."""
        found = [entry for chapter in self.page.chapters for entry in chapter.entries]
        return tuple(sorted(found, key=lambda entry: entry.line.rank))

    def first(self) -> tuple[tuple[Entry, str], ...]:
        """The lines to begin with, each with when and how much work it is. What is done needs no beginning."""
        left = [entry for entry in self.entries() if any(box.status in ("open", "doing") for box in entry.boxes)]
        return tuple((entry, f"{self.band(entry.line.band)}; {entry.effort}") for entry in left[:START])

    def ask_first(self) -> tuple[str, ...]:
        """The open questions to find out about first."""
        return self.page.unanswered[:START]

    def asked_first(self) -> str:
        """What stands above them; empty if nothing is open."""
        count = len(self.page.unanswered)
        return self.say("plan.start.unanswered", count=str(count)) if count else ""

    def expert(self, entry: Entry) -> str:
        """Who has to judge, or an empty string."""
        if not entry.line.ask_expert:
            return ""
        return self.say("plan.expert.accountant" if entry.line.action.owner == "accountant" else "plan.expert")

    def due(self, entry: Entry) -> str:
        """When an action is due by its nature. What belongs before the opening belongs to now once the shop is open."""
        late = self.page.live and entry.line.action.due == "before_launch"
        return self.say("export.due.live" if late else f"export.due.{entry.line.action.due}")

    def status(self, status: str) -> str:
        return self.say(f"export.status.{status}")

    def box(self, box: Box) -> str:
        """The subject of a box, and where it stands unless it is to be done; empty for the shop with all to do."""
        if box.status == "open":
            return box.name
        return f"{box.name} ({self.status(box.status)})" if box.name else self.status(box.status)

    def deadline(self, band: Band) -> str:
        """The day (ISO) by which the lines of a band are to be done, counted from the plan's; empty: none."""
        days = self.consultation.base.priority.band_days.get(band)
        if days is None:
            return ""
        return (datetime.date.fromisoformat(self.page.plan.as_of) + datetime.timedelta(days=days)).isoformat()

    def until(self, band: Band) -> str:
        """ "By" that day, in words; nothing where there is no deadline or it is the day of the plan itself."""
        day = self.deadline(band)
        return self.say("export.deadline", day=self.day(day)) if day and day != self.page.plan.as_of else ""

    def disclaimer(self) -> str:
        return self.say("disclaimer", day=self.day(self.page.plan.knowledge_day))
