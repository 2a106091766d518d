"""People with access who were named before as partners: what was said of the partner is taken over, not asked again.

A freelancer abroad is often named twice, as a partner and as somebody who can open the data. Both must be in the case,
since the law looks at contracts and at access; but who it is, which agreement there is and what makes the access lawful
was said once. It is taken over as an assumption, and only if name and country both fit and fit one partner alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from advisor import situation
from advisor.case import Case
from advisor.consultation import Consultation
from advisor.model import UNKNOWN, Answer
from advisor.wording import fold

WORD = 4
"""Words of a name have to be as long as this to count: shorter ones ("our", "kas") say nothing."""

_PLACES = ("vendor.country", "vendor.remote_access_from", "vendor.processing_countries")
_TAKEN = {"person.dpa": "vendor.dpa", "person.mechanism": "vendor.mechanism"}
_OTHERS = ("processor", "mixed", "independent_controller")
"""Roles of partners who are somebody else than the shop: a contractor, if they are a person with access."""


def known_people(
    consultation: Consultation, case: Case, said: str, people: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each person (by its country) of whom the words say that it is a partner of the case, with that partner."""
    for person, place in people.items():
        words = _words(said) - _country_words(consultation, place)
        fits = [
            vendor
            for vendor in situation.subjects(case.answers, "vendor")
            if _works_from(case, vendor, place) and words & _words(consultation.subject_name(vendor, case))
        ]
        if len(fits) == 1 and _role(case, fits[0]) in _OTHERS:
            yield person, fits[0]


def taken_over(consultation: Consultation, case: Case, person: str, vendor: str) -> Iterator[Answer]:
    """What was said of the partner, as answers about the person; what was answered of the person stays."""
    if ("person.relation", person) not in case.answers:
        yield Answer(ask="person.relation", of=person, value="contractor", how="assumed")
    for ask, source in _TAKEN.items():
        given = case.answers.get((source, vendor))
        if given is None or (ask, person) in case.answers:
            continue
        allowed = {option.value for option in consultation.question(ask).options} | {UNKNOWN}
        if given.value in allowed:
            yield Answer(ask=ask, of=person, value=given.value, how="assumed")


def _role(case: Case, vendor: str) -> str:
    given = case.answers.get(("vendor.role", vendor))
    return "" if given is None else str(given.value)


def _works_from(case: Case, vendor: str, place: str) -> bool:
    answers = (case.answers.get((ask, vendor)) for ask in _PLACES)
    return any(place in given.values() for given in answers if given is not None)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= WORD}


def _country_words(consultation: Consultation, place: str) -> set[str]:
    country = consultation.base.countries.get(place)
    if country is None:
        return set()
    return {word for name in (country.en, country.lv, country.ru, *country.alias) for word in _words(name)}
