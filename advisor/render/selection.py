"""A part of the plan: some bands, areas or work packages of it. The ranks and numbers stay those of the whole plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from advisor.errors import UsageError, did_you_mean
from advisor.model import BANDS
from advisor.render.page import Chapter, Entry, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to show; an empty tuple shows all of its kind. Values are ids."""

    bands: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.bands or self.areas or self.packages)

    def admits(self, entry: Entry) -> bool:
        line = entry.line
        return (
            (not self.bands or line.band in self.bands)
            and (not self.areas or line.action.area in self.areas)
            and (not self.packages or line.action.package in self.packages)
        )


def selection(
    page: Page,
    packages: Sequence[str],
    *,
    bands: Iterable[str] = (),
    areas: Iterable[str] = (),
    wanted: Iterable[str] = (),
) -> Selection:
    """What a person asked for, read leniently. Each item may be several words with commas between them.

    `packages` are all package ids; `wanted` those asked for, by id or by the number they have in this plan. Raises
    UsageError for a word that is none of its kind.
    """
    numbers = {str(chapter.number): chapter.package.id for chapter in page.chapters}
    known_areas = sorted({entry.line.action.area for entry in _entries(page)})
    return Selection(
        bands=_read("band", bands, BANDS, str.upper),
        areas=_read("area", areas, known_areas, str.lower),
        packages=_read("package", wanted, packages, lambda word: numbers.get(word, word.lower())),
    )


def selected(page: Page, wanted: Selection) -> Page:
    """The page with nothing but the entries wanted. Open questions, assumptions, notes and changes of law stay."""
    if not wanted:
        return page
    chapters = (
        Chapter(number=chapter.number, package=chapter.package, entries=tuple(filter(wanted.admits, chapter.entries)))
        for chapter in page.chapters
    )
    return dataclasses.replace(
        page,
        chapters=tuple(chapter for chapter in chapters if chapter.entries),
        maybe=tuple(filter(wanted.admits, page.maybe)),
    )


def _entries(page: Page) -> Iterable[Entry]:
    return (*(entry for chapter in page.chapters for entry in chapter.entries), *page.maybe)


def _read(kind: str, given: Iterable[str], known: Sequence[str], meant: Callable[[str], str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said in (word.strip() for item in given for word in item.split(",")):
        if not said:
            continue
        word = meant(said)
        if word not in known:
            hint = did_you_mean(word, known) or f"one of {', '.join(known)}"
            raise UsageError(f"there is no {kind} {said!r} in this plan", hint=hint)
        found[word] = None
    return tuple(found)
