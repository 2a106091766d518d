"""What the interview wants done, as data: a front end shows and asks, a transcript records. See `interview`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.consultation import Progress
from advisor.model import Option, Question, Turn, Value
from advisor.render.tree import Branch
from advisor.understanding.understand import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Put this question. `text` is ready to be shown; `previous` is the answer it had before."""

    question: Question
    of: str
    text: str
    options: tuple[Option, ...]
    previous: tuple[Value, ...] | None
    progress: Progress
    repeat: bool = False
    """Whether the question with its options has just been put: then it need not be shown in full again."""
    told: bool = False
    """Whether `previous` is what the opening story told, which may be only a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Show a phrase of the knowledge base, its placeholders filled with `words`; or finished lines of text."""

    phrase: str
    words: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something was not understood for sure: show these candidates, numbered, and ask again.

    `kept` names what was understood besides, `about` the words that are asked about, where it is only some of them.
    """

    candidates: tuple[Candidate, ...]
    kept: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Write this turn down before anything else happens."""

    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPlan:
    """Show the plan so far, or at the end; `whole`: all of it with reasons rather than where to start."""

    final: bool
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Show explanations, drawn as trees."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The consultation is over (`finished`) or interrupted to be resumed."""

    finished: bool


Effect = Ask | Say | Offer | Record | ShowPlan | Explain | Leave
