"""Asks back: the three to five answers that may have been meant, with their names in the language of the interview."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from advisor.model import UNKNOWN, Locale, Option, Question, Value
from advisor.understanding.around import Around
from advisor.understanding.finding import Doubt
from advisor.understanding.matching import NEAR
from advisor.understanding.naming import COUNTRY_KINDS, GROUP, NONE, Names, Naming
from advisor.understanding.reading import Candidate, Reading
from advisor.understanding.sentences import Sentence

_MOST_CANDIDATES = 5
_FEWEST_CANDIDATES = 3
_SHORT_WORD = 4
_FAINT = 0.4
"""Likeness from which candidates are filled up to the fewest, where there are few options."""
_PLAUSIBLE = 0.7
"""Likeness from which one of all countries may have been meant: less is like some country by chance."""


class Offering:
    """What can be offered for one line as an answer to one question."""

    def __init__(self, naming: Naming, question: Question, numbered: Sequence[Option], locale: Locale) -> None:
        self._base = naming.base
        self._words = naming.words
        self._question = question
        self._numbered = numbered
        self._locale = locale
        self._groups = {**naming.groups, **naming.together(question)}

    def near(self, sentence: Sentence, names: Names) -> tuple[Value, ...]:
        """What may have been meant by a line in which nothing was found for sure."""
        near: dict[Value, None] = {}
        spans = [(0, len(sentence.words)), *sentence.pieces()[:_MOST_CANDIDATES]]
        around = Around(sentence, names, self._words)
        trimmed = [around.trim(span, denials=True) for span in spans]
        cores = [core for start, end in trimmed if (core := sentence.words[start:end])]
        countries = self._question.kind in COUNTRY_KINDS
        for core in cores:
            near.update(dict.fromkeys(names.index.near(core, _PLAUSIBLE if countries else NEAR)))
        if not near:
            for word in dict.fromkeys(word for core in cores for word in core if len(word) > _SHORT_WORD):
                holding = names.index.holding((word,))
                near.update(dict.fromkeys(holding if len(holding) <= _FEWEST_CANDIDATES else ()))
        if near and not countries and len(near) < _FEWEST_CANDIDATES:
            for core in cores:
                near.update(dict.fromkeys(names.index.near(core, _FAINT)[:_FEWEST_CANDIDATES]))
        return tuple(value for value in near if not str(value).startswith(GROUP))

    def ask(
        self, values: Iterable[Value], names: Mapping[str, str] | None = None, kept: tuple[Value, ...] = ()
    ) -> Reading:
        """Asks which of the values was meant; what was understood besides is kept."""
        names = names or {}
        members = self.members(values)
        shown = _first(tuple(value for value in members if value not in kept) or members, names)
        candidates = tuple(Candidate(value=value, label=self._label(value, names, kept)) for value in shown)
        used = {identifier: name for identifier, name in names.items() if identifier in (*shown, *kept)}
        return Reading(candidates=candidates, names=used, kept=kept)

    def members(self, values: Iterable[Value]) -> tuple[Value, ...]:
        """The values, small groups of countries as their members; of a large one, some members are no help."""
        members = (self._groups.get(str(value), (value,)) for value in values)
        return tuple(dict.fromkeys(member for few in members if len(few) <= _MOST_CANDIDATES for member in few))

    def _label(self, value: Value, names: Mapping[str, str], kept: tuple[Value, ...] = ()) -> str:
        if value == NONE and kept:  # what was understood besides stands
            return self._words["leave-out"].entries[self._locale][0]
        option = next((option for option in self._numbered if option.value == value), self._question.option(value))
        if option is not None:
            return option.label.in_(self._locale)
        if self._question.kind in COUNTRY_KINDS and value in self._base.countries:
            return self._base.countries[str(value)].name(self._locale)
        if value in ("yes", "no"):
            return self._words[str(value)].entries[self._locale][0]
        if value == NONE and self._question.none is not None:
            return self._question.none.label.in_(self._locale)
        if value == UNKNOWN:  # of partners: neither is chosen yet
            return self._words["undecided"].entries[self._locale][0]
        if value in self._base.providers:
            return self._base.providers[str(value)].name.in_(self._locale)
        return names.get(str(value), str(value))


def _first(values: Iterable[Value], new: Collection[str]) -> tuple[Value, ...]:
    """The first few candidates; a new vendor's own name is always among them, and last."""
    known = [value for value in dict.fromkeys(values) if value not in new]
    if known[-1:] == [NONE]:  # is last and always there
        known = [*known[: _MOST_CANDIDATES - 1], NONE] if len(known) > _MOST_CANDIDATES else known
    fresh = [value for value in dict.fromkeys(values) if value in new][:_MOST_CANDIDATES]
    return (*known[: _MOST_CANDIDATES - len(fresh)], *fresh)


def flat(doubts: Iterable[Doubt]) -> tuple[Value, ...]:
    """The values of several doubtful pieces, taking turns, so that each is represented."""
    rows = [doubt.values for doubt in doubts]
    return tuple(row[turn] for turn in range(max(map(len, rows), default=0)) for row in rows if turn < len(row))
