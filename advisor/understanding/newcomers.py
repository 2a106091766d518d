"""Vendors that the knowledge base does not know: what their name is in a sentence, and what they are called inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from advisor.model import UNKNOWN, Provider, Value
from advisor.understanding.around import Around
from advisor.understanding.finding import Doubt, Found
from advisor.understanding.naming import Names
from advisor.understanding.sentences import Sentence, Span, Words
from advisor.wording import slug

_DOUBT = 0.65
"""Likeness to a known vendor from which an unknown name is asked about."""
_QUOTES = re.compile(r"[\"„“”«»]")
_MOST_WORDS = 5
_MOST_KNOWN = 4
_BUYERS_CHOOSE = ("payment", "delivery")
"""Functions for which a shop has several partners and leaves the choice to its buyers."""


class Newcomers:
    """The vendors of one line that are not in the knowledge base: `names` are their readable names by id."""

    def __init__(
        self, sentence: Sentence, index: Names, words: Words, known: Mapping[str, Provider], places: Names | None = None
    ) -> None:
        self.names: dict[str, str] = {}
        self.remark = ""
        self._sentence = sentence
        self._index = index
        self._words = words
        self._known = known
        self._places = places
        self._around = Around(sentence, index, words)
        self._loose = Around(sentence, Names(index=index.index), words)

    def join(self, found: Found) -> None:
        """Adds pieces that name no known vendor as new ones; in doubt, what was typed is one of the possibilities."""
        found.doubtful = [
            doubt._replace(values=(*doubt.values[:_MOST_KNOWN], self._named(self._typed(doubt.span))))
            if doubt.span[0] < doubt.span[1] and not self._is_known(doubt.span) else doubt
            for doubt in found.doubtful
        ]  # fmt: skip
        roles = list(self._unnamed(found))
        others: list[Span] = []
        helpers = list(self._helpers(found))
        tools: list[Span] = []
        for span in self._merged(found.unknown):
            if self._is_remark(span) or any(span[0] <= place < span[1] for place in helpers):
                continue
            if (kind := self._kind(span)) is not None:
                found.values.setdefault(kind, "phrase")
                found.places.setdefault(kind, span[0])
                continue
            if self._is_own_tool(span):
                tools.append(span)
                continue
            core = self._around.trim(span, denials=True)
            if core[0] == core[1]:
                if not self._introduces(span):
                    roles.append(self._without_filler(span))
            elif (name := self._name(span, core)) and len(name.split()) <= _MOST_WORDS:
                near = self._near(core)
                identifier = self._named(name)
                plain = self._is_plain(core)
                described = not plain and self._describes(core)
                self.remark = "remark.unnamed" if plain else "remark.describes" if described else self.remark
                if near or described or self._is_doubtful(span):
                    found.doubtful.append(Doubt((*near, identifier)))
                else:
                    found.values[identifier] = "label"
                    found.places[identifier] = span[0]
            else:
                others.append(span)
        found.unknown = [*others, *((place, place + 1) for place in helpers), *tools]
        if helpers or tools:
            self.remark = "remark.helper" if helpers else "remark.own-tool"
        if found.values or found.doubtful:
            roles = [span for span in roles if not self._is_somebody(span, found)]
            found.unknown += [span for span in roles if span[0] < span[1]]  # "Mozello, a bank": which bank?
        found.values = {value: found.values[value] for value in sorted(found.values, key=found.places.__getitem__)}
        self._choose(found)
        if not found.values and not found.doubtful:
            found.doubtful += [self._only_role(span) for span in roles if span[0] < span[1]]

    def only_at_home(self, found: Found) -> bool:
        """Whether the line tells of helpers or of what stays on one's own desk, and of no partner."""
        at_home = self.remark in ("remark.helper", "remark.own-tool")
        return at_home and not (found.values or found.doubtful or found.denied)

    def _kind(self, span: Span) -> str | None:
        """The kind of person that a piece describes: the seamstress of "a seamstress on contract", not "SIA Šuvēja".

        A name in capitals behind it is another's: "Designer Outlet".
        """
        said, tokens = self._sentence.words, self._sentence.tokens
        lists = ("company", "not", "none", "except", "unknown")
        if any(self._words[name].at(said, index) for name in lists for index in range(*span)):
            return None
        for index in range(*span):
            match = self._index.index.exactly((said[index],))
            capitals = all(token.typed[0].isupper() for token in tokens[index : index + 2])
            if match is None or len(match.values) > 1 or (capitals and index + 1 < span[1]):
                continue
            if (kind := str(match.values[0])) in self._known and self._known[kind].unnamed:
                return kind
        return None

    def _is_own_tool(self, span: Span) -> bool:
        """Whether it is something that stays with the shop: "Excel on my own computer", "papīra kladē"."""
        said, own = self._sentence.words, self._words["own-tool"]
        held = {index for index in range(*span) if (said[index],) in own}
        rest = [index for index in range(*span) if index not in held]
        company = any((said[index],) in self._words["company"] for index in rest)
        return bool(held) and not company and not any(self._is_proper(index) and index > span[0] for index in rest)

    def _choose(self, found: Found) -> None:
        """Of two partners between which "or" stands only one is meant, unless buyers choose: "Hostnet or Areait"."""
        said, unsure = self._sentence.words, self._words["unknown"]
        named = [(span, value) for span in found.named if (value := self._value(span)) is not None]
        for (first, one), (second, other) in pairwise(named):
            between = range(first[1], second[0])
            if one == other or not any(self._words["or"].at(said, index) for index in between):
                continue
            if not all(self._around.says_nothing(index) for index in between):
                continue
            clause = self._sentence.tokens[second[0]].clause
            doubted = any(
                unsure.at(said, index) and token.clause in (clause, clause + 1)
                for index, token in enumerate(self._sentence.tokens)
            )
            functions = {self._known[value].function for value in (one, other)}
            told = all(value in found.values for value in (one, other))
            if not doubted and (not told or functions & set(_BUYERS_CHOOSE)):
                continue
            for value in (one, other):
                found.values.pop(value, None)
                found.denied.pop(value, None)
            found.doubtful.append(Doubt((one, other, UNKNOWN)))

    def _value(self, span: Span) -> str | None:
        """The one vendor of the catalogue that the words name."""
        text = self._sentence.words[slice(*span)]
        match = self._index.index.exactly(text) or self._index.index.inflected(text)
        values = match.values if match is not None else ()
        return str(values[0]) if len(values) == 1 and values[0] in self._known else None

    def _is_known(self, span: Span) -> bool:
        """Whether it is the very name of something known, though of several: "google docs"."""
        return self._index.index.exactly(self._sentence.words[slice(*span)]) is not None

    def _unnamed(self, found: Found) -> Iterator[Span]:
        """Pieces that name a function only, beside names: the courier of "Mozello and a courier"."""
        taken = {index for span in (*found.named, *found.unknown, *(doubt.span for doubt in found.doubtful))
                 for index in range(*span)}  # fmt: skip
        for span in self._sentence.pieces():
            free = taken.isdisjoint(range(*span)) and not self._introduces(span) and not self._is_remark(span)
            if free and (found.values or found.doubtful) and self._acts(span):
                yield self._without_filler(span)

    def _is_somebody(self, span: Span, found: Found) -> bool:
        """Whether it speaks of one more company or person without a name: offered as it stands."""
        if span[0] == span[1] or not self._acts(span):
            return False
        found.doubtful.append(Doubt((self._named(self._typed(span)),)))
        self.remark = "remark.describes"
        return True

    def _acts(self, span: Span) -> bool:
        """Whether a word for somebody who does something for a shop stands there: courier, bank, freelancer."""
        return any(self._words["actor"].at(self._sentence.words, index) for index in range(*span))

    def _describes(self, span: Span) -> bool:
        """Whether it only describes somebody, "freelancer in the Philippines", or is no name: "informē"."""
        tokens, said = self._sentence.tokens[slice(*span)], self._sentence.words[slice(*span)]
        if any(self._is_proper(index) for index in range(*span)):
            return False
        everyday = all(self._words.is_everyday(token.word) for token in tokens)
        thing = any((word,) in self._words["thing"] for word in said)
        return thing or self._acts(span) or everyday or any((word,) in self._words["which"] for word in said)

    def _is_plain(self, span: Span) -> bool:
        """Whether it says what somebody does and no more: "freelance developer" is taken so, without a name."""
        said, index = self._sentence.words, span[0]
        while index < span[1]:
            length = max(self._words[name].at(said, index) for name in ("actor", "actor-kind"))
            if not length:
                return False
            index += length
        return self._acts(span)

    def _is_proper(self, index: int) -> bool:
        """Whether the word is part of a name: in capitals, and neither a place nor a word for what somebody does."""
        token = self._sentence.tokens[index]
        if any(char.isdigit() for char in token.typed) or self._sentence.gap_after(index).startswith("."):
            return True
        word = (token.word,)
        if not token.typed[0].isupper() or any(word in self._words[name] for name in ("actor", "filler", "place")):
            return False
        places = self._places.index if self._places is not None else None
        return places is None or not (places.exactly(word) or places.inflected(word))

    def _helpers(self, found: Found) -> Iterator[int]:
        """Words for people who help without being a company: "my sister", but not "SIA Māsa"."""
        said, named = self._sentence.words, {index for span in found.named for index in range(*span)}
        for span in self._sentence.pieces():
            if any((word,) in self._words["company"] for word in said[slice(*span)]):
                continue
            if self._has_kind(span, found):  # "a friend who takes photos": the photographer
                continue
            for index in range(*span):
                if index not in named and self._is_helper(index):
                    yield index
                    break

    def _has_kind(self, span: Span, found: Found) -> bool:
        """Whether the piece says what kind of partner somebody is."""
        kinds = (value for value in found.values if value in self._known and self._known[str(value)].unnamed)
        return any(span[0] <= place < span[1] for value in kinds for place in found.mentions.get(value, ()))

    def _is_helper(self, index: int) -> bool:
        """Not the helper of "helper.io" nor the family of "Family Tools"."""
        said, tokens = self._sentence.words, self._sentence.tokens
        if self._sentence.gap_after(index) == ".":
            return False
        if (said[index],) in self._words["helpers"]:
            return not all(token.typed[0].isupper() for token in tokens[index : index + 2])
        return (said[index],) in self._words["helper"]

    def _near(self, core: Span) -> tuple[Value, ...]:
        """Known vendors that may be meant."""
        said = self._sentence.words[slice(*core)]
        near = self._index.index.near(said, _DOUBT)
        if not near and len(said) == 1:
            near = self._index.index.slipped(said[0]) or self._index.index.holding_like(said[0])
        return near[:_MOST_KNOWN]

    def _is_doubtful(self, span: Span) -> bool:
        """Whether the words may be a remark rather than a name: "I make everything"."""
        said = self._sentence.words[slice(*span)]
        if any(self._words.is_slip(word, "not", "except") for word in said):
            return True
        lists = [self._words[name] for name in ("none", "all", "not", "unknown")]
        if any((word,) in each for word in said for each in lists):
            return True
        phrases = (phrase for each in lists for phrase in each.phrases if len(phrase) == len(said) > 1)
        return any(self._index.index.resembles(" ".join(said), " ".join(phrase)) for phrase in phrases)

    def _merged(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Pieces with & between them are one name: "A & B Hosting"; so is "HelpNest, Inc."."""
        last: Span | None = None
        for span in spans:
            if last is not None and last[1] == span[0] and self._goes_on(span):
                last = (last[0], span[1])
                continue
            if last is not None:
                yield last
            last = span
        if last is not None:
            yield last

    def _is_remark(self, span: Span) -> bool:
        """What is said of a vendor behind a dash or in brackets: "SIA Rasa - mājaslapas izstrāde"."""
        if span[0] > 0 and (self._sentence.words[span[0]],) in self._words["which"]:
            return True  # "a programmer, who made the site"
        if any(self._words["recalling"].at(self._sentence.words, index) for index in range(*span)):
            return True  # "as I wrote at the beginning"
        aside = span[0] > 0 and self._sentence.gap_after(span[0] - 1).strip(' ”"»“')[:1] in ("-", "–", "—", "(")
        return aside and self._sentence.tokens[span[0]].typed.islower()

    def _introduces(self, span: Span) -> bool:
        """What is said before a vendor and a colon or dash: "hosting: Hetzner"."""
        return self._sentence.gap_after(span[1] - 1).strip()[:1] in (":", "-", "–", "—")

    def _goes_on(self, span: Span) -> bool:
        """Whether the piece belongs to the name before it."""
        gap = self._sentence.gap_after(span[0] - 1)
        return "&" in gap or (self._sentence.words[slice(*span)] in self._words["company"] and "," in gap)

    def _only_role(self, span: Span) -> Doubt:
        """ "Hosting", "a bank": perhaps all they know so far."""
        near = self._index.index.holding(self._sentence.words[slice(*span)])[:_MOST_KNOWN]
        self.remark = "remark.describes" if self._acts(span) else self.remark
        return Doubt((*near, self._named(self._typed(span))))

    def _name(self, span: Span, core: Span) -> str:
        """The name in a piece, without "we use", "hosting by" and the like; empty if there is none."""
        said, words = self._sentence.words, self._words
        if any(words[name].at(said, index) for name in ("unknown", "none") for index in range(*span)):
            return ""
        if any(said[slice(*core)] in words[name] for name in ("yes", "no", "company")):
            return ""
        start, end = self._without_filler(span)
        for index in range(start, end - 1):
            if length := words["called"].at(said, index):  # "an agency called Brightside"
                start, end = self._without_filler((index + length, end))
                break
        while start < end and (length := max(words[name].at(said, start) for name in ("but", "also", "only"))):
            start, end = self._without_filler((start + length, end))
        if start == end:
            return ""
        lead = start
        while lead < end and (length := words["role"].at(said, lead)):
            lead += length
        # "Hosting by X", but not "Hosting Queen".
        if start < lead < end and (said[lead],) in words["filler"]:
            start, end = self._without_filler((lead, end))
        if start > span[0] and self._is_initial(start - 1):
            start -= 1
        return self._typed((start, self._end_of_firm(start, end)))

    def _end_of_firm(self, start: int, end: int) -> int:
        """Where the name behind a legal form ends: after "SIA Webstudija" in "SIA Webstudija made our site"."""
        tokens, said = self._sentence.tokens, self._sentence.words
        if (said[start],) not in self._words["company"]:
            return end
        behind = start + 1
        while behind < end and not tokens[behind].typed[0].islower():
            behind += 1
        return behind if behind > start + 1 and end - behind > 1 else end

    def _is_initial(self, index: int) -> bool:
        """The J of "J. Bērziņš", the A of "A & B"."""
        typed, gap = self._sentence.tokens[index].typed, self._sentence.gap_after(index)
        return len(typed) == 1 and typed.isupper() and (gap.startswith(".") or "&" in gap)

    def _without_filler(self, span: Span) -> Span:
        return self._loose.trim(span, denials=True)

    def _typed(self, span: Span) -> str:
        typed = _QUOTES.sub("", self._sentence.typed(span))
        shortened = "." in typed or (self._sentence.words[span[1] - 1],) in self._words["company"]
        return typed + "." if shortened and self._sentence.gap_after(span[1] - 1).startswith(".") else typed

    def _named(self, name: str) -> str:
        """An identifier for the name, with a number if another name has it already."""
        identifier = candidate = slug(name)
        number = 2
        while candidate in self._known or self.names.get(candidate, name) != name:
            candidate, number = f"{identifier}-{number}", number + 1
        self.names[candidate] = name
        return candidate
