"""What every export of a plan says, before any format: the page, the picture of flows, the words around them.

A plan that is handed over must always show the day of the law and of the knowledge, sources and confidence,
assumptions, open questions, changes of law ahead, the notes of the case and the disclaimer; so they are gathered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.model import Reading
from advisor.planning import Upcoming
from advisor.render.brand import Brand
from advisor.render.flow import Flow, Ground, Place, Recipient, flow
from advisor.render.page import page
from advisor.render.words import PlanWords

_READINGS = re.compile(r"S\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """One recipient on one ground, in words: the picture of flows as a table. `ground` is empty where nothing moves."""

    recipient: str
    role: str
    purposes: str
    countries: str
    ground: Ground | Literal[""]
    ground_text: str

    def cells(self) -> tuple[str, ...]:
        return self.recipient, self.role, self.purposes, self.countries, self.ground_text


FLOW_COLUMNS = ("recipient", "role", "purposes", "countries", "ground")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout(PlanWords):
    """A plan in words of one language, with everything that must stand beside it."""

    flow: Flow
    brand: Brand | None = None

    def label(self, name: str) -> str:
        """The heading of a field."""
        return self.say(f"export.label.{name}")

    def upcoming(self, item: Upcoming) -> str:
        """A change of law in one text: what changes, what to do, how sure that is."""
        act = f" {item.act.in_(self.locale)}" if item.act else ""
        return f"{item.what.in_(self.locale)}{act} [{item.confidence}]"

    def place(self, place: Place) -> str:
        """A country with what its law status is, in words."""
        if place.status == "unknown":
            return place.name
        status = self.say("export.place.high-risk" if place.high_risk else f"export.place.{place.status}")
        return f"{place.name} ({status})"

    def purposes(self, recipient: Recipient) -> str:
        if recipient.everything:
            return self.say("export.flow.everything")
        names = [item.name for item in self.flow.purposes if item.id in recipient.purposes]
        return "; ".join(names) or self.say("export.flow.unnamed")

    def flow_rows(self) -> Iterator[FlowRow]:
        """The picture of flows as rows, then the purposes for which no partner is named."""
        for recipient in self.flow.recipients:
            for ground, places in self.flow.from_(recipient).items():
                yield FlowRow(
                    recipient=recipient.name + (" *" if recipient.assumed else ""),
                    role=self.say(f"export.role.{recipient.role}"),
                    purposes=self.purposes(recipient),
                    countries="; ".join(self.place(place) for place in places),
                    ground=ground,
                    ground_text=self.say(f"export.ground.{ground}"),
                )
        if alone := self.flow.unserved():
            yield FlowRow(
                recipient=self.say("export.flow.own"),
                role="",
                purposes="; ".join(item.name for item in alone),
                countries="",
                ground="",
                ground_text="",
            )

    def readings(self) -> tuple[Reading, ...]:
        """The documents that the confidence marks of this plan name."""
        marks = " ".join(entry.line.action.confidence for entry in (*self.entries(), *self.page.maybe))
        marks += " ".join(item.confidence for item in self.page.plan.upcoming)
        named = set(_READINGS.findall(marks))
        return tuple(reading for name, reading in self.consultation.base.readings.items() if name in named)


def handout(consultation: Consultation, case: Case, brand: Brand | None = None) -> Handout:
    """The handout of a case."""
    return Handout(
        consultation=consultation,
        page=page(consultation, case, consultation.plan(case)),
        flow=flow(consultation, case),
        brand=brand,
    )
