"""The answer from what was found in a line: all of it, the one that was meant, or a question where some is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.model import UNKNOWN, How, Value
from advisor.understanding.around import Around
from advisor.understanding.asked import FEW, Asked
from advisor.understanding.counting import amount
from advisor.understanding.finding import Found
from advisor.understanding.leftover import leftover, near
from advisor.understanding.naming import COUNTRY_KINDS, NONE
from advisor.understanding.offering import flat
from advisor.understanding.polarity import begins_with_none, opening, says_none
from advisor.understanding.qualifying import beside, is_denied_behind_but, is_joined, takes_back
from advisor.understanding.reading import Reading
from advisor.understanding.sentences import Span
from advisor.understanding.unnamed import described
from advisor.wording import fold

_LADDER: tuple[How, ...] = ("yes-no", "number", "label", "alias", "code", "prefix", "phrase", "similar")
_AGREEING = ("no", NONE, "planned", "not_done", "not_registered_yet")
"""Answers with which a "not yet" or "later" agrees."""


def settle(asked: Asked, found: Found, names: Mapping[str, str]) -> Reading:
    """The answer from what was found. `names` are the readable names of vendors that nobody knows."""
    values = _but_only(asked, _narrowed(asked, expanded(asked, found), found), found)
    unused = leftover(asked, found)
    ignored = tuple(map(asked.telling, unused))
    how: How = max(found.values.values(), key=_LADDER.index, default="phrase")
    if not asked.question.many:
        value, people = _one_of(asked, values, found), asked.holds("counted-people")
        if (
            value is None
            and not (people and len(values) > 1)
            and (said := amount(asked).value) in (*values, *flat(found.doubtful))
        ):
            return Reading(value=said, how="number")  # "far more, some two hundred thousand"
        if value is not None and people and (counted := amount(asked).value) not in (None, value):
            return asked.offering.ask((value, *((counted,) if isinstance(counted, str) else ())))  # "small, us three"
        if value is None or _is_qualified(asked, value, found):
            few = asked.options if len(asked.options) <= FEW else ()
            return asked.offering.ask((*values, *flat(found.doubtful), *(option.value for option in few)))
        return Reading(value=value, how=how, ignored=ignored)
    someday = {value: None for value in values if found.places.get(value, -1) in _someday(asked, found)}
    if someday and len(someday) < len(values):  # "Latvia, and Germany maybe some day"
        ignored = (*ignored, *(_piece_of(asked, found.places[value]) for value in someday))
        values = tuple(value for value in values if value not in someday)
    later = tuple(value for value in values if found.places.get(value, -1) in _later(asked, found))
    perhaps = tuple(value for value in values if found.places.get(value, -1) in _perhaps(asked, found))
    if len(perhaps) < len(values):  # "cards, PayPal perhaps"; where all is said so, it is the answer
        later = tuple(value for value in values if value in (*later, *perhaps))
    about = {value for narrow in values for value in _about(asked, narrow)}
    found.doubtful = [doubt for doubt in found.doubtful if not set(doubt.values) <= {*values, *about}]  # said besides
    if found.doubtful and not values and (meant := described(asked)) in flat(found.doubtful):
        return Reading(value=(meant,), how="similar", ignored=ignored)
    if found.doubtful or later:
        sure = tuple(value for value in values if value not in later)
        return asked.offering.ask((*flat(found.doubtful), *later), names, kept=sure)
    listed = asked.options or asked.question.kind == "countries"
    began = listed and asked.question.none is not None and begins_with_none(asked.sentence, asked.words)
    if began and (asked.holds("although") or not asked.holds("but", "except", "yes")):
        return asked.offering.ask((NONE, *values))  # "none yet, the application is in"
    if (outside := _only_outside(asked, values)) is not None:
        return replace(asked.nothing("phrase"), value=outside)
    if asked.speaks_of_none() and asked.question.kind in COUNTRY_KINDS:
        return asked.offering.ask(values, names)  # "no parcels, people come to Riga"
    used = {identifier: name for identifier, name in names.items() if identifier in values}
    if (remarked := _only_remarked(asked, values, found)) and not used:
        pieces = tuple(dict.fromkeys(_piece_of(asked, found.places[value]) for value in remarked))
        values = tuple(value for value in values if value not in remarked)
        return Reading(value=values, how=how, ignored=(*ignored, *pieces))
    if asked.question.kind in ("choices", "checklist") and (reading := _ask_of_the_rest(asked, values, unused)):
        return reading
    rest = (
        (UNKNOWN,) if beside(asked.sentence, asked.words, found.named, "unknown") else ()
    )  # "and I don't know the rest"
    return Reading(value=(*values, *rest), how=how, names=used, ignored=ignored)


def only_denied(asked: Asked, found: Found) -> Reading:
    """The answer of a line that says only what is not: all the rest, no, or nothing for sure."""
    if asked.question.kind in ("choices", "checklist") and asked.words["all"].at(asked.sentence.words):
        return asked.all_of(option.value for option in asked.options if option.value not in found.denied)
    parts = [asked.sentence.part(span) for span in asked.sentence.pieces()]
    nothing = any(part.words not in asked.words["no"] and says_none(part, asked.words, ("none",)) for part in parts)
    if nothing and asked.question.many and asked.question.none is not None and not leftover(asked, found):
        return asked.nothing("phrase")  # "no discounts, no reviews, nothing"
    if _denies_all_through(asked):
        return asked.nothing("phrase")
    no = asked.no_option() if asked.question.kind == "choice" else None
    if no and no not in found.denied and opening(asked.sentence, asked.words) == "no":
        return Reading(value=no, how="yes-no")
    near = asked.near() if asked.options else ()
    none = (NONE,) if asked.question.many and asked.question.none is not None else ()
    return asked.offering.ask((*((no,) if no else none), *found.denied, *near))


def _denies_all_through(asked: Asked) -> bool:
    """Whether every one of several parts begins with a denial: "nobody but me sees it, no CVs, no IDs"."""
    said, parts = asked.sentence.words, asked.sentence.pieces()
    if not asked.question.many or asked.question.none is None or len(parts) < 2:
        return False
    return all(asked.words["not"].at(said, start) for start, _ in parts)


def expanded(asked: Asked, found: Found) -> tuple[Value, ...]:
    """The values found, groups as their members without those denied."""
    values: dict[Value, None] = {}
    for value in found.values:
        if value in asked.groups:
            values.update((member, None) for member in asked.groups[str(value)] if member not in found.denied)
        else:
            values[value] = None
    return tuple(values)


# --- where only one answer is possible ------------------------------------------------------------------------------


def _one_of(asked: Asked, values: tuple[Value, ...], found: Found) -> Value | None:
    """The one answer that what was found amounts to, if it is clear."""
    same = len(values) == 1 and all(
        values[0] in doubt.values
        and (doubt.faint or (doubt.span != (0, 0) and not _by_denying(asked, values[0], found)))
        for doubt in found.doubtful
    )
    if found.doubtful and not same:
        first = found.doubtful[0]
        if opening(asked.sentence, asked.words) == "yes" and "yes" in first.values and not values:
            return "yes"  # "yes, registered"
        # "Not an employee, a contractor": where only one answer is possible, what follows is the one.
        clear = len(found.doubtful) == len(first.values) == 1 and first.span == (0, 0) and found.denied
        return first.values[0] if clear and not values else None
    if len(values) == 1:
        none = asked.question.kind in COUNTRY_KINDS and asked.speaks_of_none()
        return None if none else values[0]
    if asked.question.kind == "country" and (main := _chiefly(asked, values, found)) is not None:
        return main
    others = {option.value for option in asked.options} - {"both"}
    every = "both" in {option.value for option in asked.options} and set(values) - {"both"} == others
    return "both" if every and not asked.holds("or") else None


def _chiefly(asked: Asked, values: tuple[Value, ...], found: Found) -> Value | None:
    """The one beside which "mainly" stands: "mostly China, some of it from Poland"."""
    clauses = beside(asked.sentence, asked.words, found.named, "chiefly")
    tokens = asked.sentence.tokens
    main = [value for value in values if value in found.places and tokens[found.places[value]].clause in clauses]
    return main[0] if len(main) == 1 and not asked.holds("or") else None


def _by_denying(asked: Asked, value: Value, found: Found) -> bool:
    """Whether the value was named by what is not: "nothing registered"."""
    place = found.places.get(value, 0)
    span = next((span for span in found.named if span[0] <= place < span[1]), (place, place + 1))
    return any(asked.words[name].at(asked.sentence.words, at) for name in ("not", "none") for at in range(*span))


def _is_qualified(asked: Asked, value: Value, found: Found) -> bool:
    """Whether it is not the whole answer: "SIA, next year", "open, but not for orders", "sometimes companies"."""
    sentence, words = asked.sentence, asked.words
    named = {index for start, end in found.named for index in range(start, end)}
    if value not in ("both", "incidental") and beside(sentence, words, found.named, "sometimes"):
        return True
    own = {sentence.tokens[index].clause for index in named}
    if value not in _AGREEING and beside(sentence, words, found.named, "not-yet") - own:
        return True
    no = value in ("no", NONE) and takes_back(sentence, words, found.named)
    later = value not in _AGREEING and beside(sentence, words, found.named, "later")
    return bool(no or later) or is_denied_behind_but(sentence, words, named) or _is_partial(asked, named, found)


def _is_partial(asked: Asked, named: set[int], found: Found) -> bool:
    """Whether something not understood may be a second answer: "mums and companies"."""
    several = asked.question.option("both") is not None
    rest = leftover(asked, found)
    joined = tuple(span for span in rest if is_joined(asked.sentence, span, named))
    ranged = any(option.low is not None for option in asked.options)  # "eight or nine thousand"
    strange = any(not asked.words.is_spelt(asked.sentence.words[at]) for span in joined for at in range(*span))
    return bool(rest) and (several or bool(joined and (ranged or strange or near(asked, joined, ()))))


# --- where several are ----------------------------------------------------------------------------------------------


def _narrowed(asked: Asked, values: tuple[Value, ...], found: Found) -> tuple[Value, ...]:
    """Without what only says what another answer is about: "dresses for hire" are no goods for sale."""
    piece = _breaths(asked)
    pieces = {value: {piece[place] for place in places} for value, places in found.mentions.items()}
    about: set[Value] = set()
    for narrow in values:
        wide = _about(asked, narrow)
        about |= {
            value for value in values if value in wide
            and (
                not asked.question.many or pieces.get(value, {-1}) <= pieces.get(narrow, set())
                or _narrows(asked, found, value, narrow)  # "tables and shelves, only to measure"
            )
        }  # fmt: skip
    return tuple(value for value in values if value not in about)


def _but_only(asked: Asked, values: tuple[Value, ...], found: Found) -> tuple[Value, ...]:
    """What a last clause leaves of all that was named: "buyers from all three, but parcels go to Latvia only"."""
    tokens, said = asked.sentence.tokens, asked.sentence.words
    clauses = asked.sentence.clauses()
    start, end = clauses[-1]
    if start and asked.words["only"].at(said, start) == end - start:  # "... but to Latvia only"
        start = clauses[-2][0]
    length = asked.words["but"].at(said, start)
    if not start or not asked.question.many or not length or asked.words["only"].at(said, start + length - 1):
        return values
    closing = any(asked.words["only"].at(said, place) == end - place for place in range(start + length, end))
    own = tuple(
        value
        for value in values
        if any(tokens[place].clause >= tokens[start].clause for place in found.mentions.get(value, ()))
    )
    return own if closing and own else values


def _narrows(asked: Asked, found: Found, wide: Value, narrow: Value) -> bool:
    """Whether the narrow answer stands behind an "only" that follows the wide one."""
    tokens = asked.sentence.tokens
    clause = tokens[found.places.get(narrow, 0)].clause
    first = next(index for index, token in enumerate(tokens) if token.clause == clause)
    before = any(tokens[place].clause == tokens[first - 1].clause for place in found.mentions.get(wide, ()))
    return first > 0 and before and asked.words["only"].at(asked.sentence.words, first) > 0


def _about(asked: Asked, narrow: Value) -> tuple[Value, ...]:
    """What only says what this answer is about: a bonus, of the reward for bringing a friend."""
    wide = asked.words[f"instead.{asked.question.id}.{narrow}"].phrases
    return tuple(option.value for option in asked.options if tuple(fold(str(option.value)).split()) in wide)


def _breaths(asked: Asked) -> list[int]:
    """The piece of each word; "if they come, then cash" is said in one breath."""
    joined: dict[int, int] = {}
    tokens = asked.sentence.tokens
    for place, token in enumerate(tokens):
        if place and token.piece != (before := tokens[place - 1].piece) and before >= 0 and token.piece >= 0:
            behind = any(asked.words[name].at(asked.sentence.words, place) for name in ("which", "then"))
            relative = "," in asked.sentence.gap_after(place - 1) and (behind or _speaks_on(asked, token.clause))
            joined[token.piece] = joined.get(before, before) if relative else token.piece
    return [joined.get(token.piece, token.piece) for token in tokens]


def _speaks_on(asked: Asked, clause: int) -> bool:
    """Whether the clause is about what was named before it: "dog treats, we bake them at home"."""
    tokens = asked.sentence.tokens
    return any(
        token.clause == clause and asked.words["them"].at(asked.sentence.words, place)
        for place, token in enumerate(tokens)
    )


def _ask_of_the_rest(asked: Asked, values: tuple[Value, ...], spans: tuple[Span, ...]) -> Reading | None:
    """Asks what the rest of the line means: "sales twice a year, and old phones taken in exchange".

    None: there is no rest, or among the options none that it resembles.
    """
    likely = near(asked, spans, values) if spans else ()
    others = tuple(option.value for option in asked.options if option.value not in (*values, *likely))
    few = others if spans and asked.question.kind == "checklist" and len(likely) + len(others) < FEW else ()
    if not likely and not few:
        return None
    reading = asked.offering.ask((*likely, *few, NONE), kept=values)
    return replace(reading, about=tuple(map(asked.telling, spans)))


def _only_remarked(asked: Asked, values: tuple[Value, ...], found: Found) -> tuple[Value, ...]:
    """What is named in a reason, or beside an "only" in a sentence of its own: "only English, Latvians get along"."""
    tokens, said = asked.sentence.tokens, asked.sentence.words
    reasons = {place for place in range(len(said)) if asked.words["because"].at(said, place)}
    given = tuple(value for value in values if value in found.mentions and all(
        any(start < place and tokens[start].clause == tokens[place].clause for start in reasons)
        for place in found.mentions[value]
    ))  # fmt: skip
    if given and len(given) < len(values):
        return given
    named = {token.clause for start, end in found.named for token in tokens[start:end]}
    only: set[int] = set()
    for place, token in enumerate(tokens):
        if (length := asked.words["only"].at(said, place)) and not asked.words["only-for"].at(said, place + length):
            only.add(token.clause if token.clause in named else token.clause - 1)
    sure = {value for value in values if tokens[found.places.get(value, 0)].clause in only}
    others = tuple(value for value in values if value not in sure and value in found.places)
    firsts = {token.clause: place for place, token in reversed(list(enumerate(tokens)))}
    if any(asked.words["and"].at(said, firsts[tokens[found.places[value]].clause]) for value in others):
        return ()  # "only the basket, and a Google map"
    if not sure or not others or asked.holds("adding-behind", "all") or len(sure) + len(others) != len(values):
        return ()
    return others if all(_is_a_remark(asked, tokens[found.places[value]].clause, found) for value in others) else ()


def _is_a_remark(asked: Asked, clause: int, found: Found) -> bool:
    """Whether the clause says more than what was named in it."""
    inside = {place for start, end in found.named for place in range(start, end)}
    around = Around(asked.sentence, asked.names, asked.words)
    own = [place for place, token in enumerate(asked.sentence.tokens) if token.clause == clause]
    return any(place not in inside and not around.says_nothing(place) for place in own)


def _someday(asked: Asked, found: Found) -> set[int]:
    """The places of names in clauses that speak of perhaps and later at once, where the rest speaks of now or only."""
    if not asked.holds("for-now", "only"):
        return set()
    maybe = beside(asked.sentence, asked.words, found.named, "maybe")
    later = beside(asked.sentence, asked.words, found.named, "later")
    return {place for place, token in enumerate(asked.sentence.tokens) if token.clause in maybe & later}


def _piece_of(asked: Asked, place: int) -> str:
    """What was typed around this word, between commas and joining words."""
    return asked.sentence.typed(asked.sentence.piece_at(place))


def _later(asked: Asked, found: Found) -> set[int]:
    """The places of names in clauses that speak of later, or of what is under way."""
    clauses = beside(asked.sentence, asked.words, found.named, "later", "pending")
    return {index for index, token in enumerate(asked.sentence.tokens) if token.clause in clauses}


def _perhaps(asked: Asked, found: Found) -> set[int]:
    """The places of the pieces in which "perhaps" stands, outside of what was named."""
    named = {place for start, end in found.named for place in range(start, end)}
    unsure = [place for place in range(len(asked.sentence.words))
              if place not in named and asked.words["maybe"].at(asked.sentence.words, place)]  # fmt: skip
    return {place for start, end in map(asked.sentence.piece_at, unsure) for place in range(start, end)}


def _only_outside(asked: Asked, values: tuple[Value, ...]) -> tuple[Value, ...] | None:
    """ "All are in Latvia, one in Ukraine", where only those outside the EEA are asked for. None: not said."""
    countries = asked.base.countries
    known = all(value in countries for value in values)
    if asked.question.kind != "people" or not known or not asked.holds("all", "none", "no", "alone", "only"):
        return None
    return tuple(value for value in values if not countries[str(value)].eea)
