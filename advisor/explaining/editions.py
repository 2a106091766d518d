"""What differs between two editions of the knowledge base: rules, actions, countries, purposes. Nothing about cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.model import Action, Country, KnowledgeBase, Rule

RuleChange = Literal["new", "gone", "changed", "reworded"]
"""A rule of the later edition only, of the earlier only, one that says something else, one that says it otherwise."""

TEXTS = ("title", "why", "steps", "evidence", "mistakes", "sources")
"""What an action says; all else of it decides where it stands in the plan."""

_PLACING = ("rate", "gate", "band", "needs", "package")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """The differences of two editions, each by its id."""

    rules: Mapping[str, RuleChange]
    texts: Mapping[str, tuple[str, ...]]
    """The texts that differ, by action."""
    placed: frozenset[str]
    """Actions that are placed otherwise in a plan: by their rates, their band, or what they need."""
    countries: frozenset[str]
    """Countries of which something else is known, on some day."""
    purposes: frozenset[str]
    """Purposes with another legal basis."""


def editions(before: KnowledgeBase, after: KnowledgeBase) -> Editions:
    """What differs between an earlier and a later knowledge base."""
    rules = dict(_rules({rule.id: rule for rule in before.rules}, {rule.id: rule for rule in after.rules}))
    both = [(old, after.actions[name]) for name, old in before.actions.items() if name in after.actions]
    texts = {old.id: names for old, new in both if (names := _texts(old, new))}
    placed = {old.id for old, new in both if any(getattr(old, name) != getattr(new, name) for name in _PLACING)}
    countries = {
        iso
        for iso in {*before.countries, *after.countries}
        if _known(before.countries.get(iso)) != _known(after.countries.get(iso))
    }
    purposes = {
        name
        for name in {*before.purposes, *after.purposes}
        if (old := before.purposes.get(name)) is None
        or (new := after.purposes.get(name)) is None
        or old.basis != new.basis
    }
    return Editions(
        rules=rules, texts=texts, placed=frozenset(placed), countries=frozenset(countries), purposes=frozenset(purposes)
    )


def _rules(before: Mapping[str, Rule], after: Mapping[str, Rule]) -> Iterable[tuple[str, RuleChange]]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield name, "new" if old is None else "gone"
        elif (old.bodies, old.then, old.valid) != (new.bodies, new.then, new.valid):
            yield name, "changed"
        elif (old.because, old.source, old.basis) != (new.because, new.source, new.basis):
            yield name, "reworded"


def _texts(old: Action, new: Action) -> tuple[str, ...]:
    return tuple(name for name in TEXTS if getattr(old, name) != getattr(new, name))


def _known(country: Country | None) -> object:
    """What rules can see of a country."""
    if country is None:
        return None
    decisions = tuple((decision.conditional, decision.valid) for decision in country.adequacy)
    return country.eea, decisions, country.flag, country.like
