"""Prints explanations: as trees for a screen, as indented lists for screen readers, or as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from advisor.render.text import Styled
from advisor.render.tree import Branch, draw, leaf
from advisor.shell.common import width
from advisor.ui.style import can_draw_guides, colours, painted

NARROWEST, WIDEST = 40, 100
"""Columns of the text, whatever the screen has."""


def tell(options: argparse.Namespace, branches: Iterable[Branch], data: Callable[[], Mapping[str, Any]]) -> None:
    """Prints trees, each under its heading, or the data that stands for them."""
    if options.format == "json":
        print(json.dumps(data(), ensure_ascii=False, indent=2))
        return
    colour = colours(os.environ, sys.stdout.isatty())
    columns = max(NARROWEST, min(width(), WIDEST))
    guides = _guides(options)
    for branch in branches:
        heading = len(list(draw((leaf(branch.text),), columns, guides)))
        for number, line in enumerate(draw((branch,), columns, guides)):
            print(painted(Styled(line, "strong" if number < heading else ""), colour))


def _guides(options: argparse.Namespace) -> bool:
    """Whether trees get guide lines: not for screen readers, and not where they cannot be written."""
    plain = options.plain or os.environ.get("ACCESSIBLE", "") not in ("", "0")
    return not plain and can_draw_guides(sys.stdout.encoding)
