"""The part of a rule base that an obligation can depend on leads to the same conclusion about it as the whole."""

from __future__ import annotations

import random

import pytest

from advisor.conclusions import Conclusions
from advisor.explaining.relevance import Slice
from advisor.interview import Interview
from tests.explaining.generated import shop_of
from tests.explaining.shared import SCENARIOS, altered, shop


def about(conclusions: Conclusions, obligation: str) -> object:
    """Everything that is concluded about an obligation."""
    certain = {(due.subject, conclusions.rules_for(due)) for due in conclusions.certain if due.id == obligation}
    maybe = {(due.subject, conclusions.hangs_on(due)) for due in conclusions.maybe if due.id == obligation}
    return certain, maybe


@pytest.mark.parametrize("seed", range(3))
def test_a_part_concludes_what_the_whole_does(seed: int, interview: Interview) -> None:
    chance = random.Random(seed)
    case = altered(interview, shop(chance.choice(SCENARIOS), interview), chance)
    whole = interview.conclusions(case)
    for name in interview.base.actions:
        assert about(Slice(interview, name).conclude(case.answers), name) == about(whole, name), name


def test_a_part_of_small_rule_bases() -> None:
    for seed in range(40):
        consultation, case = shop_of(seed)
        part = Slice(consultation, "shop.lights").conclude(case.answers)
        assert about(part, "shop.lights") == about(consultation.conclusions(case), "shop.lights"), seed
