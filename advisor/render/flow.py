"""Where customers' data goes: purposes, who receives it, in which countries, on which ground. Pure data.

Read from what is certain of the case; what is not known is a place or a ground of its own and never left out. Which
partner serves which purpose follows from what it does for the shop (knowledge/functions.yaml): the usual links, not
answers. How this is drawn, or written as a table, is for the formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor import situation
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.engine.program import CERTAIN, POSSIBLE
from advisor.model import PEOPLE, SHOP, UNKNOWN, VENDORS, Fact, Value
from advisor.situation import STAND_IN
from advisor.wording import clean

Ground = Literal["eea", "adequacy", "dpf", "scc", "bcr", "art49", "onward", "own-staff", "missing", "unknown"]
GROUNDS: tuple[Ground, ...] = (
    "eea",
    "adequacy",
    "dpf",
    "scc",
    "bcr",
    "art49",
    "onward",
    "own-staff",
    "missing",
    "unknown",
)
"""Why data may be at a place: inside the EEA, the grounds of GDPR chapter V, sent on by a controller inside the
EEA in its own name, none at all, or not settled yet."""

Kind = Literal["vendor", "person", "supplier", "parent"]
Status = Literal["eea", "adequate", "conditional", "third", "unknown"]

_PLACES = ("vendor.country", "vendor.processing_countries", "vendor.remote_access_from")
_SAFEGUARDS: tuple[Ground, ...] = ("scc", "bcr", "art49", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What data is used for."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody outside the shop who gets at the data. `everything`: for all purposes; no purposes: not known which."""

    id: str
    name: str
    kind: Kind
    role: str
    purposes: tuple[str, ...] = ()
    everything: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, or with the id `unknown` a place nobody knows yet."""

    id: str
    name: str
    status: Status
    high_risk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Data of one recipient in one place, on a ground."""

    recipient: str
    place: str
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The whole picture. Moves stand in the order of recipients; `places` holds each place once, the EEA first."""

    purposes: tuple[Purpose, ...]
    recipients: tuple[Recipient, ...]
    places: tuple[Place, ...]
    moves: tuple[Move, ...]

    def place(self, identifier: str) -> Place:
        return next(place for place in self.places if place.id == identifier)

    def unserved(self) -> tuple[Purpose, ...]:
        """Purposes for which no recipient is known."""
        if any(recipient.everything for recipient in self.recipients):
            return ()
        served = {name for recipient in self.recipients for name in recipient.purposes}
        return tuple(purpose for purpose in self.purposes if purpose.id not in served)

    def from_(self, recipient: Recipient) -> Mapping[Ground, tuple[Place, ...]]:
        """The places of one recipient by ground, in the order of GROUNDS."""
        found: dict[Ground, list[Place]] = {}
        for move in sorted(self.moves, key=lambda move: GROUNDS.index(move.ground)):
            if move.recipient == recipient.id:
                found.setdefault(move.ground, []).append(self.place(move.place))
        return {ground: tuple(places) for ground, places in found.items()}


def flow(consultation: Consultation, case: Case) -> Flow:
    """The picture of a case, names in its language."""
    return _Reading(consultation, case).flow()


class _Reading:
    def __init__(self, consultation: Consultation, case: Case) -> None:
        self.consultation = consultation
        self.base = consultation.base
        self.case = case
        conclusions = consultation.conclusions(case)
        self.inference = conclusions.inference
        self.situation = conclusions.situation
        self.certain: dict[tuple[str, str], list[Value]] = {}
        for fact in (*self.inference.given, *self.inference.derived):
            if fact.attribute.endswith(CERTAIN):
                self.certain.setdefault((fact.attribute[:-1], fact.subject), []).append(fact.value)

    def flow(self) -> Flow:
        wanted = self._answered("data.purposes", "")
        found = [*self._vendors(wanted), *self._people(), *self._supplier(wanted), *self._parent()]
        moves = [
            Move(recipient=recipient.id, place=place, ground=ground)
            for recipient, places in found
            for place, ground in sorted(places.items())
        ]
        places = [self._place(name) for name in dict.fromkeys(move.place for move in moves)]
        order = ("eea", "adequate", "conditional", "third", "unknown")
        return Flow(
            purposes=tuple(Purpose(id=name, name=self._name(name)) for name in wanted),
            recipients=tuple(recipient for recipient, _ in found),
            places=tuple(sorted(places, key=lambda place: (order.index(place.status), place.name))),
            moves=tuple(moves),
        )

    # --- what is known ---

    def _values(self, attribute: str, subject: str = SHOP) -> tuple[str, ...]:
        """Certain values except "don't know", in a stable order."""
        return tuple(sorted(str(value) for value in self.certain.get((attribute, subject), ()) if value != UNKNOWN))

    def _answered(self, ask: str, of: str) -> tuple[str, ...]:
        """Values in the order in which the person gave them, as far as they are in force."""
        answer = self.case.answers.get((ask, of))
        values = () if answer is None else answer.values()
        certain = self._values(ask, of or SHOP)
        return tuple(str(value) for value in values if str(value) in certain)

    def _unsettled(self, attribute: str, subject: str = SHOP) -> bool:
        return (attribute, subject) in self.situation.unknown or (attribute, subject) in self.situation.open

    def _name(self, subject: str) -> str:
        return clean(self.consultation.subject_name(subject, self.case))

    def _place(self, identifier: str) -> Place:
        if identifier == UNKNOWN:
            name = self.consultation.phrase("export.place.unknown", self.case.locale)
            return Place(id=UNKNOWN, name=name, status="unknown")
        country = self.base.countries[identifier]
        status: Status = country.status(self.consultation.as_of)  # type: ignore[assignment]
        return Place(
            id=identifier,
            name=country.name(self.case.locale),
            status=status,
            high_risk=country.flag == "high_risk",
        )

    # --- who receives data ---

    def _vendors(self, wanted: tuple[str, ...]) -> Iterator[tuple[Recipient, dict[str, Ground]]]:
        for vendor in situation.subjects(self.case.answers, "vendor"):
            if not self.inference.holds(Fact("vendor.receives_data" + POSSIBLE, vendor, "yes")):
                continue  # just software on the shop's own server
            serves = self.base.serves(vendor, next(iter(self._values("vendor.function", vendor)), ""))
            recipient = Recipient(
                id=vendor,
                name=self._name(vendor),
                kind="vendor",
                role=next(iter(self._values("vendor.role", vendor)), UNKNOWN),
                purposes=tuple(name for name in wanted if name in (serves or ())),
                everything=serves is None,
                assumed=any(self._is_assumed(ask, vendor) for ask in ("vendor.role", *_PLACES)),
            )
            countries = {name: None for ask in _PLACES for name in self._values(ask, vendor) if name != "none"}
            places = {name: self._vendor_ground(vendor, name) for name in countries}
            if not places or any(self._unsettled(ask, vendor) for ask in _PLACES):
                places[UNKNOWN] = "unknown"
            yield recipient, places
        if self._unsettled(VENDORS):
            stand_in = STAND_IN["vendor"]
            yield Recipient(id=stand_in, name=self._name(stand_in), kind="vendor", role=UNKNOWN), {UNKNOWN: "unknown"}

    def _is_assumed(self, ask: str, vendor: str) -> bool:
        """Whether the catalogue says it and the person did not."""
        answer = self.case.answers.get((ask, vendor))
        return answer is not None and answer.how == "assumed" and any(item != UNKNOWN for item in answer.values())

    def _vendor_ground(self, vendor: str, place: str) -> Ground:
        """The ground for one vendor in one country: what its country allows, else the safeguards that are certain."""
        country = self.base.countries[place]
        status = country.status(self.consultation.as_of)
        grounds = self._values("vendor.ground", vendor)
        if status == "eea":
            return "eea"
        if place in self._values("vendor.sends_on_to", vendor):
            return "onward"
        if status == "adequate":
            return "adequacy"
        if status == "conditional" and country.like == "US" and "dpf" in grounds:
            return "dpf"
        if status == "conditional" and country.like != "US" and "met" in self._values(_CONDITION, vendor):
            return "adequacy"
        return next((ground for ground in _SAFEGUARDS if ground in grounds), "unknown")

    def _people(self) -> Iterator[tuple[Recipient, dict[str, Ground]]]:
        named = list(situation.subjects(self.case.answers, "person"))
        if (PEOPLE, SHOP) in self.situation.unknown:
            named.append(STAND_IN["person"])
        for person in named:
            access = self._values("person.access", person)
            if access and not {"production_read", "production_write"} & set(access):
                continue  # sees no real data
            relation = next(iter(self._values("person.relation", person)), UNKNOWN)
            places = {
                place: self._person_ground(person, place, relation) for place in self._values("person.country", person)
            }
            if self._unsettled("person.country", person) or not places:
                places[UNKNOWN] = "unknown"
            yield Recipient(id=person, name=self._name(person), kind="person", role=relation), places

    def _person_ground(self, person: str, place: str, relation: str) -> Ground:
        """The country's own ground, else what was agreed with the person as far as it is certain."""
        plain = self._plain_ground(place, relation)
        grounds = self._values("person.ground", person)
        return next((ground for ground in GROUNDS if ground in grounds), plain) if plain == "unknown" else plain

    def _supplier(self, wanted: tuple[str, ...]) -> Iterator[tuple[Recipient, dict[str, Ground]]]:
        """A supplier that ships straight to buyers, unless a named partner for deliveries already is in its country."""
        if "yes" not in self._values("shop.dropshipping"):
            return
        named = {
            place
            for vendor in situation.subjects(self.case.answers, "vendor")
            if "delivery" in self._values("vendor.function", vendor)
            for ask in _PLACES
            for place in self._values(ask, vendor)
        }
        places = {
            place: self._plain_ground(place) for place in self._values("shop.supplier_country") if place != "none"
        }
        if self._unsettled("shop.supplier_country"):
            places[UNKNOWN] = "unknown"
        if places and not set(places) <= named:
            name = self.consultation.phrase("export.supplier", self.case.locale)
            purposes = tuple(purpose for purpose in ("delivery",) if purpose in wanted)
            recipient = Recipient(id="supplier", name=name, kind="supplier", role=UNKNOWN, purposes=purposes)
            yield recipient, places

    def _parent(self) -> Iterator[tuple[Recipient, dict[str, Ground]]]:
        if "yes" not in self._values("group.parent_access"):
            return
        places = {place: self._plain_ground(place) for place in self._values("group.parent_country") if place != "none"}
        if self._unsettled("group.parent_country"):
            places[UNKNOWN] = "unknown"
        name = self.consultation.phrase("export.parent", self.case.locale)
        yield Recipient(id="parent", name=name, kind="parent", role=UNKNOWN), places

    def _plain_ground(self, place: str, relation: str = "") -> Ground:
        """The ground where nothing was asked about safeguards: the country's own, or not settled."""
        status = self.base.countries[place].status(self.consultation.as_of)
        if status == "eea":
            return "eea"
        if relation == "employee":
            return "own-staff"
        return "adequacy" if status == "adequate" else "unknown"


_CONDITION = "vendor.adequacy_condition"


def grounds_used(picture: Flow) -> Iterable[Ground]:
    """The grounds that occur, in the order of GROUNDS: the legend."""
    used = {move.ground for move in picture.moves}
    return [ground for ground in GROUNDS if ground in used]
