"""What things are called: the options of a question, countries and groups of them, vendors.

Turns a knowledge base into indexes of names. Knows no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.model import KnowledgeBase, Locale, Option, Value
from advisor.understanding.matching import Index, Name
from advisor.understanding.sentences import Words
from advisor.wording import fold

GROUP = "@"
"""Marks the value of a name that stands for a group of countries."""

_EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
GROUPS: Mapping[str, tuple[str, ...]] = {
    GROUP + "eu": _EU, GROUP + "eea": (*_EU, "IS", "LI", "NO"), GROUP + "baltics": ("LV", "LT", "EE"),
}  # fmt: skip

_SHARE = 0.6
"""How much of an option's name its first words must be: "private" is not yet "private limited company"."""
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_PARTS = re.compile(r"\s*(?:,|/|\bor\b|\bvai\b)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What can be named: an index, codes that count in capitals only, words that may stand around a name."""

    index: Index
    codes: Mapping[str, Value] = field(default_factory=dict)
    around: tuple[str, ...] = ("filler", "place")
    share: float = 0.0


def option_names(options: Sequence[Option], base: KnowledgeBase) -> Names:
    """Options by label, alias and value; an option that stands for a vendor also by the vendor's names."""
    return Names(index=Index(name for option in options for name in _of_option(option, base)), share=_SHARE)


def _of_option(option: Option, base: KnowledgeBase) -> Iterator[Name]:
    for label in (option.label.en, option.label.lv):
        yield from _of_label(label, option.value)
        for inside in _BRACKETS.findall(label):  # "Limited company (SIA)"
            yield from (Name(part, option.value) for part in _PARTS.split(inside) if not fold(part).isdigit())
    yield Name(option.value, option.value, whole=not option.value.isupper(), exact=not option.value.isupper())
    for alias in option.alias:
        yield Name(alias, option.value)
    if option.value in base.providers:
        yield from _of_provider(option.value, base)


def _of_label(label: str, value: Value) -> Iterator[Name]:
    """A label as it stands and without what is in brackets."""
    yield Name(label, value, "label")
    if "(" in label:
        yield Name(_BRACKETS.sub("", label), value, "label")


def country_names(base: KnowledgeBase, words: Words) -> Names:
    """Countries by name in three languages, alias and code; groups of countries; names that mean several."""
    names: list[Name] = []
    special: set[str] = set()
    for codes, means in words.below("means."):
        for said in (*means.entries[Locale.EN], *means.entries[Locale.LV]):
            special.add(fold(said))
            names += (Name(said, code) for code in codes.split("-") if code in base.countries)
    for group, list_ in words.below("group."):
        if GROUP + group in GROUPS:
            names += (Name(said, GROUP + group) for entries in list_.entries.values() for said in entries)
    for country in base.countries.values():
        labels = [name for label in (country.en, country.lv, country.ru) for name in _of_label(label, country.iso)]
        names += (name for name in labels if fold(name.said) not in special)
        names += (Name(alias, country.iso) for alias in country.alias if fold(alias) not in special)
    return Names(index=Index(names), codes={code: code for code in base.countries if len(code) == 2})


def provider_names(base: KnowledgeBase) -> Names:
    """Vendors of the catalogue by name, alias and id."""
    index = Index(name for provider in base.providers for name in _of_provider(provider, base))
    return Names(index=index, around=("filler", "place", "role"), share=_SHARE)


def _of_provider(identifier: str, base: KnowledgeBase) -> Iterator[Name]:
    provider = base.providers[identifier]
    for name in (*_of_label(provider.name, identifier), *(Name(alias, identifier) for alias in provider.alias)):
        everyday = provider.word and " " not in fold(name.said)
        yield name._replace(whole=True, exact=True) if everyday else name
    yield Name(identifier, identifier, whole=True, exact=True)
