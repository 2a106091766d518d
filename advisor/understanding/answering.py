"""Reads one line as the answer to one question.

Every step either is sure or asks back; nothing is guessed silently. Knows the knowledge base's names and closed word
lists, but neither the case nor what an answer leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.model import UNKNOWN, How, Locale, Option, Question, Value
from advisor.understanding.amounts import counted_people, option_numbers, read_amount
from advisor.understanding.around import Around
from advisor.understanding.commands import Command
from advisor.understanding.denying import is_ne_verb
from advisor.understanding.finding import Found, find
from advisor.understanding.matching import stem
from advisor.understanding.naming import COUNTRY_KINDS, NONE, Names, Naming
from advisor.understanding.newcomers import Newcomers
from advisor.understanding.offering import Offering, flat
from advisor.understanding.polarity import (
    Polarity,
    begins_with_none,
    concluding,
    opening,
    polarity,
    says,
    says_both,
    says_none,
)
from advisor.understanding.qualifying import beside, is_denied_behind_but, is_joined, takes_back
from advisor.understanding.reading import NOT_UNDERSTOOD, Candidate, Reading
from advisor.understanding.sentences import Sentence, Span
from advisor.wording import fold

_LADDER: tuple[How, ...] = ("yes-no", "number", "label", "alias", "code", "prefix", "phrase", "similar")


_DOUBTING = (
    "not",
    "no",
    "except",
    "parting",
    "or",
    "if",
    "sometimes",
    "later",
    "pending",
    "not-yet",
    "unknown",
    "less",
)
"""Lists of which no word may stand where an option is known by its description only."""
_TELLING = 4
_MOST_TELLING = 8
_AGREEING = ("no", NONE, "not_done", "not_registered_yet")
"""Answers with which a "not yet" or "later" agrees."""
_FEW = 5
_MOST_MEANT = 12
"""The longest list of which "all of them" may be meant."""
"""Options that can all be offered when it is not clear which was meant."""


class Answering:
    """One line as an answer to one question."""

    def __init__(
        self,
        naming: Naming,
        question: Question,
        sentence: Sentence,
        locale: Locale,
        shown: tuple[Option, ...],
        default: tuple[Value, ...],
        same: tuple[Value, ...] | None = None,
    ) -> None:
        self.base = naming.base
        self.naming = naming
        self.words = naming.words
        self.groups = {**naming.groups, **naming.together(question)}
        self.question = question
        self.sentence = sentence
        self.locale = locale
        self.default = default
        self.same = same or ()
        self.remark = ""
        self.options = tuple(option for option in shown if option != question.none)
        self.numbered = shown
        self.names = naming.of(question, self.options)
        self.none_names = naming.of_none(question)
        self.offering = Offering(naming, question, shown, locale)

    def is_a_name(self, length: int | None = None) -> bool:
        """Whether the line, or its first words, is exactly a name: then it is no command and no mere yes or no."""
        said = self.sentence.words[:length]
        if len(said) == 1 and self.sentence.tokens[0].typed in self.names.codes:
            return True
        every = (self.names, self.none_names) if self.none_names else (self.names,)
        return any(names.index.exactly(said) is not None for names in every)

    def read(self) -> Reading:
        kind = self.question.kind
        if kind == "number":
            return self._number()
        numbers = option_numbers(self.sentence, self.words)
        if kind == "confirm":
            return self._confirm(numbers)
        if numbers is not None and not self.is_a_name():
            return self._amount() if kind == "choice" and max(numbers) > len(self.numbered) else self._chosen(numbers)
        if kind == "yes-no":
            return self._yes_no()
        reading = self._named()
        return replace(reading, remark=self.remark) if self.remark else reading

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _number(self) -> Reading:
        numbers = read_amount(self.sentence, self.words)
        alone = any(self.words["alone"].at(self.sentence.words, index) for index in range(len(self.sentence.words)))
        if says(self.sentence, self.words, "none") and not alone:
            numbers = (0,)
        numbers = tuple(number for number in numbers if self.question.low <= number <= self.question.high)
        unsure = self.words["unknown"].at(self.sentence.words) > 0
        if unsure and not numbers:
            return Reading(command=Command.UNKNOWN)
        if len(numbers) == 1 and not unsure:
            return Reading(value=numbers[0], how="number")
        return Reading(candidates=tuple(Candidate(value=number, label=str(number)) for number in numbers))

    def _amount(self) -> Reading:
        """The option that an amount means: "about 300" are few."""
        ranged = [option for option in self.options if option.low is not None]
        numbers = counted_people(self.sentence, self.words) if ranged else ()
        in_figures = any(word.isdecimal() for word in self.sentence.words)
        if self._holds("beyond") or (in_figures and self._holds("hundreds", "dozen")):
            return NOT_UNDERSTOOD  # "3-4 hundred thousand"
        for option in ranged:
            if numbers and all(map(option.holds, numbers)):
                return Reading(value=option.value, how="number")
        return self.offering.ask(option.value for option in ranged) if numbers else NOT_UNDERSTOOD

    def _chosen(self, numbers: tuple[int, ...]) -> Reading:
        if numbers == (0,) and self.question.none is not None:
            return self._nothing("number")
        if not all(1 <= number <= len(self.numbered) for number in numbers):
            return NOT_UNDERSTOOD
        values = tuple(dict.fromkeys(self.numbered[number - 1].value for number in numbers))
        if not self.question.many:
            return Reading(value=values[0], how="number") if len(values) == 1 else self.offering.ask(values)
        if self.question.none is not None and NONE in values:
            return self._nothing("number") if values == (NONE,) else NOT_UNDERSTOOD
        return Reading(value=values, how="number")

    # --- yes and no --------------------------------------------------------------------------------------------------

    def _yes_no(self) -> Reading:
        exactly = self.naming.of_answers(self.question).index.exactly(self.sentence.words)
        if exactly is not None and len(exactly.values) == 1:
            return Reading(value=exactly.values[0], how="yes-no")  # "never looked at that"
        if self.words["unknown"].at(self.sentence.words):
            return Reading(command=Command.UNKNOWN)
        said = polarity(self.sentence, self.words)
        if said is None and not says_both(self.sentence, self.words):
            said = concluding(self.sentence, self.words) or self._told()
        if said is None:
            return self.offering.ask(("yes", "no")) if says_both(self.sentence, self.words) else NOT_UNDERSTOOD
        if said == "no" and takes_back(self.sentence, self.words):
            return self.offering.ask(("yes", "no"))  # "no, but they can write to us"
        return Reading(value=said, how="yes-no")

    def _told(self) -> Polarity | None:
        """What a sentence without a yes or no tells: "my accountant did that", "they have no login there"."""
        if self._holds("if", "sometimes", "later", "pending", "or") or takes_back(self.sentence, self.words):
            return None
        names = self.naming.of_answers(self.question)
        found = find(self.sentence, names, self.words, self.locale)
        if found.doubtful or len(found.values) + len(found.denied) != 1:
            return None
        if found.values:
            return "yes" if "yes" in found.values else "no"
        return "no" if "yes" in found.denied else None

    # --- confirming what is assumed ----------------------------------------------------------------------------------

    def _confirm(self, numbers: tuple[int, ...] | None) -> Reading:
        """The default without what was named; all of it for yes, nothing for no."""
        if numbers is None:
            numbers = tuple(int(word) for word in self.sentence.words if word.isdecimal() and len(word) <= 3)
        if not all(1 <= number <= len(self.numbered) for number in numbers):
            return NOT_UNDERSTOOD
        found = find(self.sentence, self.names, self.words, self.locale)
        wrong = {self.numbered[number - 1].value for number in numbers} | {*found.values, *found.denied}
        said = polarity(self.sentence, self.words)
        if wrong or found.doubtful:
            agreed = said == "yes" and not found.denied and not self._holds("except", "not")
            if found.doubtful or agreed or self._holds("only"):
                return self.offering.ask((*wrong, *flat(found.doubtful)))
            return Reading(value=tuple(value for value in self.default if value not in wrong), how="confirmed")
        if said == "yes" or says(self.sentence, self.words, "all", "both", "yes"):
            return Reading(value=self.default, how="confirmed")
        return Reading(value=(), how="confirmed") if said == "no" else self._ask_near()

    def _holds(self, *lists: str) -> bool:
        """Whether a word of these lists stands anywhere in the line."""
        return any(self.words[name].at(self.sentence.words, index) for name in lists
                   for index in range(len(self.sentence.words)))  # fmt: skip

    # --- options, countries, vendors ---------------------------------------------------------------------------------

    def _named(self) -> Reading:
        if not self.is_a_name() and (reading := self._short_answer()) is not None:
            return reading
        if self._is_none_exactly():
            return self._nothing("label")
        found = find(self.sentence, self.names, self.words, self.locale)
        newcomers = Newcomers(self.sentence, self.names, self.words, self.base.providers)
        if self.question.kind == "vendors":
            newcomers.join(found)
            self.remark = newcomers.remark
        self._add_numbered(found)
        self._add_the_same(found)
        doubt = self.words["unknown"].at(self.sentence.words) > 0 and not self.is_a_name()
        if not found.values and not found.denied and self._speaks_of_none():
            return self._nothing("phrase") if not takes_back(self.sentence, self.words) else self._ask_back()
        if not found.values and not found.doubtful and not found.denied:
            return Reading(command=Command.UNKNOWN) if doubt else self._found_nothing()
        values = self._expanded(found)
        if doubt:
            return self.offering.ask((*values, *found.denied, *flat(found.doubtful)), newcomers.names)
        if values or found.doubtful:
            return self._settled(values, found, newcomers.names)
        return self._only_denied(found)

    def _add_numbered(self, found: Found) -> None:
        """Options said by number beside others said by name: "1 and also gift cards"."""
        if not self.numbered:
            return
        without = beside(self.sentence, self.words, found.named, "not", "except")
        inside = {index for start, end in found.named for index in range(start, end)}
        for span in self.sentence.pieces():
            numbers = option_numbers(self.sentence.part(span), self.words)
            denied = self.sentence.tokens[span[0]].clause in without or not inside.isdisjoint(range(*span))
            if numbers is None or denied or not all(1 <= number <= len(self.numbered) for number in numbers):
                continue
            values = (self.numbered[number - 1].value for number in numbers)
            found.values.update({value: "number" for value in values if value not in found.values and value != NONE})
            found.unknown = [other for other in found.unknown if other != span]

    def _add_the_same(self, found: Found) -> None:
        """What was answered to an earlier question: "the same countries", "turpat"."""
        said = self.sentence.words
        spans = [
            (start, start + length) for start in range(len(said)) if (length := self.words["same"].at(said, start))
        ]
        if not spans or not self.same:
            return
        found.values.update(
            {value: "phrase" for value in self.same if value not in found.values and value not in found.denied}
        )
        inside = {index for span in spans for index in range(*span)}
        found.unknown = [span for span in found.unknown if inside.isdisjoint(range(*span))]

    def _found_nothing(self) -> Reading:
        """The answer of a line that names nothing."""
        none = self.none_names.index if self.none_names else None
        if self._begins_with_no() and takes_back(self.sentence, self.words):
            return self._ask_back()
        if none is not None and none.resembling(self.sentence.words):
            return self._nothing("similar")
        for reading in (self._opening(), self._amount()):
            if reading is not None and reading != NOT_UNDERSTOOD:
                return reading
        if none is not None and self.question.many and self._holds_none():
            return self._nothing("alias")  # "all digital, nothing to send"
        if none is not None and self._denies_the_subject():
            return self._nothing("alias")  # "sīkdatnes nelietojam vispār"
        if (value := self._described()) is not None:
            return Reading(value=(value,) if self.question.many else value, how="similar")
        if not self._near() and none is not None and self.question.many and self._begins_with_no():
            return self._nothing("yes-no")  # "no, we only sell toys"
        return self._ask_near()

    def _described(self) -> Value | None:
        """The one option of which the line has several telling words, though not as any of its names has them.

        "We give five years guarantee": nothing may be denied or doubted, and no other option come near.
        """
        if not self.options or self._holds(*_DOUBTING) or takes_back(self.sentence, self.words):
            return None
        around = Around(self.sentence, self.names, self.words)
        latvian = self.sentence.latvian
        if any(is_ne_verb(token, latvian, self.words) for token in self.sentence.tokens):
            return None
        telling = {
            word for index, word in enumerate(self.sentence.words)
            if len(word) >= _TELLING and not around.says_nothing(index)
        }  # fmt: skip
        shared = self.naming.described(self.question, self.options).index.sharing(telling)
        ranked = sorted(shared.values(), reverse=True)
        if any(word.isdecimal() for word in self.sentence.words):
            return None
        if not ranked or ranked[0] < 2 or (len(ranked) > 1 and ranked[1] > 1) or len(telling) > _MOST_TELLING:
            return None
        return next(value for value, common in shared.items() if common == ranked[0])

    def _denies_the_subject(self) -> bool:
        """Whether the line only denies what the question is about: "sīkdatnes nelietojam vispār"."""
        title = self.question.title
        subject = {stem(word) for text in (title.en, title.lv) for word in fold(text).split() if len(word) >= _TELLING}
        around = Around(self.sentence, self.names, self.words)
        denied = self._holds("not", "none") or any(
            is_ne_verb(token, self.sentence.latvian, self.words) for token in self.sentence.tokens
        )
        return denied and not takes_back(self.sentence, self.words) and all(
            around.says_nothing(index) or stem(word) in subject for index, word in enumerate(self.sentence.words)
        )  # fmt: skip

    def _holds_none(self) -> bool:
        """Whether one piece of the line says "none of these" in the words of the question."""
        none = self.none_names.index if self.none_names else None
        pieces = (self.sentence.words[slice(*span)] for span in self.sentence.pieces())
        return none is not None and not takes_back(self.sentence, self.words) and any(map(none.exactly, pieces))

    def _begins_with_no(self) -> bool:
        return opening(self.sentence, self.words) == "no" or begins_with_none(self.sentence, self.words)

    def _only_denied(self, found: Found) -> Reading:
        """The answer of a line that says only what is not: all the rest, no, or nothing for sure."""
        if self.question.kind in ("choices", "checklist") and self.words["all"].at(self.sentence.words):
            return self._all(option.value for option in self.options if option.value not in found.denied)
        no = self._no_option() if self.question.kind == "choice" else None
        if no and no not in found.denied and opening(self.sentence, self.words) == "no":
            return Reading(value=no, how="yes-no")
        near = self._near() if self.options else ()
        none = (NONE,) if self.question.many and self.question.none is not None else ()
        return self.offering.ask((*((no,) if no else none), *found.denied, *near))

    def _all(self, values: Iterable[Value]) -> Reading:
        """What "all of them" means; of a long list nobody means every item, weapons and medicines included."""
        every = tuple(values)
        if len(self.options) > _MOST_MEANT:
            return Reading(remark="remark.all")
        return Reading(value=every, how="phrase")

    def _settled(self, values: tuple[Value, ...], found: Found, names: Mapping[str, str]) -> Reading:
        """The answer from what was found, unless some of it is in doubt."""
        ignored = tuple(text for span in found.unknown if (text := self._typed_core(span)))
        how: How = max(found.values.values(), key=_LADDER.index, default="phrase")
        if not self.question.many:
            value = self._one_of(values, found)
            if value is None and (said := self._amount().value) in (*values, *flat(found.doubtful)):
                return Reading(value=said, how="number")  # "far more, some two hundred thousand"
            if value is None or self._is_qualified(value, found):
                few = self.options if len(self.options) <= _FEW else ()
                return self.offering.ask((*values, *flat(found.doubtful), *(option.value for option in few)))
            return Reading(value=value, how=how, ignored=ignored)
        later = tuple(value for value in values if found.places.get(value, -1) in self._later(found))
        if found.doubtful and not values and (described := self._described()) in flat(found.doubtful):
            return Reading(value=(described,), how="similar", ignored=ignored)
        if found.doubtful or later:
            sure = tuple(value for value in values if value not in later)
            return self.offering.ask((*flat(found.doubtful), *later), names, kept=sure)
        if (outside := self._only_outside(values)) is not None:
            return replace(self._nothing("phrase"), value=outside)
        if self._speaks_of_none() and self.question.kind in COUNTRY_KINDS:
            return self.offering.ask(values, names)  # "no parcels, people come to Riga"
        used = {identifier: name for identifier, name in names.items() if identifier in values}
        rest = (UNKNOWN,) if self._holds("unknown") else ()  # "Stripe, and I don't know the rest"
        return Reading(value=(*values, *rest), how=how, names=used, ignored=ignored)

    def _one_of(self, values: tuple[Value, ...], found: Found) -> Value | None:
        """The one answer that what was found amounts to, if it is clear."""
        same = len(values) == 1 and all(doubt.faint and values[0] in doubt.values for doubt in found.doubtful)
        if found.doubtful and not same:
            first = found.doubtful[0]
            if opening(self.sentence, self.words) == "yes" and "yes" in first.values and not values:
                return "yes"  # "yes, registered"
            # "Not an employee, a contractor": where only one answer is possible, what follows is the one.
            clear = len(found.doubtful) == len(first.values) == 1 and first.span == (0, 0) and found.denied
            return first.values[0] if clear and not values else None
        if len(values) == 1:
            none = self.question.kind in COUNTRY_KINDS and self._speaks_of_none()
            return None if none else values[0]
        others = {option.value for option in self.options} - {"both"}
        every = "both" in {option.value for option in self.options} and set(values) - {"both"} == others
        return "both" if every and not self._holds("or") else None

    def _is_qualified(self, value: Value, found: Found) -> bool:
        """Whether it is not the whole answer: "SIA, next year", "open, but not for orders", "sometimes companies"."""
        named = {index for start, end in found.named for index in range(start, end)}
        if value not in ("both", "incidental") and beside(self.sentence, self.words, found.named, "sometimes"):
            return True
        if value not in _AGREEING and beside(self.sentence, self.words, found.named, "not-yet") - self._clauses(named):
            return True
        no = value in ("no", NONE) and takes_back(self.sentence, self.words, found.named)
        later = value not in _AGREEING and beside(self.sentence, self.words, found.named, "later")
        return (
            bool(no or later)
            or is_denied_behind_but(self.sentence, self.words, named)
            or self._is_partial(named, found)
        )

    def _clauses(self, named: set[int]) -> set[int]:
        return {self.sentence.tokens[index].clause for index in named}

    def _is_partial(self, named: set[int], found: Found) -> bool:
        """Whether something not understood may be a second answer: "mums and companies"."""
        several = self.question.option("both") is not None
        rest = [span for span in found.unknown if self._typed_core(span)]
        return bool(rest) and (several or any(is_joined(self.sentence, span, named) for span in rest))

    def _later(self, found: Found) -> set[int]:
        """The places of names in clauses that speak of later, or of what is under way."""
        clauses = beside(self.sentence, self.words, found.named, "later", "pending")
        return {index for index, token in enumerate(self.sentence.tokens) if token.clause in clauses}

    def _only_outside(self, values: tuple[Value, ...]) -> tuple[Value, ...] | None:
        """ "All are in Latvia, one in Ukraine", where only those outside the EEA are asked for. None: not said."""
        known = all(value in self.base.countries for value in values)
        if self.question.kind != "people" or not known or not self._holds("all", "none", "no", "alone", "only"):
            return None
        return tuple(value for value in values if not self.base.countries[str(value)].eea)

    def _speaks_of_none(self) -> bool:
        return self.none_names is not None and bool(self.none_names.index.within(self.sentence.tokens))

    def _is_none_exactly(self) -> bool:
        none = self.none_names.index if self.none_names else None
        if none is None:
            return False
        if none.exactly(self.sentence.words) or none.inflected(self.sentence.words):
            return True
        pieces = [self.sentence.words[slice(*span)] for span in self.sentence.pieces()]
        return all(none.exactly(piece) or piece in self.words["none"] or piece in self.words["no"] for piece in pieces)

    def _typed_core(self, span: Span) -> str:
        """What was typed there, if it is more than words that say nothing."""
        around = Around(self.sentence, Names(index=self.names.index, codes=self.names.codes), self.words)
        core = around.trim(span, denials=True)
        lists = ("unknown", "none", "company")
        if core[0] == core[1] or any(self.words[name].at(self.sentence.words, core[0]) for name in lists):
            return ""
        return self.sentence.typed(core)

    def _short_answer(self) -> Reading | None:
        """None of these, all of these, yes and no, where the options have them."""
        values = tuple(option.value for option in self.options)
        yes, none = says(self.sentence, self.words, "yes"), says_none(self.sentence, self.words)
        if self.question.none is None and self.question.kind in ("choices", "countries"):
            none = says_none(self.sentence, self.words, ("none", "no"))  # not "we don't": in which countries?
        if self.question.kind == "choice":
            no = self._no_option()
            if yes and "yes" in values:
                return Reading(value="yes", how="yes-no")
            if yes and no:
                return self.offering.ask(tuple(value for value in values if value != no))
            return Reading(value=no, how="yes-no") if none and no else None
        if none:
            return self._nothing("alias")
        if self.question.kind in ("choices", "checklist"):
            every = "all" if len(values) != 2 else "both"
            if says(self.sentence, self.words, "all", every):
                return self._all(values)
            if yes:
                return Reading(value=values, how="yes-no") if len(values) == 1 else self.offering.ask(values)
        return None

    def _opening(self) -> Reading | None:
        """A choice that begins with yes or no and names nothing else."""
        qualified = self._holds("but") and not self._holds("only") and bool(self._near())  # "jā, bet sepciālā"
        if self.question.kind == "choice" and not qualified:
            said, no = opening(self.sentence, self.words), self._no_option()
            if said == "yes" and any(option.value == "yes" for option in self.options):
                return Reading(value="yes", how="yes-no")
            if said == "yes" and no:
                return self.offering.ask(option.value for option in self.options if option.value != no)
            if said == "no" and no:
                return Reading(value=no, how="yes-no")
        return None

    def _no_option(self) -> str | None:
        """The option that means no or none."""
        own = (option.value for option in self.options if option.value in ("no", NONE))
        return next(own, NONE if self.question.none is not None else None)

    def _nothing(self, how: How) -> Reading:
        """The answer "none of these"."""
        if self.question.many:
            return Reading(value=(), how=how)
        return Reading(value=NONE, how=how) if self.question.none is not None else NOT_UNDERSTOOD

    def _expanded(self, found: Found) -> tuple[Value, ...]:
        """The values found, groups as their members without those denied."""
        values: dict[Value, None] = {}
        for value in found.values:
            if value in self.groups:
                values.update((member, None) for member in self.groups[str(value)] if member not in found.denied)
            else:
                values[value] = None
        return tuple(values)

    def _near(self) -> tuple[Value, ...]:
        return self.offering.near(self.sentence, self.names)

    def _ask_near(self) -> Reading:
        near = self._near()
        few = self.question.kind == "choice" and len(self.options) <= _FEW and near
        return self.offering.ask((*near, *(option.value for option in self.options)) if few else near)

    def _ask_back(self) -> Reading:
        """Asks what was meant behind a "but" that follows a no: one of the few options, or what is near."""
        no = self._no_option() if not self.question.many else None
        few = tuple(option.value for option in self.options) if len(self.options) <= _FEW else ()
        return self.offering.ask((*((no,) if no else ()), *self._near(), *few))
