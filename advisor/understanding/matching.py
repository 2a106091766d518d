"""Finds which of many names was typed: exactly, inflected, begun, misspelt, or inside a sentence.

One ladder for countries, vendors and the options of a question. Never guesses: each step either has one clear result,
several that must be asked about, or none. Knows nothing of questions, languages of the interview, or word lists. The
only importer of rapidfuzz, at its first use. OSA is the edit distance that counts swapped neighbours as one mistake
(L. Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16, 2011).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from advisor.model import How, Value
from advisor.understanding.sentences import Span, Token, slips
from advisor.wording import fold_all

SHORTEST = 4
"""Letters that a beginning or a misspelt word must have."""
LONGEST = 80
"""Letters from which a text is no misspelt name any more."""
SURE = 0.75
"""Similarity from which a misspelt name is taken for another, if it leads clearly."""
LEAD = 0.1
NEAR = 0.6
"""Similarity from which a name is offered as a candidate."""

_SAME = 0.9
"""Similarity from which two texts differ at most by a slip."""
_PAIR = 0.65
"""Similarity that each word of a misspelt name must have with its counterpart."""
_SHORTEST_STEM = 5
_SHORT_NAME = 5
_ROOT = 5
_MOST_LIKENED = 500
_DECOY = "!"
"""The value of what names nothing."""

# Case endings of Latvian nouns and adjectives (also the English plural), without diacritics, by length, longest first.
_ENDINGS = (
    (5, frozenset({"ajiem"})),
    (4, frozenset({"ajam", "ajai", "ajas", "ajos"})),
    (3, frozenset({"iem", "aja", "ais"})),
    (2, frozenset({"as", "ai", "am", "os", "us", "um", "es", "ei", "em", "is", "im", "ie"})),
    (1, frozenset("aeiosu")),
)

_NEVER_NOMINATIVE = ("ai", "ei", "am", "em", "im", "um", "os")


class Name(NamedTuple):
    """One way to say a value. `whole`: not inside a sentence; `exact`: nor inflected, begun or misspelt."""

    said: str
    value: Value
    how: How = "alias"
    whole: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What a piece of text was understood as. Several values: it means one of them, ask which.

    `name` is the name that a misspelt text resembles.
    """

    values: tuple[Value, ...]
    how: How
    span: Span = (0, 0)
    name: str = ""


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    stems: tuple[str, ...]
    values: tuple[Value, ...]
    in_capitals: bool


class Similar(NamedTuple):
    """A name that resembles what was typed. `sure`: the likeness can be trusted."""

    score: float
    name: str
    values: tuple[Value, ...]
    sure: bool


class Index:
    """All names of a set of values, ready to be looked up.

    Names that are `weak` do not count inside a sentence, nor does what a decoy holds: the "English" of "my English".
    Everyday words that look like a name and are none (`lookalikes`) are no name misspelt, begun or declined: right
    is not Riga, bērni are not Bern.
    """

    def __init__(
        self,
        names: Iterable[Name],
        weak: Callable[[Sequence[str]], bool] = lambda said: False,
        decoys: Iterable[str] = (),
        lookalikes: Container[tuple[str, ...]] = (),
    ) -> None:
        self._weak = weak
        self._lookalikes = lookalikes
        self._decoys = tuple(decoys)
        self._names: list[tuple[str, Name]] = []
        self._exact: dict[str, dict[Value, How]] = {}
        self._inside: dict[str, Sequence[_Phrase]] = {}
        self._likened: dict[tuple[str, float], list[Similar]] = {}
        given = list(names)
        for said, name in zip(fold_all([name.said for name in given]), given, strict=True):
            if said:
                self._names.append((said, name))
                self._exact.setdefault(said, {}).setdefault(name.value, name.how)

    # Most lines are a name as it stands, a number, yes or no. The rest of the index is made when a line needs it.

    @cached_property
    def _beginning(self) -> Mapping[str, Sequence[tuple[str, tuple[str, ...], Name]]]:
        """Names by their first word and by its stem, but for those that must be exact."""
        found: dict[str, list[tuple[str, tuple[str, ...], Name]]] = {}
        for said, name in self._names:
            if not name.exact:
                words = tuple(said.split())
                first, first_stem = words[0], _name_stem(words[0])
                found.setdefault(first, []).append((said, words, name))
                if first_stem != first:
                    found.setdefault(first_stem, []).append((said, words, name))
        for said in fold_all(self._decoys):
            words = tuple(said.split())
            for key in dict.fromkeys((words[0], _name_stem(words[0]))):
                found.setdefault(key, []).append((said, words, Name(said, _DECOY)))
        return found

    @cached_property
    def _held(self) -> Mapping[str, Mapping[Value, None]]:
        """Values by the stems of single words."""
        found: dict[str, dict[Value, None]] = {}
        for said, name in self._names:
            for word in said.split():
                found.setdefault(_name_stem(word), {})[name.value] = None
        return found

    @cached_property
    def _words(self) -> Mapping[str, Mapping[Value, None]]:
        """Values by single words."""
        found: dict[str, dict[Value, None]] = {}
        for said, name in self._names:
            for word in said.split():
                found.setdefault(word, {})[name.value] = None
        return found

    def _phrases(self, key: str) -> Sequence[_Phrase]:
        """Names that count inside a sentence and begin with this word, or with a word of this stem."""
        found = self._inside.get(key)
        if found is None:
            inside: dict[tuple[str, ...], dict[Value, None]] = {}
            capitals: set[tuple[str, ...]] = set()
            for said, words, name in self._beginning.get(key, ()):
                if not name.whole and (words in inside or not self._weak(words)):
                    inside.setdefault(words, {})[name.value] = None
                    if len(said) <= 2 and name.said.isupper():
                        capitals.add(words)
            found = self._inside[key] = [
                _Phrase(words, tuple(map(_name_stem, words)), tuple(values), words in capitals)
                for words, values in inside.items()
            ]
        return found

    @cached_property
    def _strings(self) -> Sequence[str]:
        """All names in order."""
        return sorted(self._exact)

    @cached_property
    def _loose(self) -> Sequence[bool]:
        """For each of them, whether it may be inflected, begun or misspelt."""
        loose = {said for said, name in self._names if not name.exact}
        return [string in loose for string in self._strings]

    @cached_property
    def _values(self) -> Sequence[tuple[Value, ...]]:
        """For each of them, its values."""
        return [tuple(self._exact[string]) for string in self._strings]

    @cached_property
    def _roots(self) -> Sequence[tuple[frozenset[str], tuple[Value, ...]]]:
        """The roots of the words of each name, and its values."""
        return [(frozenset(map(_root, name.split())), tuple(values)) for name, values in self._exact.items()]

    @cached_property
    def _short(self) -> Mapping[str, Mapping[Value, None]]:
        """Values by the slips of short names."""
        found: dict[str, dict[Value, None]] = {}
        for name, values in self._exact.items():
            for slip in slips(name) if len(name) <= _SHORT_NAME else ():
                found.setdefault(slip, {}).update(dict.fromkeys(values))
        return found

    # --- one name alone ----------------------------------------------------------------------------------------------

    def exactly(self, words: Sequence[str]) -> Match | None:
        """The name itself, in any case and with or without diacritics."""
        found = self._exact.get(" ".join(words))
        return Match(tuple(found), next(iter(found.values()))) if found else None

    def inflected(self, words: Sequence[str]) -> Match | None:
        """The name in another grammatical case: Igaunijā, Vācijas, Lietuvai."""
        if not words or tuple(words) in self._lookalikes:
            return None
        stems = tuple(map(stem, words))
        names: dict[tuple[str, ...], dict[Value, None]] = {}
        for _, said, name in self._beginning.get(stems[0], ()):
            if (
                name.value != _DECOY
                and tuple(map(_name_stem, said)) == stems
                and all(map(_may_be_declined, words, said))
            ):
                names.setdefault(said, {})[name.value] = None
        found = {value: None for values in names.values() for value in values}
        return Match(tuple(found), "alias") if found else None

    def begun(
        self, words: Sequence[str], share: float = 0.0, adds: Callable[[str], bool] = lambda rest: False
    ) -> Match | None:
        """The beginning of a name. `share` of the name must be there where whole first words are typed.

        Not if what is missing adds a meaning of its own: "reviews" is no beginning of "reviews: none". Whole words that
        other names hold too are not clear: Facebook is a page as well as a pixel.
        """
        typed = " ".join(words)
        if len(typed) < SHORTEST or tuple(words) in self._lookalikes:
            return None
        found: dict[Value, None] = {}
        for position in self._from(typed):
            string = self._strings[position]
            whole = string[len(typed) : len(typed) + 1] in (" ", "")
            # A whole word in another form is no abbreviation: "meita" is not yet "meitas uzņēmums".
            parts = string.split()[: len(words) + 1]
            declined = len(parts) > len(words) and stem(words[-1]) == _name_stem(parts[len(words) - 1])
            enough = not (whole or declined) or len(typed) >= share * len(string)
            if self._loose[position] and enough and not adds(string[len(typed) :]):
                found.update(dict.fromkeys(self._values[position]))
                found.update(dict.fromkeys(self.holding(words) if whole else ()))
        return Match(tuple(found), "prefix") if found else None

    def resembling(self, words: Sequence[str], floor: float = SURE) -> Match | None:
        """A misspelt name, if it is clear which."""
        ranked = self.alike(words, floor - LEAD)
        if not ranked or ranked[0].score < floor:
            return None
        slipped = {other.values: other for other in ranked if other.sure and " ".join(words) in slips(other.name)}
        if len(slipped) == 1:  # however like another name it is: "cnada" is like Chad, but a slip only of Canada
            values, other = next(iter(slipped.items()))
            return Match(values, "similar", name=other.name)
        best = ranked[0]
        rivals = [other.score for other in ranked if set(other.values) - set(best.values)]
        if not best.sure or (rivals and best.score - rivals[0] < LEAD) or not _word_by_word(words, best.name.split()):
            return None
        return Match(best.values, "similar", name=best.name)

    def resembles(self, text: str, other: str) -> bool:
        """Whether two texts are nearly the same."""
        from rapidfuzz.distance import OSA

        return OSA.normalized_similarity(text, other) >= _SAME

    def near(self, words: Sequence[str], floor: float = NEAR) -> tuple[Value, ...]:
        """Values that may be meant, the likeliest first: begun names, names with all these words, similar names."""
        typed = " ".join(words)
        found: dict[Value, None] = {}
        if len(typed) >= SHORTEST:
            for position in self._from(typed):
                found.update(dict.fromkeys(self._values[position]))
            found.update(dict.fromkeys(self.holding(words)))
        for similar in self.alike(words, floor):
            found.update(dict.fromkeys(similar.values))
        return tuple(found)

    def holding(self, words: Sequence[str]) -> tuple[Value, ...]:
        """Values whose names have all these words of four letters or more."""
        wanted = [stem(word) for word in words if len(word) >= SHORTEST]
        if not wanted:
            return ()
        held = [self._held.get(each, {}) for each in wanted]
        return tuple(value for value in held[0] if all(value in others for others in held))

    def slipped(self, typed: str) -> tuple[Value, ...]:
        """Values of short names of which the text is a slip; too short to be sure."""
        return tuple(self._short.get(typed, ()))

    def holding_like(self, word: str) -> tuple[Value, ...]:
        """Values of which one name has a word much like this one: "gooogle"."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if len(word) < SHORTEST:
            return ()
        held = list(self._words)
        like = extract(word, held, scorer=OSA.normalized_similarity, score_cutoff=SURE, limit=3)
        return tuple(dict.fromkeys(value for found, _, _ in like for value in self._words[found]))

    def sharing(self, words: Iterable[str]) -> Mapping[Value, int]:
        """How many of these words one and the same name of a value has, however they end."""
        wanted = frozenset(map(_root, words))
        found: dict[Value, int] = {}
        for roots, values in self._roots:
            if common := len(roots & wanted):
                found.update((value, max(common, found.get(value, 0))) for value in values)
        return found

    def _from(self, typed: str) -> Iterator[int]:
        """Places of the names that begin with the text."""
        for position in range(bisect_left(self._strings, typed), len(self._strings)):
            if not self._strings[position].startswith(typed):
                return
            yield position

    def alike(self, words: Sequence[str], floor: float = SURE) -> list[Similar]:
        """Similar names from the floor up, the most similar first."""
        typed = " ".join(words)
        if not SHORTEST <= sum(map(str.isalpha, typed)) <= LONGEST or tuple(words) in self._lookalikes:
            return []
        lowest = min(floor, SURE - LEAD)
        key = (typed, lowest)
        if key not in self._likened:  # one line asks for the same words several times
            if len(self._likened) >= _MOST_LIKENED:
                self._likened.clear()
            self._likened[key] = self._likenesses(typed, lowest)
        return [similar for similar in self._likened[key] if similar.score >= floor]

    def _likenesses(self, typed: str, floor: float) -> list[Similar]:
        from rapidfuzz.distance import OSA  # costs 20 ms, so not before it is needed
        from rapidfuzz.process import extract

        found: list[Similar] = []
        scored = extract(typed, self._strings, scorer=OSA.normalized_similarity, score_cutoff=floor, limit=None)
        for string, score, position in scored:
            if sum(map(str.isalpha, string)) >= SHORTEST:
                # With four letters, one other letter makes another word: Bali is not Mali.
                short = len(typed) == len(string) == SHORTEST and sorted(typed) != sorted(string)
                # Nor is a word that is longer by another letter a slip of a short one: pogas is not ogas.
                short = short or (len(string) <= _SHORT_NAME < len(typed) + 1 and typed not in slips(string))
                # Fingers slip, but hardly at the first letter: bumpers are no jumpers.
                other = len(typed) == len(string) and typed[0] != string[0] and typed[0] != string[1]
                sure = self._loose[position] and not short and not other
                found.append(Similar(score, string, self._values[position], sure))
        return found

    def is_word(self, word: str) -> bool:
        """Whether the word by itself is a name that counts inside a sentence too."""
        return any(
            phrase.words == (word,) and not phrase.in_capitals and _DECOY not in phrase.values
            for phrase in self._phrases(word)
        )

    def within_word(self, word: str) -> tuple[Value, ...]:
        """The values of a one-word name that the word goes on from: "alkoholisks" goes on from "alkohols"."""
        found: dict[Value, None] = {}
        for length in range(_SHORTEST_STEM, len(word) + 1):
            for phrase in self._phrases(word[:length]):
                if len(phrase.words) == 1 and _DECOY not in phrase.values:
                    found.update(dict.fromkeys(phrase.values))
        return tuple(found)

    def counting(self, words: Sequence[str]) -> Match | None:
        """A whole name that counts inside a sentence, here also if it is short and not in capitals: "fb"."""
        phrases = self._phrases(words[0])
        values = dict.fromkeys(value for phrase in phrases if phrase.words == tuple(words) for value in phrase.values)
        values.pop(_DECOY, None)  # what is a name as well is one
        return Match(tuple(values), "phrase") if values else None

    # --- names inside a sentence -------------------------------------------------------------------------------------

    def within(self, tokens: Sequence[Token], as_written: Container[Value] = ()) -> tuple[Match, ...]:
        """Whole names inside a sentence, the longest first, not overlapping; in the order of mention.

        Names of the values in `as_written` do not count in other grammatical cases.
        """
        stems = [stem(token.word) for token in tokens]
        found: dict[Span, tuple[int, dict[Value, None]]] = {}
        for start, token in enumerate(tokens):
            for key in {token.word, stems[start]}:
                for phrase in self._phrases(key):
                    likeness = _likeness(tokens, stems, start, phrase)
                    as_it_stands = likeness == len(phrase.words)
                    if not as_it_stands and any(value in as_written for value in phrase.values):
                        continue
                    if not as_it_stands and len(phrase.words) == 1 and (token.word,) in self._lookalikes:
                        continue
                    span = (start, start + len(phrase.words))
                    best, values = found.get(span, (-1, {}))
                    if likeness > best:
                        found[span] = (likeness, dict.fromkeys(phrase.values))
                    elif likeness == best:
                        values.update(dict.fromkeys(phrase.values))
        return tuple(match for match in map(_named, self._chosen(found)) if match.values)

    def passed_over(self, tokens: Sequence[Token]) -> frozenset[int]:
        """The places of words that stand in decoys."""
        found: dict[Span, tuple[int, dict[Value, None]]] = {}
        stems = [stem(token.word) for token in tokens] if self._decoys else []
        for start, token in enumerate(tokens if self._decoys else ()):
            for phrase in (phrase for key in {token.word, stems[start]} for phrase in self._phrases(key)):
                if _DECOY in phrase.values and (likeness := _likeness(tokens, stems, start, phrase)) >= 0:
                    found[start, start + len(phrase.words)] = (likeness, {_DECOY: None})
        return frozenset(place for match in self._chosen(found) for place in range(*match.span))

    def _chosen(self, found: Mapping[Span, tuple[int, Mapping[Value, None]]]) -> tuple[Match, ...]:
        """The longest of these, not overlapping; in the order of mention."""
        chosen: list[Match] = []
        taken: set[int] = set()
        for span, (likeness, values) in sorted(found.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
            if likeness >= 0 and taken.isdisjoint(range(*span)):
                chosen.append(Match(tuple(values), "phrase", span))
                taken.update(range(*span))
        return tuple(sorted(chosen, key=lambda match: match.span))


def _named(match: Match) -> Match:
    """The match without the decoy; what is a name as well is one."""
    return replace(match, values=tuple(value for value in match.values if value != _DECOY))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word of five letters or more without its case ending; of four only the accusative: Rīgu, Ķīnu, sulu."""
    if len(word) == 4:
        return word[:-1] if word[-1] == "u" else word
    for length, endings in _ENDINGS if len(word) >= 5 else ():
        if word[-length:] in endings and len(word) - length >= 3:
            return word[:-length]
    return word


def _root(word: str) -> str:
    """The beginning of a word, by which it is known again in whatever form."""
    return word[:-3] + "y" if word.endswith("ies") and word.isascii() and len(word) <= _ROOT + 1 else word[:_ROOT]


@lru_cache(maxsize=20_000)
def _name_stem(word: str) -> str:
    """The same for a word of a name, where four letters are enough: Ķīna, Ķīnas. OpenAI is no form of anything."""
    if word.endswith(_NEVER_NOMINATIVE):
        return word
    return word[:-1] if len(word) == 4 and word[-1] in "ae" else stem(word)


def _may_be_declined(typed: str, name: str) -> bool:
    """Whether a word with the stem of a name may be a form of it: "book" of "books", but not "open" of "openai"."""
    return stem(typed) != typed or len(name) - len(typed) < 2


def _likeness(tokens: Sequence[Token], stems: Sequence[str], start: int, phrase: _Phrase) -> int:
    """How many words are exactly those of the phrase; -1 if it does not stand here."""
    end = start + len(phrase.words)
    if end > len(tokens):
        return -1
    same = 0
    for index, word in enumerate(phrase.words, start):
        if tokens[index].word == word:
            same += 1
        elif stems[index] != phrase.stems[index - start] or not _may_be_declined(tokens[index].word, word):
            return -1
    return -1 if phrase.in_capitals and not all(token.typed.isupper() for token in tokens[start:end]) else same


def _word_by_word(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether no word of a misspelt name is another word altogether: "special registration" is no "usual" one."""
    from rapidfuzz.distance import OSA

    if len(typed) != len(name):
        return True
    return all(
        OSA.normalized_similarity(one, other) >= _PAIR
        if max(len(one), len(other)) >= SHORTEST
        else one == other or one in slips(other)
        for one, other in zip(typed, name, strict=True)
    )
