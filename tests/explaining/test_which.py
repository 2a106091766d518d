"""Which obligation is meant; what the plan rests on; how trees are drawn."""

from __future__ import annotations

import pytest

from advisor.errors import UsageError
from advisor.explaining.assumptions import assumptions
from advisor.explaining.lines import assumptions_lines, how_lines
from advisor.explaining.which import which
from advisor.interview import Interview
from advisor.model import Locale
from advisor.render.tree import Branch, draw, leaf
from tests.explaining.shared import SCENARIOS, case_from, shop


@pytest.mark.parametrize(
    ("said", "id_", "subject"),
    [
        ("processor.dpa", "processor.dpa", ""),
        ("processor.dpa[mailchimp]", "processor.dpa", "mailchimp"),
        ("processor.dpa [Mailchimp]", "processor.dpa", "mailchimp"),
        ("transfer.us-dpf for Stripe", "transfer.us-dpf", "stripe"),
        ("data processing agreement", "processor.dpa", ""),
        ("Datu apstrādes LĪGUMS", "processor.dpa", ""),
        ("data privacy framework stripe", "transfer.us-dpf", "stripe"),
        ("withdrawal functon", "seller-info.withdrawal-function", ""),
        ("adjacent.tobacco-ban", "adjacent.tobacco-ban", ""),
    ],
)
def test_what_is_meant(said: str, id_: str, subject: str, interview: Interview) -> None:
    found = which(interview, shop(SCENARIOS[1], interview), said)
    assert (found.id, found.subject) == (id_, subject)


def test_every_action_by_id_number_and_title(interview: Interview) -> None:
    case = shop(SCENARIOS[0], interview)
    for line in interview.plan(case).lines:
        for said in (line.id, f"{line.rank}.", line.action.title.en, line.action.title.lv):
            assert which(interview, case, said).id == line.id, said


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ("", 'there is no action ""', ""),
        ("0", "the plan has actions 1 to", ""),
        ("processor.dps", 'there is no action "processor.dps"', "did you mean processor.dpa?"),
        ("zebra", 'there is no action "zebra"', ""),
        ("agreement", '"agreement" fits several actions: ', ""),
        ("processor.dpa[mailchump]", 'nobody called "mailchump"', "did you mean mailchimp?"),
    ],
)
def test_what_is_unclear_is_asked_back(said: str, message: str, hint: str, interview: Interview) -> None:
    with pytest.raises(UsageError) as caught:
        which(interview, shop(SCENARIOS[1], interview), said)
    assert str(caught.value).startswith(message) and hint in caught.value.hint


# --- assumptions ---


def test_assumptions_with_what_rests_on_them(interview: Interview) -> None:
    case = case_from(interview, {"vendors": [{"name": "Mailchimp"}, {"name": "Alfa", "role": "processor"}]})
    found = {item.answer.key: item for item in assumptions(interview, case)}
    role = found["vendor.role", "mailchimp"]
    assert role.kind == "catalogue" and role.as_of == interview.base.providers["mailchimp"].as_of
    assert "processor.dpa-content" in role.only
    assert not any(of == "alfa" for _, of in found), "what somebody said is no assumption"
    certain = {due.id for due in interview.conclusions(case).certain}
    for item in found.values():
        assert set(item.only) <= set(item.used_by) <= certain
        left = {key: answer for key, answer in case.answers.items() if key != item.answer.key}
        still = {(due.id, due.subject) for due in interview.conclude(left).certain}
        for name in item.only:
            assert any(
                due.id == name and (due.id, due.subject) not in still for due in interview.conclusions(case).certain
            )


def test_no_assumptions_is_said(interview: Interview) -> None:
    case = case_from(interview, {"shop.audience": "b2c"})
    assert assumptions_lines(interview, case) == ("Your plan rests on no unconfirmed assumptions.",)


# --- drawing ---


def test_trees_are_drawn_and_wrapped() -> None:
    tree = Branch(
        text="root",
        parts=(Branch(text="one two three four five six seven eight", parts=(leaf("deep"),)), leaf("last")),
    )
    assert list(draw((tree,), 33, guides=True)) == [
        "root",
        "├─ one two three four five six",
        "│  seven eight",
        "│  └─ deep",
        "└─ last",
    ]
    assert list(draw((tree,), 33, guides=False)) == [
        "root",
        "- one two three four five six",
        "  seven eight",
        "  - deep",
        "- last",
    ]


def test_lines_fit_the_screen(interview: Interview) -> None:
    for locale in Locale:
        case = shop(SCENARIOS[1], interview, locale)
        for width in (60, 78, 100):
            lines = how_lines(interview, case, "transfer.notice", full=True, width=width)
            assert max(map(len, lines)) <= width
