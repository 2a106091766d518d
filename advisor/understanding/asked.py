"""One line as it was said to one question: what may be named in it, and how it is asked back.

What every way of reading an answer shares. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from advisor.model import How, Locale, Option, Question, Value
from advisor.understanding.around import Around
from advisor.understanding.capitals import with_capitals
from advisor.understanding.denying import is_ne_verb
from advisor.understanding.naming import NONE, Names, Naming
from advisor.understanding.offering import Offering
from advisor.understanding.reading import NOT_UNDERSTOOD, Reading
from advisor.understanding.sentences import Sentence, Span

FEW = 5
"""Options that can all be offered when it is not clear which was meant."""
_MOST_MEANT = 12
"""The longest list of which "all of them" may be meant."""


class Asked:
    """A question, the options shown with it, and the line that was typed.

    `default` is the answer before, `same` the answer that "the same ones" means.
    """

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
        countries = question.kind in ("country", "countries")  # beside people, "us" is who asks
        self.sentence = with_capitals(sentence, naming.countries(), naming.words) if countries else sentence
        self.locale = locale
        self.default = default
        self.same = same or ()
        self.options = tuple(option for option in shown if option != question.none)
        self.numbered = shown
        self.names = naming.of(question, self.options)
        self.none_names = naming.of_none(question)
        self.offering = Offering(naming, question, shown, locale)

    # --- what the line holds -----------------------------------------------------------------------------------------

    def is_a_name(self, length: int | None = None) -> bool:
        """Whether the line, or its first words, is exactly a name: then it is no command and no mere yes or no."""
        said = self.sentence.words[:length]
        if len(said) == 1 and self.sentence.tokens[0].typed in self.names.codes:
            return True
        every = [names for names in (self.names, self.none_names) if names]
        if self.question.kind == "yes-no":
            every.append(self.naming.of_answers(self.question))
        return any(names.index.exactly(said) is not None for names in every)

    def holds(self, *lists: str) -> bool:
        """Whether a word of these lists stands anywhere in the line."""
        return any(self.words[name].at(self.sentence.words, index) for name in lists
                   for index in range(len(self.sentence.words)))  # fmt: skip

    def says_only(self, *lists: str) -> bool:
        """Whether the line is made of words of these lists."""
        said, place = self.sentence.words, 0
        while place < len(said) and (length := max(self.words[name].at(said, place) for name in lists)):
            place += length
        return place >= len(said)

    def holds_ne_verb(self) -> bool:
        """Whether a Latvian verb with the prefix ne- stands anywhere in the line."""
        return any(is_ne_verb(token, self.sentence.latvian, self.words) for token in self.sentence.tokens)

    def speaks_of_none(self) -> bool:
        """Whether "none of these" is said in the words of the question, perhaps among other things."""
        return self.none_names is not None and bool(self.none_names.index.within(self.sentence.tokens))

    def telling(self, span: Span) -> str:
        """What was typed there, if it is more than words that say nothing."""
        around = Around(self.sentence, Names(index=self.names.index, codes=self.names.codes), self.words)
        core = around.trim(span, denials=True)
        lists = ("unknown", "none", "company")
        if core[0] == core[1] or any(self.words[name].at(self.sentence.words, core[0]) for name in lists):
            return ""
        return self.sentence.typed(core)

    # --- answers and questions in return -----------------------------------------------------------------------------

    def no_option(self) -> str | None:
        """The option that means no or none."""
        own = (option.value for option in self.options if option.value in ("no", NONE))
        return next(own, NONE if self.question.none is not None else None)

    def nothing(self, how: How) -> Reading:
        """The answer "none of these"."""
        if self.question.many:
            return Reading(value=(), how=how)
        return Reading(value=NONE, how=how) if self.question.none is not None else NOT_UNDERSTOOD

    @property
    def is_long(self) -> bool:
        """Whether the list has more options than anybody means by "all of them"."""
        return len(self.options) > _MOST_MEANT

    def all_of(self, values: Iterable[Value]) -> Reading:
        """What "all of them" means; of a long list nobody means every item, weapons and medicines included."""
        every = tuple(values)
        if self.is_long:
            return Reading(remark="remark.all")
        return Reading(value=every, how="phrase")

    def near(self) -> tuple[Value, ...]:
        return self.offering.near(self.sentence, self.names)

    def ask_near(self) -> Reading:
        """Asks between what may have been meant, and the other options where they are few."""
        near = self.near()
        few = self.question.kind == "choice" and len(self.options) <= FEW and near
        return self.offering.ask((*near, *(option.value for option in self.options)) if few else near)

    def ask_back(self) -> Reading:
        """Asks what was meant behind a "but" that follows a no: one of the few options, or what is near."""
        no = self.no_option() if not self.question.many else None
        few = tuple(option.value for option in self.options) if len(self.options) <= FEW else ()
        return self.offering.ask((*((no,) if no else ()), *self.near(), *few))
