"""What a line was understood as: an answer, a command, or the few answers that may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.model import How, Value
from advisor.understanding.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that may have been meant, with its name in the language of the interview."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a line was understood as.

    An answer (`value` and `how`), a command, or neither: then `candidates` may have been meant, and `kept` is what was
    understood besides, to be added to the one that is chosen; `about` are the words that are asked about, where it is
    only some of them. `ignored` are the parts of an answer that were not
    used; `remark` is the phrase that tells why. `added` and `removed` are set where the line only changes the
    answer before; `value` is the outcome. `names` are the readable names of subjects that the knowledge base does not
    know. `argument` is the rest of a command's line. `besides` is the country told besides the answer.
    """

    value: Value | tuple[Value, ...] | None = None
    how: How | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    command: Command | None = None
    argument: str = ""
    kept: tuple[Value, ...] = ()
    about: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    added: tuple[Value, ...] = ()
    removed: tuple[Value, ...] = ()
    remark: str = ""
    besides: Value | None = None


NOT_UNDERSTOOD = Reading()
