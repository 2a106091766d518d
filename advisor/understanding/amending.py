"""What becomes of the answer that stands when a line denies a part of it, or says "also" of what it names.

"Not Germany" takes Germany from the countries before; "not on delivery but by invoice" puts one in the place of the
other; "they order on Instagram too" adds. A line that does none of this is an answer of its own.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.model import UNKNOWN, Value
from advisor.understanding.asked import Asked
from advisor.understanding.denying import denying_clauses
from advisor.understanding.finding import Found
from advisor.understanding.leftover import leftover
from advisor.understanding.reading import Reading


def amended(asked: Asked, found: Found, reading: Reading) -> Reading:
    """The answer before as the line leaves it; `reading`, the line as an answer of its own, if it changes nothing."""
    before = asked.default
    if not before or not asked.question.many or asked.question.kind == "confirm" or reading.command is not None:
        return reading
    denied = {member for value in found.denied for member in asked.groups.get(str(value), (value,))}
    gone = tuple(value for value in before if value in denied)
    said = reading.value if isinstance(reading.value, tuple) else ()
    if gone and asked.holds("unknown"):  # "not sure we have the pixel thing"
        return asked.offering.ask(gone, kept=tuple(value for value in before if value not in gone))
    if gone and set(found.values) <= set(gone) and not found.doubtful:
        left = tuple(value for value in before if value not in gone)
        ignored = tuple(map(asked.telling, leftover(asked, found)))
        return Reading(value=left, how="phrase", removed=gone, ignored=ignored) if left else reading
    if not said:
        return reading
    if UNKNOWN in said and not set(before) < set(said):  # "perhaps the register too, but I'm not sure"
        doubted = tuple(value for value in said if value != UNKNOWN)
        left = tuple(value for value in before if value not in doubted)
        return asked.offering.ask(doubted, kept=left) if doubted else reading
    if (
        not gone and set(said) < set(before) and not asked.holds("only") and _denies_besides(asked, found)
    ):  # "my LinkedIn is not the shop's"
        return asked.offering.ask(said, kept=tuple(value for value in before if value not in said))
    new = tuple(value for value in said if value not in before)
    rest = tuple(value for value in before if value not in gone and value not in said)
    if gone and rest:
        if len(new) == len(said) and not asked.holds("only", "all"):
            return replace(reading, value=(*rest, *new), added=new, removed=gone)
        return asked.offering.ask(rest, reading.names, kept=said)
    if not gone and len(new) == len(said) and _said_of_more(asked, found, new):
        return replace(reading, value=(*before, *new), added=new)
    return reading


def _said_of_more(asked: Asked, found: Found, values: tuple[Value, ...]) -> bool:
    """Whether an "also" stands beside everything that is named: "orders come by Instagram messages too"."""
    tokens, said = asked.sentence.tokens, asked.sentence.words
    clauses = {token.clause for place, token in enumerate(tokens) if asked.words["also"].at(said, place)}
    return all(value in found.places and tokens[found.places[value]].clause in clauses for value in values)


def _denies_besides(asked: Asked, found: Found) -> bool:
    """Whether a clause that names something denies something else."""
    clauses = {asked.sentence.tokens[start].clause for start, _ in found.named}
    denying = denying_clauses(asked.sentence, asked.words, found.named)
    return any(clause in denying or clause + 1 in denying for clause in clauses)
