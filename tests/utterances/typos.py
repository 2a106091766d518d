"""Typing mistakes in the names of countries and providers: makes them, reads them, counts what comes out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from advisor.model import KnowledgeBase, Locale, Place, Question, QuestionKind, Text, Value
from advisor.understanding.understand import Understanding
from tests.utterances.scoring import Score

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SHORTEST = 4
"""Letters of the shortest name in which a mistake can be recognised as one."""


@dataclass(slots=True)
class Study:
    """How often each score came out for each kind of mistake, and what was misread: typed, meant, understood."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[tuple[str, str, object]] = field(default_factory=list)

    def add(self, mistake: str, score: Score) -> None:
        self.counts.setdefault(mistake, Counter())[score] += 1


def study(base: KnowledgeBase, every: int = 1) -> Mapping[str, Study]:
    """Countries and providers in both languages; of the mistakes only every so manieth."""
    understanding = Understanding(base)
    found: dict[str, Study] = {}
    count = 0
    for about, names in ((_question("country"), _countries(base)), (_question("vendors"), _providers(base))):
        what = "countries" if about.kind == "country" else "providers"
        for locale, meant, name in names:
            if _read(understanding, about, name, locale) != meant:
                continue  # a name that is asked about even when it is typed well: Georgia, Korea
            here = found.setdefault(f"{what}, {locale}", Study())
            for mistake, typed in _mistakes(name):
                count += 1
                if count % every:
                    continue
                got = _read(understanding, about, typed, locale)
                score: Score = "right" if got == meant else "asks" if got is None else "wrong"
                here.add(mistake, score)
                if score == "wrong":
                    here.wrong.append((typed, meant, got))
    return found


def _read(understanding: Understanding, about: Question, typed: str, locale: Locale) -> Value | None:
    """The one value understood; None if the program asks back."""
    value = understanding.read(about, typed, locale).value
    return value[0] if isinstance(value, tuple) and len(value) == 1 else None if isinstance(value, tuple) else value


def _question(kind: QuestionKind) -> Question:
    text = Text(en="?", lv="?")
    return Question(
        id=f"typos.{kind}", attribute=f"typos.{kind}", kind=kind, topic="typos", title=text, ask=text, help=text,
        place=Place("typos", 1),
    )  # fmt: skip


def _countries(base: KnowledgeBase) -> Iterator[tuple[Locale, str, str]]:
    for country in base.countries.values():
        yield Locale.EN, country.iso, country.en
        yield Locale.LV, country.iso, country.lv


def _providers(base: KnowledgeBase) -> Iterator[tuple[Locale, str, str]]:
    """Names and aliases, as they are said in an interview of either language."""
    for provider in base.providers.values():
        for locale in Locale:
            names = {part.strip() for part in _BRACKETS.sub("", provider.name.in_(locale)).split("/")}
            yield from ((locale, provider.id, name) for name in sorted(names | set(provider.alias)))


def _mistakes(name: str) -> Iterator[tuple[str, str]]:
    """The name with each mistake, by kind; only those by which it becomes another text."""
    if sum(map(str.isalpha, name)) < _SHORTEST:
        return
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    if plain != name:
        yield "without diacritics", plain
    for place, char in enumerate(name):
        if not char.isalpha():
            continue
        yield "left out", name[:place] + name[place + 1 :]
        yield "doubled", name[: place + 1] + name[place:]
        following = name[place + 1 : place + 2]
        if following.isalpha() and following.casefold() != char.casefold():
            yield "swapped", name[:place] + following + char + name[place + 2 :]
