"""Where data flows: purposes, recipients, places and grounds, as data and as a drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor.case import Case
from advisor.engine.program import Program
from advisor.interview import Interview
from advisor.model import KnowledgeBase, Locale
from advisor.render.drawing import DASHES, drawing
from advisor.render.flow import GROUNDS, Flow, flow
from advisor.render.handout import Handout, handout
from advisor.render.html import plan_html
from tests.render.pages import Page
from tests.render.shops import EVERY

Draw = Callable[..., Flow]


@pytest.fixture
def draw(interview: Interview, case_of: Callable[..., Case]) -> Draw:
    """The flow of a shop with these answers."""

    def of(**answers: Any) -> Flow:
        named = {name.replace("__", "."): value for name, value in answers.items()}
        return flow(interview, case_of(interview, named))

    return of


def moves(found: Flow) -> dict[str, dict[str, str]]:
    """Grounds by recipient and place."""
    read: dict[str, dict[str, str]] = {}
    for move in found.moves:
        read.setdefault(move.recipient, {})[move.place] = move.ground
    return read


def vendor(**fields: Any) -> Mapping[str, Any]:
    known = {"name": "Somebody", "function": "analytics", "role": "processor", "remote_access_from": "none"}
    return {**known, "country": "LV", "processing_countries": ["LV"], **fields}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"LV": "eea"}),
        ({"country": "NO"}, {"LV": "eea", "NO": "eea"}),
        ({"country": "GB", "mechanism": "adequacy"}, {"LV": "eea", "GB": "adequacy"}),
        ({"country": "US", "dpf_active": "yes"}, {"LV": "eea", "US": "dpf"}),
        ({"country": "US", "dpf_active": "unknown", "mechanism": "dpf"}, {"LV": "eea", "US": "unknown"}),
        (
            {"function": "payment", "role": "independent_controller", "processing_countries": ["US"]},
            {"LV": "eea", "US": "onward"},
        ),
        (
            {"role": "independent_controller", "function": "payment", "country": "US", "dpf_active": "unknown"},
            {"LV": "eea", "US": "unknown"},
        ),
        ({"country": "US", "dpf_active": "no", "mechanism": "scc"}, {"LV": "eea", "US": "scc"}),
        ({"country": "US", "dpf_active": "no", "mechanism": "none"}, {"LV": "eea", "US": "missing"}),
        ({"country": "CA", "adequacy_condition": "met"}, {"LV": "eea", "CA": "adequacy"}),
        ({"country": "CA", "adequacy_condition": "unknown"}, {"LV": "eea", "CA": "unknown"}),
        # A ground that one country gives does not carry over to another.
        (
            {"country": "GB", "processing_countries": ["CA", "IN"], "mechanism": "unknown"},
            {"GB": "adequacy", "CA": "unknown", "IN": "unknown"},
        ),
        ({"country": "IN", "mechanism": "bcr"}, {"LV": "eea", "IN": "bcr"}),
        ({"country": "IN", "mechanism": "art49"}, {"LV": "eea", "IN": "art49"}),
        ({"country": "IN", "mechanism": "none"}, {"LV": "eea", "IN": "missing"}),
        ({"remote_access_from": ["IN"], "mechanism": "scc"}, {"LV": "eea", "IN": "scc"}),
        # What is not known is a place of its own.
        ({"country": "unknown"}, {"LV": "eea", "unknown": "unknown"}),
        ({"remote_access_from": "unknown"}, {"LV": "eea", "unknown": "unknown"}),
        ({"country": "unknown", "processing_countries": "unknown"}, {"unknown": "unknown"}),
    ],
)
def test_the_ground_of_each_country(draw: Draw, fields: Mapping[str, Any], expected: Mapping[str, str]) -> None:
    assert moves(draw(vendors=[vendor(**fields)])) == {"somebody": expected}


def test_software_on_ones_own_server_receives_nothing_but_an_unknown_role_may(draw: Draw) -> None:
    assert draw(vendors=[vendor(role="software_only")]).recipients == ()
    assert [item.role for item in draw(vendors=[vendor(role="unknown")]).recipients] == ["unknown"]


def test_purposes_follow_from_the_function(draw: Draw) -> None:
    purposes = ["orders", "payment", "analytics"]
    found = draw(
        data__purposes=purposes,
        vendors=[
            vendor(name="Counter"),
            vendor(name="Server", function="hosting"),
            vendor(name="Courier", function="delivery"),
            vendor(name="Riddle", function="unknown"),
        ],
    )
    read = {item.name: (item.everything, item.purposes) for item in found.recipients}
    assert read == {
        "Counter": (False, ("analytics",)),
        "Server": (True, ()),
        "Courier": (False, ()),
        "Riddle": (False, ()),
    }
    assert found.unserved() == ()
    alone = draw(data__purposes=purposes, vendors=[vendor(name="Counter")])
    assert [item.id for item in alone.unserved()] == ["orders", "payment"]


def test_vendors_nobody_named_are_in_the_picture(draw: Draw) -> None:
    assert moves(draw(vendors="unknown")) == {"some-vendor": {"unknown": "unknown"}}
    assert moves(draw()) == {"some-vendor": {"unknown": "unknown"}}
    assert moves(draw(vendors="none")) == {}


def test_people_suppliers_and_parents_are_recipients(draw: Draw) -> None:
    found = draw(
        vendors="none",
        shop__dropshipping="yes",
        shop__supplier_country="CN",
        group__parent_access="yes",
        group__parent_country="CH",
        people_remote_access=[
            {"country": "UA", "relation": "contractor", "access": "production_read"},
            {"country": "IN", "relation": "employee", "access": "production_write"},
            {"country": "KE", "relation": "contractor", "access": "test_data_only"},
        ],
    )
    assert moves(found) == {
        "person-ua": {"UA": "unknown"},
        "person-in": {"IN": "own-staff"},
        "supplier": {"CN": "unknown"},
        "parent": {"CH": "adequacy"},
    }
    assert found.place("CN").high_risk and not found.place("CH").high_risk


def test_what_was_agreed_with_a_contractor_is_the_ground(draw: Draw) -> None:
    contractor = {"relation": "contractor", "access": "production_read"}
    people = [
        contractor | {"country": "IN", "mechanism": "scc"},
        contractor | {"country": "UA", "mechanism": "none"},
        contractor | {"country": "US", "mechanism": "dpf"},
        contractor | {"country": "GB"},
        {"country": "KE", "relation": "employee", "access": "production_read", "mechanism": "scc"},
    ]
    assert moves(draw(vendors="none", people_remote_access=people)) == {
        "person-in": {"IN": "scc"},
        "person-ua": {"UA": "missing"},
        "person-us": {"US": "dpf"},
        "person-gb": {"GB": "adequacy"},
        "person-ke": {"KE": "own-staff"},
    }


def test_a_named_partner_stands_for_the_supplier(draw: Draw) -> None:
    partner = vendor(name="CJ", function="delivery", country="CN", processing_countries=["CN"], mechanism="none")
    found = draw(shop__dropshipping="yes", shop__supplier_country="CN", vendors=[partner])
    assert [item.kind for item in found.recipients] == ["vendor"]


def test_what_the_catalogue_says_is_marked_as_assumed(draw: Draw) -> None:
    given = dict(vendor(name="Mailchimp", function="email_marketing", country="US", processing_countries=["US"]))
    found = draw(vendors=[{"name": "Mailchimp"}])
    assert [item.assumed for item in found.recipients] == [True]
    assert [item.assumed for item in draw(vendors=[given]).recipients] == [False]


def test_every_function_serves_something(knowledge: tuple[KnowledgeBase, Program]) -> None:
    base, _ = knowledge
    question = next(question for question in base.questions if question.id == "vendor.function")
    assert {option.value for option in question.options} - set(base.functions) == {"other"}


def test_every_ground_looks_different_without_colour() -> None:
    thick = {"adequacy", "missing"}
    assert set(DASHES) == set(GROUNDS)
    looks = {(dash, ground in thick) for ground, dash in DASHES.items()}
    assert len(looks) == len(GROUNDS)


@pytest.mark.parametrize("pair", EVERY, ids=lambda pair: f"{pair[0].stem}-{pair[1].value}")
class TestPicture:
    def test_every_move_is_drawn_and_labelled(
        self, pair: tuple[Path, Locale], handout_of: Callable[[Path, Locale], Handout]
    ) -> None:
        found = handout_of(*pair)
        picture = drawing(found)
        drawn = {(line.ground) for line in picture.lines if line.ground}
        assert drawn == {move.ground for move in found.flow.moves}
        pairs = {(move.recipient, move.ground) for move in found.flow.moves}
        assert len(picture.labels) == len(pairs)
        assert sum(bool(line.ground) for line in picture.lines) == len(found.flow.moves) + len(pairs)
        for label in picture.labels:
            assert label.text == found.say(f"export.short.{label.ground}")

    def test_nothing_overlaps_or_leaves_the_picture(
        self, pair: tuple[Path, Locale], handout_of: Callable[[Path, Locale], Handout]
    ) -> None:
        picture = drawing(handout_of(*pair))
        things = [*picture.boxes, *picture.labels]
        for thing in things:
            assert thing.x >= 0 and thing.x + thing.width <= picture.width
            assert thing.y >= 0 and thing.y + thing.height <= picture.height
        for number, one in enumerate(things):
            for other in things[:number]:
                apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
                apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
                assert apart_x or apart_y, (one, other)

    def test_the_table_says_the_same(
        self, pair: tuple[Path, Locale], handout_of: Callable[[Path, Locale], Handout]
    ) -> None:
        found = handout_of(*pair)
        page = Page(plan_html(found))
        for row in found.flow_rows():
            assert all(cell in page.text() for cell in row.cells())
        told = {(row.recipient.removesuffix(" *"), row.ground) for row in found.flow_rows() if row.ground}
        names = {item.id: item.name for item in found.flow.recipients}
        assert told == {(names[move.recipient], move.ground) for move in found.flow.moves}


def test_a_shop_without_partners_says_so(interview: Interview, case_of: Callable[..., Case]) -> None:
    for locale in Locale:
        found = handout(interview, case_of(interview, {"vendors": "none"}, locale))
        assert found.say("export.flow.empty") in Page(plan_html(found)).text()
