"""The answer of a line that names no option, country or vendor: short ones such as "both" or "nothing", and what a line
amounts to otherwise.
"""

from __future__ import annotations

from advisor.model import Value
from advisor.understanding.around import Around
from advisor.understanding.asked import Asked
from advisor.understanding.counting import amount
from advisor.understanding.matching import stem
from advisor.understanding.polarity import begins_with_none, opening, says, says_none
from advisor.understanding.qualifying import takes_back
from advisor.understanding.reading import NOT_UNDERSTOOD, Reading
from advisor.wording import fold

_DOUBTING = (
    "not", "no", "except", "parting", "or", "if", "sometimes", "later", "pending", "not-yet", "unknown", "less",
)  # fmt: skip
"""Lists of which no word may stand where an option is known by its description only."""
_TELLING = 4
"""Letters of a word that may tell which option is meant."""
_MOST_TELLING = 8
"""Such words in a line from which it says more than one thing."""


def short_answer(asked: Asked) -> Reading | None:
    """None of these, all of these, yes and no, where the options have them."""
    sentence, words, question = asked.sentence, asked.words, asked.question
    values = tuple(option.value for option in asked.options)
    yes, none = says(sentence, words, "yes"), says_none(sentence, words)
    if question.none is None and question.kind in ("choices", "countries"):
        none = says_none(sentence, words, ("none", "no"))  # not "we don't": in which countries?
    if question.kind == "choice":
        no = asked.no_option()
        if yes and "yes" in values:
            return Reading(value="yes", how="yes-no")
        if yes and no:
            return asked.offering.ask(tuple(value for value in values if value != no))
        return Reading(value=no, how="yes-no") if none and no else None
    if none:
        return asked.nothing("alias")
    if question.kind in ("choices", "checklist"):
        every = {2: "both", 3: "all-three", 4: "all-four"}.get(len(values), "all")
        if says(sentence, words, "all", every) and not asked.holds("no", "not"):
            return asked.all_of(values)
        if yes:
            return Reading(value=values, how="yes-no") if len(values) == 1 else asked.offering.ask(values)
    return None


def is_none_exactly(asked: Asked) -> bool:
    """Whether every piece of the line says "none of these" in the words of the question."""
    none = asked.none_names.index if asked.none_names else None
    if none is None:
        return False
    if none.exactly(asked.sentence.words) or none.inflected(asked.sentence.words):
        return True
    pieces = [asked.sentence.words[slice(*span)] for span in asked.sentence.pieces()]
    return all(none.exactly(piece) or piece in asked.words["none"] or piece in asked.words["no"] for piece in pieces)


def found_nothing(asked: Asked) -> Reading:
    """What a line amounts to that names nothing."""
    none = asked.none_names.index if asked.none_names else None
    many = asked.question.many
    if _begins_with_no(asked) and takes_back(asked.sentence, asked.words):
        return asked.ask_back()
    if none is not None and none.resembling(asked.sentence.words):
        return asked.nothing("similar")
    for reading in (_opening(asked), amount(asked)):
        if reading is not None and reading != NOT_UNDERSTOOD:
            return reading
    if none is not None and many and _holds_none(asked):
        return asked.nothing("alias")  # "all digital, nothing to send"
    if none is not None and _denies_the_subject(asked):
        return asked.nothing("alias")  # "sīkdatnes nelietojam vispār"
    if (value := described(asked)) is not None:
        if many and len(asked.sentence.pieces()) > 1:
            return asked.offering.ask((value, *asked.near()))  # a list, of which only one part is known
        return Reading(value=(value,) if many else value, how="similar")
    if not asked.near() and none is not None and many and _begins_with_no(asked):
        return asked.nothing("yes-no")  # "no, we only sell toys"
    return asked.ask_near()


def described(asked: Asked) -> Value | None:
    """The one option of which the line has several telling words, though not as any of its names has them.

    "We give five years guarantee": nothing may be denied or doubted, and no other option come near.
    """
    doubted = asked.holds(*_DOUBTING) or asked.holds_ne_verb() or takes_back(asked.sentence, asked.words)
    ranged = any(option.low is not None for option in asked.options)  # "eight people, half a million turnover"
    if not asked.options or ranged or doubted or any(word.isdecimal() for word in asked.sentence.words):
        return None
    around = Around(asked.sentence, asked.names, asked.words)
    telling = {
        word for index, word in enumerate(asked.sentence.words)
        if len(word) >= _TELLING and not around.says_nothing(index)
    }  # fmt: skip
    shared = asked.naming.described(asked.question, asked.options).index.sharing(telling)
    ranked = sorted(shared.values(), reverse=True)
    if not ranked or ranked[0] < 2 or (len(ranked) > 1 and ranked[1] > 1) or len(telling) > _MOST_TELLING:
        return None
    return next(value for value, common in shared.items() if common == ranked[0])


def _opening(asked: Asked) -> Reading | None:
    """A choice that begins with yes or no and names nothing else."""
    qualified = asked.holds("but") and not asked.holds("only") and bool(asked.near())  # "jā, bet sepciālā"
    if asked.question.kind == "choice" and not qualified:
        said, no = opening(asked.sentence, asked.words), asked.no_option()
        if said == "yes" and any(option.value == "yes" for option in asked.options):
            return Reading(value="yes", how="yes-no")
        if said == "yes" and no:
            return asked.offering.ask(option.value for option in asked.options if option.value != no)
        if said == "no" and no:
            return Reading(value=no, how="yes-no")
    return None


def _begins_with_no(asked: Asked) -> bool:
    return opening(asked.sentence, asked.words) == "no" or begins_with_none(asked.sentence, asked.words)


def _holds_none(asked: Asked) -> bool:
    """Whether one piece of the line says "none of these" in the words of the question."""
    none = asked.none_names.index if asked.none_names else None
    pieces = (asked.sentence.words[slice(*span)] for span in asked.sentence.pieces())
    return none is not None and not takes_back(asked.sentence, asked.words) and any(map(none.exactly, pieces))


def _denies_the_subject(asked: Asked) -> bool:
    """Whether the line only denies what the question is about: "sīkdatnes nelietojam vispār"."""
    title = asked.question.title
    subject = {stem(word) for text in (title.en, title.lv) for word in fold(text).split() if len(word) >= _TELLING}
    around = Around(asked.sentence, asked.names, asked.words)
    denied = asked.holds("not", "none") or asked.holds_ne_verb()
    return denied and not takes_back(asked.sentence, asked.words) and all(
        around.says_nothing(index) or stem(word) in subject for index, word in enumerate(asked.sentence.words)
    )  # fmt: skip
