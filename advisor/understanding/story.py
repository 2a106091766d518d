"""Reads an opening story, "tell me about your shop in a few sentences", for the facts it surely holds.

Better nothing than wrong: only phrases that mean an answer in any sentence count, none that is denied, doubted, said of
somebody else or asked, and where two things are said that cannot both be, neither. Knows word lists and names; what to
do with the facts, the interview decides.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from advisor.model import Locale, Question, Value
from advisor.understanding.amounts import read_amount
from advisor.understanding.capitals import countries_named
from advisor.understanding.denying import denials
from advisor.understanding.finding import free_of
from advisor.understanding.matching import Index, Match, Name, stem
from advisor.understanding.naming import GROUP, NONE, Naming
from advisor.understanding.sentences import Sentence, Span, Words, parse
from advisor.wording import clean, fold

_SENTENCE_END = re.compile(r"(?<=\w\w[.!?])\s+|(?<=[?!])\s+|[\n;]+")
_LATVIAN_CASE = re.compile(r"(ā|ē|ī|ū|ām|ēm|īm|iem|os|ās|ēs|am|ai|im)\Z")
_DECOY = ""
_TELLING = 2
"""Words of a clause that may say something about the shop, from which it is worth saying that nothing was read."""
_LETTERS = 4
FOR_SALE = ("shop.sells", "shop.goods")
"""Questions whose options are things for sale."""
_ABOUT_US = ("seller.legal_form", "seller.size", "seller.staff", "seller.vat_registered", "seller.regulated_profession")
_VERBS = ("story-sell-to", "story-send-to", "story-elsewhere", "story-with.shop.goods")
_EITHER_WILL_DO = ("shop.payment_methods",)
"""Questions in whose answers "or" means that both are possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fact of a story: the answer to a question, or yes or no to one line of a checklist.

    `ask` is the question's id, or the line's attribute. `value` has the form of an answer: several in a tuple where the
    question allows several, of which there may be more. `words` is the part of the text that was read so.
    """

    ask: str
    of: str = ""
    value: Value | tuple[Value, ...]
    words: str


class Mention(NamedTuple):
    """One value that one sentence names, said or denied."""

    ask: str
    value: Value
    words: str
    denied: bool = False


class Stories:
    """Reads stories with the names of one knowledge base. The index is built when the first story comes."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._words = naming.words
        self.questions = _questions(naming.base.questions)
        self._index: Index | None = None
        self._as_written: frozenset[Value] = frozenset()

    def read(self, text: str, locale: Locale) -> tuple[Told, ...]:
        """The facts of a story, in the order of the questions."""
        return tuple(self._agreed(self.mentions(text, locale)))

    def mentions(self, text: str, locale: Locale) -> tuple[Mention, ...]:
        """Everything that a story names for sure, what it denies included, sentence by sentence."""
        if self._index is None:
            names = tuple(_names(self._words))
            self._index = Index(names)
            self._as_written = frozenset(name.value for name in names if not str(name.value).startswith(FOR_SALE))
        mentions: list[Mention] = []
        for line in _SENTENCE_END.split(text):
            cleaned = clean(line)
            if cleaned and not cleaned.endswith("?"):
                sentence = parse(cleaned, self._words, locale)
                mentions += _Reading(sentence, self._naming, self._index, self._as_written).mentions()
        return tuple(mentions)

    def unheard(self, text: str, locale: Locale, told: Iterable[Told]) -> tuple[str, ...]:
        """The clauses from which nothing was read, where they say more than a few words, as they were typed."""
        words = [piece for fact in told for piece in fact.words.split(", ")]
        unheard = []
        for line in _SENTENCE_END.split(text):
            cleaned = clean(line)
            if not cleaned:
                continue
            sentence = parse(cleaned, self._words, locale)
            for span in sentence.clauses():
                typed = sentence.typed(span)
                telling = [place for place in range(*span) if self._is_telling(sentence, place)]
                if len(telling) >= _TELLING and not any(piece in typed for piece in words):
                    unheard.append(typed)
        return tuple(unheard)

    def _is_telling(self, sentence: Sentence, place: int) -> bool:
        """Whether a word may say something about the shop."""
        lists = ("filler", "place", "and", "or", "but", "comment", "aside", "also", "only", "time")
        word = sentence.words[place]
        return len(word) >= _LETTERS and not any(self._words[name].at(sentence.words, place) for name in lists)

    def _agreed(self, mentions: Sequence[Mention]) -> Iterator[Told]:
        """What was said of each question, unless it does not fit together."""
        for ask, question in self.questions.items():
            own = [mention for mention in mentions if mention.ask == ask]
            said, denied = _parted(own)
            if question.many and question.kind != "checklist":
                value: Value | tuple[Value, ...] = tuple(each for each in said if each != NONE)
                if not said:
                    continue
            elif set(said) == {"b2c", "b2b"}:
                value = "both"
            elif len(said) == 1:
                value = next(iter(said))
            elif not said and denied == {"yes"} and (question.kind == "checklist" or question.option("no")):
                value, said = "no", {mention.value: mention.words for mention in own}
            else:
                continue
            yield Told(ask=ask, value=value, words=", ".join(dict.fromkeys(said.values())))


def _parted(mentions: Sequence[Mention]) -> tuple[dict[Value, str], set[Value]]:
    """What is said, with the words for it, and what is denied; what is both is neither said nor a clear no."""
    denied = {_what(mention) for mention in mentions if mention.denied}
    said: dict[Value, str] = {}
    for mention in mentions:
        if not mention.denied and _what(mention) not in denied:
            said.setdefault(mention.value, mention.words)
    return said, {mention.value for mention in mentions} - {each.value for each in mentions if not each.denied}


def _what(mention: Mention) -> tuple[Value, str]:
    """What a denial denies: of things for sale only the thing itself, as "no underwear" leaves other clothes."""
    return mention.value, fold(mention.words) if mention.ask in FOR_SALE else ""


def _questions(questions: tuple[Question, ...]) -> Mapping[str, Question]:
    """Questions about the shop by id; those that are checklists by the attributes of their lines."""
    found: dict[str, Question] = {}
    for question in questions:
        if not question.of:
            keys = question.attributes() if question.kind == "checklist" else (question.id,)
            found.update(dict.fromkeys(keys, question))
    return found


def _names(words: Words) -> Iterator[Name]:
    """The phrases that count, each by question and value."""
    for key, phrases in words.below("story."):
        yield from (Name(said, key) for entries in phrases.entries.values() for said in entries)
    for entries in words["story-decoy"].entries.values():
        yield from (Name(said, _DECOY) for said in entries)


class _Reading:
    """One sentence of a story."""

    def __init__(self, sentence: Sentence, naming: Naming, index: Index, as_written: Container[Value]) -> None:
        self.sentence = sentence
        self.words = naming.words
        self.groups = naming.groups
        self.named = index.within(sentence.tokens, as_written)
        self.vendors = self._outside_decoys(naming.vendors().index.within(sentence.tokens))
        phrases = {place for match in (*self.named, *self.vendors) for place in range(*match.span)}
        countries = countries_named(sentence, naming)
        self.countries = tuple(match for match in countries if phrases.isdisjoint(range(*match.span)))
        self.everyday = tuple(self._everyday(naming))
        every = (*self.named, *self.vendors, *self.everyday, *self.countries)
        spans = {match.span for match in every}
        self.denied, self.unclear = denials(sentence, self.words, spans)
        self.free = free_of(sentence, self.words, index, self.named)
        self.starts = {span[0] for span in spans}
        self.audience = {
            place
            for match in self.named
            if any(str(value).startswith("shop.audience.") for value in match.values)
            for place in range(*match.span)
        }
        self.also_media = {tuple(map(stem, phrase)) for phrase in self.words["story-not-vendors"].phrases}

    def _outside_decoys(self, matches: Iterable[Match]) -> tuple[Match, ...]:
        decoys = {place for match in self.named if match.values == (_DECOY,) for place in range(*match.span)}
        return tuple(match for match in matches if decoys.isdisjoint(range(*match.span)))

    def _everyday(self, naming: Naming) -> Iterator[Match]:
        """Vendors named like everyday words, "Zoom", "Canva": in capitals, beside others or where tools are told."""
        if not self.vendors and not self._anywhere("story-tools"):
            return
        taken = {place for match in (*self.named, *self.vendors, *self.countries) for place in range(*match.span)}
        for place, token in enumerate(self.sentence.tokens):
            opens = place == 0 and "," not in self.sentence.gap_after(0)  # "Make candles"
            if place in taken or opens or not token.typed[0].isupper() or self.sentence.text.isupper():
                continue
            match = naming.vendors().index.exactly((token.word,))
            providers = [naming.base.providers[str(value)] for value in match.values] if match else []
            if match and len(providers) == 1 and providers[0].word:
                yield replace(match, span=(place, place + 1))

    def mentions(self) -> Iterator[Mention]:
        if self._anywhere("story-if"):
            return
        yield from self._by_phrases()
        yield from self._vendors()
        yield from self._countries()
        yield from self._team()

    def _by_phrases(self) -> Iterator[Mention]:
        for match in self.named:
            free = self.free.get(self.sentence.tokens[match.span[0]].piece, set())
            keys = [str(value) for value in match.values if value != _DECOY and value not in free]
            for key in keys:
                ask, _, value = key.rpartition(".")
                if sum(other.startswith(f"{ask}.") for other in keys) > 1 or self._is_doubtful(match.span):
                    continue
                if not self._cued(ask) or not self._cued(key) or (ask in _ABOUT_US and self._anywhere("story-others")):
                    continue
                if ask in FOR_SALE and not self._stands_alone(match.span):
                    continue
                if self._is_alternative(match, ask) or (ask == "shop.audience" and self._is_one_of_more(match.span)):
                    continue
                typed, denied = self.sentence.typed(match.span), match.span in self.denied
                for each in value.split("+"):
                    yield Mention(ask, int(each) if each.isdecimal() else each, typed, denied)
                if ask == "shop.goods" and match.span not in self.denied:
                    yield Mention("shop.sells", "goods", typed)

    def _vendors(self) -> Iterator[Mention]:
        chosen = [
            match
            for match in sorted((*self.vendors, *self.everyday), key=lambda match: match.span)
            if len(match.values) == 1
            and not self._is_doubtful(match.span)
            and tuple(map(stem, self.sentence.words[slice(*match.span)])) not in self.also_media
        ]
        for match in chosen:
            if not self._has_or_beside(match.span, [other.span for other in chosen]):
                yield Mention("vendors", match.values[0], self.sentence.typed(match.span), match.span in self.denied)

    def _countries(self) -> Iterator[Mention]:
        """Countries sold or sent to, by the nearest word before them that tells what they are."""
        for match in self.countries:
            ask = self._country_question(match.span)
            if ask is None or len(match.values) != 1 or self._is_doubtful(match.span):
                continue
            value = match.values[0]
            members = self.groups.get(str(value), (value,)) if str(value).startswith(GROUP) else (value,)
            for member in members:
                yield Mention(ask, member, self.sentence.typed(match.span), match.span in self.denied)

    def _country_question(self, span: Span) -> str | None:
        lists = {"story-sell-to": "shop.markets", "story-send-to": "shop.delivers_to", "story-elsewhere": None}
        for place in range(span[0] - 1, -1, -1):
            for name, ask in lists.items():
                if self.words[name].at(self.sentence.words, place) and place not in self.starts:
                    return ask
        return None

    def _team(self) -> Iterator[Mention]:
        """ "We are five people", "a team of 3"; not "3 employees", which leaves out the owner or not."""
        said = self.sentence.words
        for place in range(1, len(said)):
            before = any(
                self.words["story-team"].at(said, start) == place - start for start in range(max(0, place - 4), place)
            )
            if not before or not self.words["story-people"].at(said, place + 1):
                continue
            number = read_amount(parse(said[place], self.words, Locale.EN), self.words)
            if len(number) == 1 and not self._is_doubtful((place, place + 1)):
                yield Mention("seller.staff", number[0], self.sentence.typed((place, place + 2)))

    # --- what makes a phrase count -----------------------------------------------------------------------------------

    def _anywhere(self, name: str) -> bool:
        return any(self.words[name].at(self.sentence.words, place) for place in range(len(self.sentence.words)))

    def _is_doubtful(self, span: Span) -> bool:
        """Behind a word such as "maybe", or perhaps denied."""
        clause = self.sentence.tokens[span[0]].clause
        places = range(len(self.sentence.words))
        doubts = [place for place in places if self.words["story-doubt"].at(self.sentence.words, place)]
        return span in self.unclear or any(self.sentence.tokens[place].clause <= clause for place in doubts)

    def _cued(self, key: str) -> bool:
        """Whether what must stand in the same sentence does."""
        cues = f"story-with.{key}"
        return not self.words[cues].phrases or self._anywhere(cues)

    def _stands_alone(self, span: Span) -> bool:
        """Whether no other noun follows, of which the phrase would only be a part: "coffee machines"."""
        tokens, end = self.sentence.tokens, span[1]
        if end >= len(tokens) or tokens[end].piece != tokens[end - 1].piece:
            return True
        if self.sentence.gap_after(end - 1) not in (" ", "-"):
            return True
        lists = ("story-after", "filler", "place", "not", "and", "or", "but")
        known = any(self.words[name].at(self.sentence.words, end) for name in lists)
        return known or (self.sentence.latvian and _LATVIAN_CASE.search(tokens[end].typed.casefold()) is not None)

    def _is_one_of_more(self, span: Span) -> bool:
        """Whether something else is named beside it: "private people and schools" are not only private people."""
        tokens, said = self.sentence.tokens, self.sentence.words
        beside = [place for place in (span[0] - 1, span[1]) if 0 <= place < len(tokens) and tokens[place].piece < 0]
        for place in beside:
            other = place - 1 if place < span[0] else place + 1
            if not 0 <= other < len(tokens):
                continue
            piece = tokens[other].piece
            places = [index for index, token in enumerate(tokens) if token.piece == piece]
            known = any(index in self.audience for index in places)
            verb = any(self.words[name].at(said, index) for index in places for name in _VERBS)
            if not known and not verb:
                return True
        return False

    def _is_alternative(self, match: Match, ask: str) -> bool:
        """Whether it is one of two: "Mozello or Shopify"."""
        if ask in _EITHER_WILL_DO:
            return False
        same = [other.span for other in self.named if any(str(value).startswith(f"{ask}.") for value in other.values)]
        return self._has_or_beside(match.span, same)

    def _has_or_beside(self, span: Span, others: Iterable[Span]) -> bool:
        """Whether only "or" and words that say nothing stand between it and another of its kind."""
        for other in others:
            start, end = (span[1], other[0]) if other > span else (other[1], span[0])
            between = [place for place in range(start, end) if not self.words["filler"].at(self.sentence.words, place)]
            if len(between) == 1 and self.words["or"].at(self.sentence.words, between[0]):
                return True
        return False
