"""What a case says for its documents, as data: purposes, partners, transfers, what is assumed and what is open.

Nothing here is put into sentences; `rows` does that. Who receives data in which country and on which ground is read
from the picture of the data flow, so that plan and documents never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor import vocabulary
from advisor.case import Case
from advisor.conclusions import Conclusions, Due
from advisor.consultation import Consultation
from advisor.documents.standing import Alternatives, Holds, Standing
from advisor.knowledge.templates import MARKETING
from advisor.model import SHOP, UNKNOWN, KnowledgeBase, Locale, Provider, Text, Texts, Use
from advisor.render.flow import Ground, Place, Recipient, flow
from advisor.situation import STAND_IN
from advisor.understanding.sentences import Words
from advisor.wording import clean, fold

PURPOSES = "data.purposes"
_PROCESSORS = ("processor", "mixed")
_ASSUMABLE = (
    "vendor.role",
    "vendor.country",
    "vendor.processing_countries",
    "vendor.remote_access_from",
    "vendor.dpa",
    "vendor.mechanism",
    "vendor.dpf_active",
    "vendor.adequacy_condition",
)
_CARRIES_OUT = ("adequacy", "dpf", "scc", "bcr", "art49")

Who = Literal["company", "kind", "helper", "unsaid"]
"""What the name of a vendor tells of it: a company (of the catalogue, or a name with a legal form); only the kind of
partner (an accountant); somebody close to the founder (a brother); or nothing, so that it may be either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A use of data by the shop. `named` by the person, or following from other answers."""

    id: str
    label: Text
    data: Texts
    basis: tuple[str, ...]
    use: Use
    named: bool
    doing: tuple[Text, ...]
    """What is done, a sentence or more: also what some of the answers add."""

    def rests_on(self, bases: tuple[str, ...]) -> bool:
        return bool(set(bases) & set(self.basis)) or (MARKETING in bases and self.use.marketing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Data in one place outside the EEA, on a ground."""

    place: Place
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody who receives data. `serves`: the purposes it has to do with, by the kind of service.

    `is_host`: it runs or maintains the shop, so it may see whatever lies there. Named with every purpose it would seem
    to be the one for accounts or advertising; so it serves those whose data lies in the shop.
    """

    recipient: Recipient
    function: str
    country: str
    processing: tuple[str, ...]
    remote: tuple[str, ...]
    unsettled: frozenset[str]
    contract: str
    mechanism: str
    subprocessors: str
    consumer_grade: bool
    """Certainly an account for private people, which comes without an agreement on the processing of data."""
    who: Who
    serves: tuple[str, ...]
    is_host: bool
    places: tuple[Place, ...]
    moves: tuple[Move, ...]
    unclear: bool
    assumed: tuple[str, ...]
    provider: Provider | None

    @property
    def id(self) -> str:
        return self.recipient.id

    @property
    def is_private(self) -> bool:
        """Used with an account for private people, so that there is no contract to be looked at."""
        return self.recipient.kind == "vendor" and self.consumer_grade

    @property
    def is_processor(self) -> bool:
        return self.recipient.kind == "vendor" and self.recipient.role in _PROCESSORS and not self.is_private

    @property
    def is_helper(self) -> bool:
        """It receives data, and nobody knows for which of the shop's purposes."""
        return not (self.serves or self.is_host or self.is_staff) and self.id not in STAND_IN.values()

    @property
    def is_joint(self) -> bool:
        return self.recipient.role == "joint_controller"

    @property
    def is_staff(self) -> bool:
        """An employee of the shop is no recipient, wherever he sits."""
        return self.recipient.kind == "person" and self.recipient.role == "employee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Everything that documents of one case are made from, in one language."""

    consultation: Consultation
    case: Case
    standing: Standing
    used: tuple[Used, ...]
    possible: tuple[Used, ...]
    """Purposes that follow from answers nobody has given yet."""
    purposes_open: bool
    partners: tuple[Partner, ...]
    vendors_open: bool
    parcels: tuple[Move, ...]
    stays: bool
    """Whether it is certain that nothing leaves the EEA."""
    details: Mapping[str, str]

    @property
    def base(self) -> KnowledgeBase:
        return self.consultation.base

    @property
    def locale(self) -> Locale:
        return self.case.locale

    def resting_on(self, bases: tuple[str, ...]) -> tuple[Used, ...]:
        return tuple(used for used in self.used if used.rests_on(bases))

    def applies(self, when: Alternatives, bases: tuple[str, ...]) -> Holds:
        """Whether a part of a document or a required element concerns this case."""
        holds = self.standing.of(when)
        if bases and not self.resting_on(bases):
            possible = self.purposes_open or any(used.rests_on(bases) for used in self.possible)
            holds = min(holds, Holds.PERHAPS if possible else Holds.NO)
        return holds


def collect(consultation: Consultation, case: Case, details: Mapping[str, str]) -> Collected:
    """Reads a case, in the language it is in. `details` is what was told about the seller besides the interview."""
    conclusions = consultation.conclusions(case)
    standing = Standing(conclusions, vocabulary.attributes(consultation.base))
    used, possible = _uses(consultation.base, standing)
    return Collected(
        consultation=consultation,
        case=case,
        standing=standing,
        used=used,
        possible=possible,
        purposes_open=standing.unsettled(PURPOSES),
        partners=_partners(consultation, case, conclusions, standing, used),
        vendors_open=standing.unsettled("shop.vendors"),
        parcels=_parcels(consultation, standing),
        stays=Due(id="transfer.no-transfer-note", subject=SHOP) in conclusions.certain,
        details={name: found for name, value in details.items() if (found := clean(value))},
    )


def _uses(base: KnowledgeBase, standing: Standing) -> tuple[tuple[Used, ...], tuple[Used, ...]]:
    named = standing.values(PURPOSES)
    used, possible = [], []
    for use in base.uses.values():
        if use.unless and standing.of(use.unless) is Holds.YES:
            continue
        item = _used(base, use, standing, named=use.id in named)
        follows = standing.of(use.also) if use.also else Holds.NO
        if item.named or follows is Holds.YES:
            used.append(item)
        elif follows is Holds.PERHAPS:
            possible.append(item)
    return tuple(used), tuple(possible)


def _used(base: KnowledgeBase, use: Use, standing: Standing, named: bool) -> Used:
    """A use with its label, data and bases: those of the purpose, or its own if it is none that can be named."""
    source = base.purposes.get(use.id, use)
    assert source.label is not None  # checked when the knowledge base is loaded
    more = [item for item in use.more if standing.of(item.when) is Holds.YES]
    return Used(
        id=use.id,
        label=source.label,
        data=Texts(
            en=(*source.data.en, *(text for item in more for text in item.data.en)),
            lv=(*source.data.lv, *(text for item in more for text in item.data.lv)),
        ),
        basis=source.basis,
        use=use,
        named=named,
        doing=(use.doing, *(item.doing for item in more if item.doing is not None)),
    )


def _partners(
    consultation: Consultation, case: Case, conclusions: Conclusions, standing: Standing, used: tuple[Used, ...]
) -> tuple[Partner, ...]:
    picture = flow(consultation, case)
    asked = {*conclusions.certain, *conclusions.maybe}
    words = Words(consultation.base.phrases)
    found = []
    for recipient in picture.recipients:
        subject = recipient.id
        places = {place: ground for ground, several in picture.from_(recipient).items() for place in several}
        moves = tuple(
            Move(place=place, ground=ground)
            for place, ground in places.items()
            if ground not in ("eea", "own-staff") and place.id != UNKNOWN
        )
        wondering = Due(id="transfer.unknown-ask", subject=subject) in asked
        mechanism = standing.value("vendor.mechanism", subject)
        function = standing.value("vendor.function", subject)
        found.append(
            Partner(
                recipient=recipient,
                function=function,
                country=standing.value("vendor.country", subject),
                processing=standing.values("vendor.processing_countries", subject),
                remote=tuple(c for c in standing.values("vendor.remote_access_from", subject) if c != "none"),
                unsettled=frozenset(
                    name
                    for name in ("country", "processing_countries", "remote_access_from", "role", "dpa")
                    if standing.unsettled(f"vendor.{name}", subject)
                ),
                contract=standing.value("vendor.dpa", subject),
                mechanism=mechanism,
                subprocessors=standing.value("vendor.subprocessors_known", subject),
                consumer_grade=standing.value("vendor.consumer_grade", subject) == "yes",
                who=_who(consultation.base, recipient, words),
                serves=_serves(consultation.base, recipient, function, used),
                is_host=_is_host(consultation.base, recipient, function),
                places=tuple(place for place in places if place.id != UNKNOWN),
                moves=moves,
                unclear=(wondering and any(place.id == UNKNOWN for place in places))
                or (mechanism in _CARRIES_OUT and not moves),
                assumed=_assumed(case, recipient),
                provider=consultation.base.providers.get(subject),
            )
        )
    return tuple(found)


def _who(base: KnowledgeBase, recipient: Recipient, words: Words) -> Who:
    said = [(word,) for word in fold(recipient.name).split()]
    provider = base.providers.get(recipient.id)
    if any(word in words["company"] for word in said) or (provider is not None and not provider.unnamed):
        return "company"
    if any(word in words["helper"] for word in said):
        return "helper"
    return "unsaid" if provider is None else "kind"


def _assumed(case: Case, recipient: Recipient) -> tuple[str, ...]:
    """What the catalogue tells about a vendor and nobody has answered; what it does not know is no assumption."""
    return tuple(
        ask
        for ask in _ASSUMABLE
        if (answer := case.answers.get((ask, recipient.id))) is not None
        and (ask != "vendor.dpa" or recipient.role in _PROCESSORS)
        and answer.how == "assumed"
        and answer.values()
        and UNKNOWN not in answer.values()
    )


def _is_host(base: KnowledgeBase, recipient: Recipient, function: str) -> bool:
    """Whether somebody can open whatever lies in the shop: who runs it, maintains it or has access to the live data."""
    if recipient.kind == "vendor":
        return base.serves(recipient.id, function) is None
    return recipient.kind in ("person", "parent")


def _serves(base: KnowledgeBase, recipient: Recipient, function: str, used: tuple[Used, ...]) -> tuple[str, ...]:
    """The purposes of the case that a recipient has to do with, as far as its kind of service tells."""
    if _is_host(base, recipient, function):
        return tuple(item.id for item in used if item.use.in_shop)
    serves = recipient.purposes if recipient.kind != "vendor" else base.serves(recipient.id, function) or ()
    return tuple(item.id for item in used if item.id in serves or recipient.id in item.use.by)


def _parcels(consultation: Consultation, standing: Standing) -> tuple[Move, ...]:
    """Countries outside the EEA to which parcels are sent with buyers' addresses on them."""
    found = []
    for iso in standing.values("shop.delivers_to"):
        country = consultation.base.countries.get(iso)
        if country is None or (status := country.status(consultation.as_of)) == "eea":
            continue
        place = Place(id=iso, name="", status=status)  # type: ignore[arg-type]
        found.append(Move(place=place, ground="adequacy" if status == "adequate" else "art49"))
    return tuple(found)
