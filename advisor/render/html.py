"""The plan as one self-contained page: nothing is loaded from anywhere, and it can be read and printed without script.

Template, style and script are in `templates/`. The page carries a content security policy that admits its own style and
script by their hash alone, so that nothing else could run in it even if an escape were missing.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import TYPE_CHECKING, Any

from advisor.render.drawing import DASHES, drawing
from advisor.render.flow import grounds_used
from advisor.render.handout import FLOW_COLUMNS, Handout
from advisor.wording import clean

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def plan_html(handout: Handout) -> str:
    """The page."""
    from markupsafe import Markup

    environment = _environment()
    style = _source(environment, "plan.css") + _dashes() + (handout.brand.style() if handout.brand else "")
    script = _source(environment, "plan.js")
    page = handout.page
    say = handout.say
    beside = (
        ("maybe", say("plan.maybe"), page.maybe),
        ("upcoming", say("plan.upcoming"), page.plan.upcoming),
        ("assumptions", say("plan.assumptions"), page.assumptions),
        ("unanswered", say("plan.unanswered", count=str(len(page.unanswered))), page.unanswered),
        ("notes", say("export.notes"), page.notes),
    )
    text = environment.get_template("plan.html.j2").render(
        h=handout,
        page=page,
        d=drawing(handout),
        grounds=grounds_used(handout.flow),
        columns=FLOW_COLUMNS,
        beside=beside,
        upcoming=[f"{handout.day(item.day)}: {handout.upcoming(item)}" for item in page.plan.upcoming],
        readings=handout.readings(),
        logo=Markup(handout.brand.logo if handout.brand else ""),  # made by us, and longer than a text may be
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
    )
    return text + "\n"


@functools.cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import PackageLoader, StrictUndefined  # slow to import
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=PackageLoader("advisor.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
    )


def _harmless(value: Any) -> Any:
    """Text without characters that change how what follows is shown; markup made by the templates stays as it is."""
    return clean(value) if type(value) is str else value


def _source(environment: SandboxedEnvironment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _dashes() -> str:
    return "".join(f".move.g-{ground}{{stroke-dasharray:{dash}}}" for ground, dash in DASHES.items() if dash)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
