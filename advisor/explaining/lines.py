"""Explanations as lines of text, for the conversation: how, why not, what if, remove, assumptions."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.case import Case
from advisor.consultation import Consultation
from advisor.explaining import changes as changing
from advisor.explaining.assumptions import assumptions
from advisor.explaining.how import how
from advisor.explaining.refusals import why_not_branch
from advisor.explaining.remove import remove
from advisor.explaining.reports import WAYS, assumptions_branch, removal_branch, what_if_branch
from advisor.explaining.trees import EVERYTHING, LEVELS, Trees
from advisor.explaining.what_if import what_if
from advisor.explaining.which import which
from advisor.explaining.why_not import why_not
from advisor.explaining.words import Words
from advisor.model import Answer, Locale
from advisor.render.tree import Branch, draw, leaf

WIDTH = 78
"""Columns of the lines, unless the screen is known."""


def how_lines(
    consultation: Consultation, case: Case, obligation: str, full: bool = False, width: int = WIDTH
) -> tuple[str, ...]:
    """Why an obligation applies; why it does not, if it does not. Raises UsageError if it is not clear which is meant.

    `obligation` is an id, its number in the plan or words of its title.
    """
    return _drawn(how_branches(consultation, case, obligation, full), width)


def why_not_lines(consultation: Consultation, case: Case, obligation: str, width: int = WIDTH) -> tuple[str, ...]:
    """Why an obligation does not apply, or not for certain. Raises UsageError."""
    return _drawn(why_not_branches(consultation, case, obligation), width)


def what_if_lines(
    consultation: Consultation, case: Case, wanted: str | Iterable[Answer], width: int = WIDTH
) -> tuple[str, ...]:
    """What would be different in the plan with other answers, given as text or as answers. Raises UsageError."""
    return _drawn((what_if_of(consultation, case, wanted),), width)


def remove_lines(consultation: Consultation, case: Case, obligation: str, width: int = WIDTH) -> tuple[str, ...]:
    """What could be decided otherwise so that an obligation goes away. Raises UsageError."""
    return _drawn((removal_of(consultation, case, obligation),), width)


def assumptions_lines(consultation: Consultation, case: Case, width: int = WIDTH) -> tuple[str, ...]:
    """What the plan rests on that nobody has confirmed."""
    return _drawn((assumptions_of(consultation, case),), width)


# --- as trees ---


def how_branches(consultation: Consultation, case: Case, obligation: str, full: bool = False) -> tuple[Branch, ...]:
    """The explanation of an obligation, with a hint if something was cut; the refusal if it does not apply."""
    obligation, wholly = _without_full(consultation, obligation)
    full = full or wholly
    meant = which(consultation, case, obligation)
    found = how(consultation.base, case, consultation.conclusions(case), meant.id, meant.subject)
    words = Words(consultation, case)
    if not found:
        return (why_not_branch(words, why_not(consultation, case, meant.id, meant.subject)),)
    trees = Trees(words, EVERYTHING if full else LEVELS)
    tree = trees.how(found)
    return (tree, leaf(""), leaf(words.say("more"))) if trees.was_cut else (tree,)


def why_not_branches(consultation: Consultation, case: Case, obligation: str) -> tuple[Branch, ...]:
    """The refusal of an obligation; that it applies, and why, if it does."""
    meant = which(consultation, case, obligation, missing=True)
    found = why_not(consultation, case, meant.id, meant.subject)
    words = Words(consultation, case)
    if not found.applies:
        return (why_not_branch(words, found),)
    return (leaf(words.say("why-not.applies")), *how_branches(consultation, case, str(meant)))


def what_if_of(consultation: Consultation, case: Case, wanted: str | Iterable[Answer]) -> Branch:
    """The difference that other answers would make."""
    answers = changing.parse(consultation, case, wanted) if isinstance(wanted, str) else tuple(wanted)
    before = Words(consultation, case)
    found = what_if(consultation, case, answers)
    return what_if_branch(before, Words(consultation, found.after), found)


def removal_of(consultation: Consultation, case: Case, obligation: str) -> Branch:
    """The smallest sets of decisions that remove an obligation."""
    meant = which(consultation, case, obligation)
    certain = consultation.conclusions(case).certain
    applies = any(due.id == meant.id and meant.subject in ("", due.subject) for due in certain)
    found = remove(consultation, case, meant.id, meant.subject)
    words = Words(consultation, case)
    after = [Words(consultation, way.after) for way in found.ways[:WAYS]]
    return removal_branch(words, found, after, applies)


def assumptions_of(consultation: Consultation, case: Case) -> Branch:
    """What the plan rests on that nobody has confirmed."""
    return assumptions_branch(Words(consultation, case), assumptions(consultation, case))


def _without_full(consultation: Consultation, said: str) -> tuple[str, bool]:
    """What was said before the word that asks for everything, and whether it was said."""
    words = said.split()
    spelled = {consultation.phrase("explain.full", locale) for locale in Locale}
    if len(words) > 1 and words[-1].casefold() in spelled:
        return " ".join(words[:-1]), True
    return said, False


def _drawn(branches: Iterable[Branch], width: int) -> tuple[str, ...]:
    return tuple(draw(branches, width, guides=False))
