"""Puts what was collected into words: for each thing a part of a template repeats, what its names stand for.

The names are those of `advisor.knowledge.templates.ROWS`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.documents.citing import cited_article
from advisor.documents.collect import Collected, Move, Partner, Used
from advisor.documents.cookies import sets, stored
from advisor.documents.filling import Filler, Scope, words
from advisor.documents.structure import Span, Words, joined, plain
from advisor.knowledge.templates import DETAILS, MARKETING
from advisor.model import UNKNOWN, Adequacy, Country, Use
from advisor.wording import clean

_SAFEGUARDS = ("scc", "bcr", "art49")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """One thing a part is repeated for. `id` tells it apart from the others of its kind."""

    id: str
    scope: Scope


class Wording:
    """What was collected for one case, in words of one language."""

    def __init__(self, collected: Collected) -> None:
        self.collected = collected
        self.base = collected.base
        self.filler = Filler(collected.base, collected.locale)
        self._details = {f"seller.{name}": self.filler.detail(name, collected.details) for name in DETAILS}
        self._cache: dict[str, tuple[RowWords, ...]] = {}

    def general(self, bases: tuple[str, ...] = ()) -> dict[str, Words | None]:
        """The names that every text may use; `purposes` are those resting on one of the bases."""
        collected = self.collected
        resting = collected.resting_on(bases) if bases else collected.used
        resting = resting or tuple(used for used in collected.possible if used.rests_on(bases))
        if "legitimate_interest" in bases and MARKETING not in bases:
            # Against advertising people may object without reasons, and a part of its own says so.
            resting = tuple(used for used in resting if not used.use.marketing) or resting
        special = [
            _lowered(self._option("data.special_categories", value))
            for value in collected.standing.values("data.special_categories")
        ]
        networks = self._networks()
        return {
            **self._details,
            "day": words(self.day(self.collected.consultation.as_of)),
            "purposes": joined([words(self.title(used)) for used in resting], "; ")
            or self.filler.phrase("documents.purposes"),
            "special": words(", ".join(special)) if special else self.filler.phrase("documents.special"),
            "networks": words(networks) if networks else self.filler.phrase("documents.networks"),
        }

    def rows(self, each: str) -> tuple[RowWords, ...]:
        if each not in self._cache:
            self._cache[each] = tuple(getattr(self, f"_{each}")())
        return self._cache[each]

    def day(self, iso: str) -> str:
        """A date as it is written in a document."""
        return self.collected.consultation.day(iso, self.filler.locale)

    def title(self, used: Used) -> str:
        return used.label.in_(self.filler.locale)

    # --- purposes ---

    def _uses(self) -> Iterator[RowWords]:
        for used in self.collected.used:
            yield RowWords(id=used.id, scope=self._use(used))

    def _use(self, used: Used) -> Scope:
        locale, use = self.filler.locale, used.use
        receivers = [partner for partner in self._receivers() if used.id in partner.serves]
        others = self._others(use, known=bool(receivers))
        if use.receivers is not None and others:
            receivers = [partner for partner in receivers if partner.id not in use.by]
        return {
            "name": words(self.title(used)),
            "doing": joined([self._filled(text.in_(locale)) for text in used.doing], " "),
            "data": joined([self._filled(text) for text in used.data.in_(locale)], "; "),
            "people": self._filled(use.people.in_(locale)),
            "basis": self._basis(used),
            "bases": self._bases(used),
            "interest": self._filled(use.interest.in_(locale)) if use.interest is not None else None,
            "retention": self._filled(use.retention.in_(locale)),
            "giving": self._filled(use.giving.in_(locale)),
            "source": self._filled(use.source.in_(locale)) if use.source is not None else None,
            "recipients": joined([*(self._name(partner) for partner in receivers), *others], "; ")
            or self._perhaps()
            or self._nothing(),
            "receivers": joined([*(self._receiver(partner) for partner in receivers), *others], "; ")
            or self._perhaps()
            or self.filler.phrase("documents.receivers.nobody"),
            "outside": joined([w for partner in receivers if (w := self._outside(partner))], "; ") or self._nothing(),
        }

    def _others(self, use: Use, known: bool) -> tuple[Words, ...]:
        """Who receives the data of a use besides the partners, as its texts say."""
        networks = self._networks()
        scope: Scope = {"networks": words(networks) if networks else None}
        for text in (use.receivers, None if known else use.otherwise):
            if text is not None and (found := self.filler.fill(text.in_(self.filler.locale), scope)):
                return (found,)
        return ()

    def _networks(self) -> str:
        standing = self.collected.standing
        return ", ".join(self._option("shop.social_pages", value) for value in standing.values("shop.social_pages"))

    def _perhaps(self) -> Words:
        """Who may receive the data where nobody is known to: those of whom it is not known what they receive it for."""
        unknown = [item for item in self._receivers() if item.is_helper and self._without(item) == "unknown"]
        names = joined([self._name(partner) for partner in unknown], ", ")
        return self.filler.phrase("documents.receivers.perhaps", {"names": names}) if names else ()

    def _basis(self, used: Used) -> Words:
        """Each legal basis, with what part of the purpose it is for."""
        found = []
        for basis in used.basis:
            said = self.filler.phrase(f"documents.basis.{basis}")
            if basis in used.use.bases:
                said = (*said, Span(" – "), *self._filled(used.use.bases[basis].in_(self.filler.locale)))
            found.append(said)
        if used.use.choose:
            found.append((self.filler.gap(self.filler.said("documents.basis.choose")),))
        return joined(found, "; ")

    def _bases(self, used: Used) -> Words:
        """The legal bases alone, as a register names them."""
        found = [self.filler.phrase(f"documents.basis.short.{basis}") for basis in used.basis]
        if used.use.choose:
            found.append((self.filler.gap(self.filler.said("documents.basis.choose")),))
        return joined(found, "; ")

    def _sources(self) -> Iterator[RowWords]:
        """The uses for which data comes from somebody other than the person."""
        for row in self.rows("uses"):
            if row.scope["source"] is not None:
                yield RowWords(id=row.id, scope={name: row.scope[name] for name in ("name", "source")})

    # --- recipients ---

    def _receivers(self) -> tuple[Partner, ...]:
        return tuple(partner for partner in self.collected.partners if not partner.is_staff)

    def _recipients(self) -> Iterator[RowWords]:
        for partner in self._receivers():
            yield RowWords(
                id=partner.id,
                scope={
                    "name": self._name(partner),
                    "who": self._who(partner),
                    "function": self._function(partner),
                    "role": self._role(partner),
                    "countries": self._countries(partner),
                },
            )

    def _helpers(self) -> Iterator[RowWords]:
        """Recipients that none of the purposes names: what they are for stays to be filled in."""
        for partner in self._receivers():
            if partner.is_helper:
                scope: Scope = {"name": self._name(partner), "function": self._function(partner)}
                yield RowWords(id=partner.id, scope=scope)

    def _hosts(self) -> Iterator[RowWords]:
        """Recipients that can see whatever lies in the shop."""
        for partner in self._receivers():
            if partner.is_host:
                scope: Scope = {"name": self._name(partner), "function": self._function(partner)}
                yield RowWords(id=partner.id, scope=scope)

    def _partners(self) -> Iterator[RowWords]:
        for partner in self.collected.partners:
            yield RowWords(id=partner.id, scope=self._partner(partner))

    def _partner(self, partner: Partner) -> Scope:
        vendor = partner.recipient.kind == "vendor"
        served = [used for used in self.collected.used if used.id in partner.serves]
        titles = "; ".join(self.title(used) for used in served)
        if partner.is_host:
            titles = self.filler.said("documents.serves.all")
        places = joined([words(self._country(iso)) for iso in partner.processing], ", ")
        remote = joined([words(self._country(iso)) for iso in partner.remote], ", ")
        if "processing_countries" in partner.unsettled:
            places = joined([part for part in (places, self.filler.phrase("documents.countries.more")) if part], ", ")
        if "remote_access_from" in partner.unsettled:
            remote = joined([part for part in (remote, self.filler.phrase("documents.countries.remote")) if part], ", ")
        if not vendor:
            places = joined([words(place.name) for place in partner.places], ", ")
        return {
            "name": self._name(partner, inside=True),
            "entity": self._entity(partner),
            "function": self._function(partner),
            "serves": words(titles) if titles else self.filler.phrase(f"documents.serves.{self._without(partner)}"),
            "role": self._role(partner),
            "country": self._home(partner),
            "places": places or self._nothing(),
            "remote": remote or self.filler.phrase("documents.countries.nowhere"),
            "contract": self._contract(partner),
            "subprocessors": self._subprocessors(partner),
            "ground": self._moves(partner) or self._staying(partner),
            "origin": self._origin(partner),
        }

    def _without(self, partner: Partner) -> str:
        """Why a partner serves none of the purposes: they do not fit what it does, or nobody knows what it does."""
        return "none" if self.base.serves(partner.id, partner.function) else "unknown"

    def _name(self, partner: Partner, inside: bool = False) -> Words:
        """How a recipient is called. People stay unnamed in what others read; `inside` the house they are named."""
        recipient = partner.recipient
        if recipient.kind == "vendor":
            if recipient.id == "some-vendor":
                return (self.filler.gap(self.filler.said("documents.recipient.vendors")),)
            if partner.who == "helper" and not inside:
                return self.filler.phrase("documents.recipient.helper")
            return words(recipient.name) if recipient.name else self.filler.phrase("documents.recipient.vendor")
        if recipient.kind == "person":
            known = recipient.role if recipient.role in ("contractor", "group_company") else "person"
            return words(recipient.name) if inside else self.filler.phrase(f"documents.recipient.{known}")
        return self.filler.phrase(f"documents.recipient.{recipient.kind}")

    def _who(self, partner: Partner) -> Words:
        """A recipient with the company behind its name, and what is to be settled where it may be none."""
        name = self._name(partner)
        if partner.is_private:
            return self.filler.phrase("documents.recipient.private", {"name": name})
        if partner.recipient.kind == "vendor" and partner.who != "company" and partner.recipient.name:
            return (*name, Span(" "), *self.filler.phrase(f"documents.recipient.who.{partner.who}"))
        return self._company(partner)

    def _company(self, partner: Partner) -> Words:
        """A recipient with the company behind its name, as far as the catalogue knows it."""
        name = self._name(partner)
        entity = partner.provider.entity if partner.provider is not None else ""
        if not entity or partner.recipient.kind != "vendor":
            return name
        if plain(name) in entity:
            return words(entity)
        return self.filler.phrase("documents.recipient.entity", {"name": name, "entity": words(entity)})

    def _entity(self, partner: Partner) -> Words:
        """With whom the contract is, as far as anybody knows."""
        if partner.recipient.kind != "vendor" or not partner.recipient.name:
            return self._nothing()
        if partner.is_private:
            return self.filler.phrase("documents.entity.private")
        if partner.who != "company":
            return self.filler.phrase(f"documents.entity.{'helper' if partner.who == 'helper' else 'unsaid'}")
        entity = partner.provider.entity if partner.provider is not None else ""
        return words(entity) if entity else self._nothing()

    def _receiver(self, partner: Partner) -> Words:
        """A recipient, and whether data leaves the EEA with it; where to is said once for all purposes."""
        name = self._name(partner)
        return self.filler.phrase("documents.receivers.outside", {"name": name}) if partner.moves else name

    def _function(self, partner: Partner) -> Words:
        kind, provider = partner.recipient.kind, partner.provider
        if provider is not None and provider.does is not None and provider.function == partner.function:
            return words(provider.does.in_(self.filler.locale))
        return self.filler.phrase(f"documents.function.{partner.function if kind == 'vendor' else kind}")

    def _role(self, partner: Partner) -> Words:
        role = partner.recipient.role
        if partner.is_private and role in ("processor", "mixed"):
            return self.filler.phrase("documents.role.private")
        if partner.is_processor and partner.who == "helper":
            return self.filler.phrase("documents.role.contractor")
        return self.filler.phrase(f"documents.role.{'staff' if partner.is_staff else role}")

    def _countries(self, partner: Partner) -> Words:
        names = [words(place.name) for place in partner.places]
        if not names:
            return self.filler.phrase("documents.country")
        if partner.unclear and partner.unsettled & {"processing_countries", "remote_access_from"}:
            names.append(self.filler.phrase("documents.countries.more"))
        return joined(names, ", ")

    def _home(self, partner: Partner) -> Words:
        if partner.recipient.kind != "vendor":
            return joined([words(place.name) for place in partner.places], ", ") or self._nothing()
        known = partner.country in self.base.countries
        return words(self._country(partner.country)) if known else self.filler.phrase("documents.country")

    def _contract(self, partner: Partner) -> Words:
        if partner.is_private:
            return self.filler.phrase("documents.contract.consumer")
        if partner.is_joint:
            return self.filler.phrase("documents.contract.joint")
        if partner.is_processor and partner.who == "helper" and partner.contract in ("none", UNKNOWN):
            return self.filler.phrase("documents.contract.helper")
        if partner.is_processor or (partner.recipient.kind == "vendor" and partner.recipient.role == UNKNOWN):
            return self.filler.phrase(f"documents.contract.{partner.contract}")
        if partner.recipient.kind == "vendor":
            return self.filler.phrase("documents.contract.controller")
        return self._nothing() if partner.is_staff else self.filler.phrase("documents.contract.unknown")

    def _subprocessors(self, partner: Partner) -> Words:
        if not partner.is_processor:
            return self._nothing()
        return self.filler.phrase(f"documents.subprocessors.{'yes' if partner.subprocessors == 'yes' else 'no'}")

    def _origin(self, partner: Partner) -> Words:
        if not partner.assumed:
            return self.filler.phrase("documents.origin.answers")
        return self.filler.phrase("documents.origin.catalogue", self.assumption(partner))

    def assumption(self, partner: Partner) -> Mapping[str, Words]:
        """What was taken from the catalogue, as words for a phrase."""
        what = ", ".join(self.filler.said(f"documents.field.{ask}") for ask in partner.assumed)
        as_of = partner.provider.as_of if partner.provider is not None else self.base.as_of
        return {"name": self._name(partner, inside=True), "day": words(self.day(as_of)), "what": words(what)}

    # --- transfers ---

    def _transfers(self) -> Iterator[RowWords]:
        for partner in self._receivers():
            for move in partner.moves:
                yield RowWords(
                    id=f"{partner.id}:{move.place.id}",
                    scope={
                        "name": self._name(partner),
                        "function": self._function(partner),
                        "country": words(move.place.name),
                        "ground": self._ground(move, partner.mechanism),
                        "copy": self._copy(move),
                    },
                )

    def _unclear(self) -> Iterator[RowWords]:
        for partner in self._receivers():
            if partner.unclear:
                yield RowWords(id=partner.id, scope={"name": self._name(partner)})

    def _parcels(self) -> Iterator[RowWords]:
        for move in self.collected.parcels:
            ground = self._ground(move) if move.ground == "adequacy" else self.filler.phrase("documents.ground.parcels")
            yield RowWords(id=move.place.id, scope={"country": words(self._country(move.place.id)), "ground": ground})

    def _settled(self) -> Iterator[RowWords]:
        """One row if nothing leaves the EEA and nothing about that is open."""
        if self.collected.stays and not self._outside_rows():
            yield RowWords(id="settled", scope={})

    def _open(self) -> Iterator[RowWords]:
        """One row if nothing is known to leave the EEA, and it is not known either that nothing does."""
        if not self.collected.stays and not self._outside_rows():
            yield RowWords(id="open", scope={})

    def _outside_rows(self) -> bool:
        return any(self.rows(each) for each in ("transfers", "unclear", "parcels"))

    def _ground(self, move: Move, mechanism: str = "") -> Words:
        country = self.base.countries[move.place.id]
        decision = self._decision(country)
        scope: dict[str, Words | None] = {**self._details, "decision": words(self._cited(decision))}
        name = f"documents.ground.{move.ground}"
        named = f"{name}.{mechanism}"  # the partner names a ground of which it is not known whether it holds
        found = self.filler.phrase(named if named in self.base.phrases else name, scope)
        if move.ground == "adequacy" and decision is not None and decision.conditional:
            extent: dict[str, Words | None] = {"scope": words(decision.scope.in_(self.filler.locale))}
            condition = self.filler.phrase("documents.ground.adequacy.condition", extent)
            found = (*found, Span(" ("), *condition, Span(")"))
        if decision is not None and decision.confidence == "?" and move.ground in ("adequacy", "dpf"):
            found = (*found, Span(" "), *self.filler.phrase("documents.ground.unsure"))
        if move.place.high_risk:
            found = (*found, Span(" "), *self.filler.phrase("documents.ground.high-risk"))
        elif country.flag == "ask_lawyer":
            found = (*found, Span(" "), *self.filler.phrase("documents.ground.unsure"))
        return found

    def _copy(self, move: Move) -> Words:
        if move.ground in ("adequacy", "dpf", "onward"):
            return self.filler.phrase(f"documents.copy.{move.ground}")
        kind = "safeguard" if move.ground in _SAFEGUARDS else "missing"
        return self.filler.phrase(f"documents.copy.{kind}", self._details)

    def _moves(self, partner: Partner) -> Words:
        """All transfers of one partner: places and ground, one after the other."""
        found = []
        for move in partner.moves:
            scope: Scope = {"place": words(move.place.name), "ground": self._ground(move, partner.mechanism)}
            found.append(self.filler.phrase("documents.ground.of", scope))
        return joined(found, "; ")

    def _outside(self, partner: Partner) -> Words:
        """A partner with the countries outside the EEA where its data is, or that they are not known."""
        if not partner.moves:
            name = {"name": self._name(partner)}
            return self.filler.phrase("documents.outside.unclear", name) if partner.unclear else ()
        return (*self._name(partner), Span(" – " + ", ".join(move.place.name for move in partner.moves)))

    def _staying(self, partner: Partner) -> Words:
        if partner.unclear or not partner.places:
            return self.filler.phrase("documents.ground.unknown")
        return self.filler.phrase("documents.ground.eea")

    def _decision(self, country: Country) -> Adequacy | None:
        day = self.collected.consultation.as_of
        return next((decision for decision in country.adequacy if decision.valid.covers(day)), None)

    def _cited(self, decision: Adequacy | None) -> str:
        """The number of a decision with its abbreviations in the language of the document."""
        if decision is None:
            return ""
        text, phrase = decision.decision, self.base.phrases["documents.decision"]
        pairs = zip(phrase.en.split("|"), phrase.in_(self.filler.locale).split("|"), strict=True)
        for english, own in pairs:
            text = text.replace(english, own)
        return text

    # --- the rest ---

    def _joint(self) -> Iterator[RowWords]:
        for partner in self._receivers():
            if partner.is_joint:
                scope: Scope = {"name": self._name(partner), "function": self._function(partner)}
                yield RowWords(id=partner.id, scope=scope)

    def _processors(self) -> Iterator[RowWords]:
        for partner in self.collected.partners:
            if partner.is_processor:
                yield RowWords(id=partner.id, scope={"name": self._name(partner, inside=True)})

    def _clauses(self) -> Iterator[RowWords]:
        for clause in self.base.clauses if self.rows("processors") else ():
            numbered = clause.article[:1].isdigit()
            article = (
                cited_article(clause.article, self.filler.locale)
                if numbered
                else self.filler.said("documents.good-practice")
            )
            scope: Scope = {"article": words(article), "need": words(clause.need.in_(self.filler.locale))}
            yield RowWords(id=clause.id, scope=scope)

    def _licences(self) -> Iterator[RowWords]:
        standing = self.collected.standing
        needed = (*standing.values("seller.licence_needed"), *standing.values("seller.licences_held"))
        for value in dict.fromkeys(needed):
            if value not in ("none", "food_registration"):  # a registration is not a licence
                what = words(self._option("seller.licence_needed", value))
                yield RowWords(id=value, scope={"name": self.filler.phrase("documents.licence", {"what": what})})

    def _cookies(self) -> Iterator[RowWords]:
        """What the site stores or reads on visitors' devices, by kind; a gap while that is not known."""
        for kind in stored(self.collected):
            serving = [partner for partner in self._receivers() if sets(self.base, partner, kind.value)]
            provider = "own" if kind.is_necessary else "unknown"
            doubt = (Span(" "), *self.filler.phrase("documents.cookies.likely")) if kind.only_likely else ()
            yield RowWords(
                id=kind.value,
                scope={
                    "name": (*words(self._option("data.cookies", kind.value)), *doubt),
                    "purpose": self.filler.phrase(f"documents.cookies.purpose.{kind.value}"),
                    "provider": joined([self._company(partner) for partner in serving], "; ")
                    or self.filler.phrase(f"documents.cookies.provider.{provider}"),
                    "consent": self.filler.phrase(
                        f"documents.cookies.consent.{'necessary' if kind.is_necessary else 'needed'}"
                    ),
                },
            )
        if self.collected.standing.unsettled("data.cookies"):
            gaps = {"name": "open.name", "purpose": "open.purpose", "provider": "provider.unknown"}
            gaps["consent"] = "consent.unknown"
            scope = {name: self.filler.phrase(f"documents.cookies.{gap}") for name, gap in gaps.items()}
            yield RowWords(id=UNKNOWN, scope=scope)

    def _necessary(self) -> Iterator[RowWords]:
        """One row if the shop stores what it cannot work without, or perhaps does."""
        kind = next((kind for kind in stored(self.collected) if kind.is_necessary), None)
        if kind is not None or self.collected.standing.unsettled("data.cookies"):
            likely = kind is not None and kind.only_likely
            doubt = (Span(" "), *self.filler.phrase("documents.cookies.likely")) if likely else ()
            yield RowWords(id="necessary", scope={"doubt": doubt})

    def _country(self, iso: str) -> str:
        country = self.base.countries.get(iso)
        return country.name(self.filler.locale) if country is not None else iso

    def _option(self, ask: str, value: str) -> str:
        return clean(self.collected.consultation.value_name(ask, value, self.collected.case))

    def _filled(self, text: str) -> Words:
        return self.filler.fill(text, {}) or ()

    def _nothing(self) -> Words:
        return self.filler.phrase("documents.none")


def _lowered(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


def said(scope: Scope, names: Iterable[str]) -> Iterator[str]:
    """The texts that some names stand for, those that do not apply left out."""
    for name in names:
        found = scope[name]
        if found:
            yield plain(found)
