"""What things are called: the options of a question, countries and groups of them, vendors.

Turns a knowledge base into indexes of names, each when it is first needed. Knows no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.model import KnowledgeBase, Locale, Option, Question, Value
from advisor.understanding.matching import Index, Name
from advisor.understanding.sentences import Words
from advisor.wording import fold, fold_all

GROUP = "@"
"""Marks the value of a name that stands for a group of countries."""
NONE = "none"
"""The value of the option "none of these"."""
COUNTRY_KINDS = ("country", "countries", "people")
"""Kinds of questions that are answered with countries."""

_EFTA = ("IS", "LI", "NO")
"""The states that the EEA has beside those of the EU (EEA Agreement, Article 2)."""
_BALTICS = ("LV", "LT", "EE")

_SHARE = 0.6
"""How much of an option's name its first words must be: "private" is not yet "private limited company"."""
_MOST_INDEXES = 200
_LONG = 7
"""Letters of an everyday word that no other everyday word is likely to resemble."""
_MOST_WEAK = 3
_DENYING = ("not", "no", "none", "refusal")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_PARTS = re.compile(r"\s*(?:,|/|\bor\b|\bvai\b)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What can be named: an index, codes that count in capitals only, words that may stand around a name.

    `open`: what is not among the names may be a new one.
    """

    index: Index
    codes: Mapping[str, Value] = field(default_factory=dict)
    around: tuple[str, ...] = ("filler", "place")
    share: float = 0.0
    open: bool = False


class Naming:
    """The names of everything that can be said in an answer."""

    def __init__(self, base: KnowledgeBase, words: Words) -> None:
        self.base = base
        self.words = words
        self.groups = groups(base)
        self._made: dict[tuple[str, tuple[Option, ...]], Names] = {}

    def of(self, question: Question, options: tuple[Option, ...]) -> Names:
        """What can be named in an answer to the question."""
        if question.kind in COUNTRY_KINDS:
            return self.countries()
        if question.kind == "vendors":
            return self.vendors()
        key = (question.id, options)
        return self._kept(key, lambda: option_names(question.id, options, self.base, self.words))

    def countries(self) -> Names:
        return self._kept(("countries", ()), lambda: country_names(self.base, self.words))

    def vendors(self) -> Names:
        return self._kept(("vendors", ()), lambda: provider_names(self.base, self.words))

    def of_none(self, question: Question) -> Names | None:
        """How "none of these" is said in the words of a question."""
        if (none := question.none) is None:
            return None
        return self._kept((f"{question.id}, none", (none,)), lambda: option_names("", (none,), self.base, self.words))

    def described(self, question: Question, options: tuple[Option, ...]) -> Names:
        """The options also by what is said of them in their hints."""
        key = (f"{question.id}, described", options)
        return self._kept(key, lambda: _described(options, self.base))

    def of_answers(self, question: Question) -> Names:
        """Phrases that mean yes or no: in answers to any question, and to this one."""
        return self._kept((f"{question.id}, yes and no", ()), lambda: answer_names(question.id, self.words))

    def together(self, question: Question) -> Mapping[str, tuple[str, ...]]:
        """The options that one phrase means at once, by the value of the group: "the Baltic languages"."""
        return {GROUP + values: tuple(values.split("+")) for values, _ in self.words.below(f"together.{question.id}.")}

    def _kept(self, key: tuple[str, tuple[Option, ...]], make: Callable[[], Names]) -> Names:
        if key not in self._made:
            if len(self._made) >= _MOST_INDEXES:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]


def groups(base: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """The member states of groups of countries, by the value of the group."""
    eea = tuple(iso for iso, country in base.countries.items() if country.eea and not country.of)
    members = {"eea": eea, "eu": tuple(iso for iso in eea if iso not in _EFTA), "baltics": _BALTICS}
    return {GROUP + name: tuple(iso for iso in isos if iso in base.countries) for name, isos in members.items()}


def option_names(question: str, options: Sequence[Option], base: KnowledgeBase, words: Words) -> Names:
    """Options by label, alias and value; an option that stands for a vendor also by the vendor's names.

    What fits several options of the question stands for each of them: the program asks.
    """
    names = [name for option in options for name in of_option(option, base)]
    known = {option.value for option in options}
    for values, fitting in words.below(f"fits.{question}."):
        said = (entry for entries in fitting.entries.values() for entry in entries)
        names += (Name(entry, value) for entry in said for value in values.split("+") if value in known)
    for values, together in words.below(f"together.{question}.") if question else ():
        said = (entry for entries in together.entries.values() for entry in entries)
        names += (Name(entry, GROUP + values) for entry in said)
    decoys = _decoys(question, words)
    alike = words[f"lookalike.{question}"].phrases
    return Names(index=Index(names, lambda said: _is_weak(said, words), decoys, alike), share=_SHARE)


def _decoys(about: str, words: Words) -> Iterator[str]:
    """What holds a name of such an answer and means none."""
    for entries in words[f"decoy.{about}"].entries.values():
        yield from (said for said in entries if said)


def _described(options: Sequence[Option], base: KnowledgeBase) -> Names:
    hints = ((option, hint) for option in options if option.hint for hint in (option.hint.en, option.hint.lv))
    names = [name for option in options for name in of_option(option, base)]
    return Names(
        index=Index([*names, *(Name(part, option.value) for option, hint in hints for part in _PARTS.split(hint))])
    )


def answer_names(question: str, words: Words) -> Names:
    """Phrases that mean yes or no wherever they stand, as far as this question goes."""
    lists = ((value, words[f"told.{where}{value}"]) for where in ("", f"{question}.") for value in ("yes", "no"))
    names = [
        Name(said, value) for value, told in lists for entries in told.entries.values() for said in entries if said
    ]
    return Names(index=Index(names))


def _is_weak(said: Sequence[str], words: Words) -> bool:
    """Whether the words answer alone, but not inside a sentence: "some", "working", "we don't"."""
    if len(said) > _MOST_WEAK or said in words["weak"]:
        return len(said) <= _MOST_WEAK
    if not any(said[0] in words[name].first for name in (*_DENYING, "filler")):
        return False
    index = denied = 0
    while index < len(said):
        length = max(words[name].at(said, index) for name in _DENYING)
        denied = denied or length
        length = length or words["filler"].at(said, index)
        if length == 0:
            return False
        index += length
    return denied > 0


def of_option(option: Option, base: KnowledgeBase) -> Iterator[Name]:
    """Every name of an option."""
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
    usual: list[Name] = []
    special: set[str] = set()
    for codes, means in words.below("means."):
        for said in (*means.entries[Locale.EN], *means.entries[Locale.LV]):
            special.add(fold(said))
            names += (Name(said, code) for code in codes.split("-") if code in base.countries)
    known = groups(base)
    for group, list_ in words.below("group."):
        if GROUP + group in known:
            names += (Name(said, GROUP + group) for entries in list_.entries.values() for said in entries)
    for country in base.countries.values():
        labels = [name for label in (country.en, country.lv, country.ru) for name in _of_label(label, country.iso)]
        usual += (*labels, *(Name(alias, country.iso) for alias in country.alias))
    said_usually = zip(usual, fold_all([name.said for name in usual]), strict=True)
    names += (name for name, said in said_usually if said not in special)
    iso_codes = {code: code for code in base.countries if len(code) == 2}
    index = Index(names, decoys=_decoys("countries", words), lookalikes=words["lookalike.countries"].phrases)
    return Names(index=index, codes=iso_codes, around=("filler", "place", "country"))


def provider_names(base: KnowledgeBase, words: Words) -> Names:
    """Vendors of the catalogue by name, alias and id; what may mean several of them, as "google docs" does."""
    names = [name for provider in base.providers for name in _of_provider(provider, base)]
    for values, fitting in words.below("fits.vendors."):
        said = (entry for entries in fitting.entries.values() for entry in entries)
        names += (Name(entry, value) for entry in said for value in values.split("+") if value in base.providers)
    return Names(index=Index(names), around=("filler", "place", "role"), share=_SHARE, open=True)


def _of_provider(identifier: str, base: KnowledgeBase) -> Iterator[Name]:
    provider = base.providers[identifier]
    labels = (
        name for said in dict.fromkeys((provider.name.en, provider.name.lv)) for name in _of_label(said, identifier)
    )
    for name in (*labels, *(Name(alias, identifier) for alias in provider.alias)):
        everyday = provider.word and " " not in fold(name.said)
        # "Make" and "zone" must be exact; a long word such as "grāmatvedis" may be misspelt where it stands alone.
        yield name._replace(whole=True, exact=len(fold(name.said)) < _LONG) if everyday else name
    yield Name(identifier, identifier, whole=True, exact=True)
