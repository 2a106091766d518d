"""Where everything stands in the picture of data flows: boxes, labels and lines, as numbers. No colours, no markup.

Three columns from left to right: purposes, recipients, places. Behind each recipient stands a label for each of its
grounds, from which lines run to the places. So every ground can be read without following a line or seeing a colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from advisor.render.flow import GROUNDS, Ground, Place, Recipient
from advisor.render.handout import Handout

WIDTH = 1060
_BOX, _LABEL, _LABEL_HEIGHT = 236, 136, 26
_PURPOSES, _RECIPIENTS, _LABELS, _PLACES = 2, 340, 588, WIDTH - _BOX - 2
_LINE, _PADDING, _GAP = 18, 9, 14
_HEADING_CHARS, _CHARS = 24, 27
"""How many characters fit in a box at 14 px in a wide common sans-serif. What still does not fit is clipped."""
_MAX_LINES = 3

EVERYTHING, UNNAMED = "*everything", "*unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box with lines of text, the first `strong` of them as a heading. `doubt`: something is not known."""

    kind: Literal["purpose", "recipient", "place"]
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    strong: int
    doubt: bool = False
    warning: bool = False

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def baselines(self) -> tuple[tuple[float, str, bool], ...]:
        """Each line with the height in the box at which it is written, and whether it belongs to the heading."""
        top = (self.height - len(self.lines) * _LINE) / 2 + 13
        return tuple((top + n * _LINE, line, n < self.strong) for n, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A ground, written beside its recipient."""

    ground: Ground
    text: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A curve; `ground` is empty for the lines from purposes to recipients."""

    path: str
    ground: Ground | Literal[""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The whole picture."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


def drawing(handout: Handout) -> Drawing:
    """Lays out the flow of a handout."""
    return _Layout(handout).drawing()


class _Layout:
    def __init__(self, handout: Handout) -> None:
        self.handout = handout
        flow = handout.flow
        # Whoever serves everything comes first, so that their line does not cross the others.
        self.recipients = sorted(flow.recipients, key=lambda recipient: not recipient.everything)
        self.grounds = {recipient.id: flow.from_(recipient) for recipient in self.recipients}
        self.uses = {recipient.id: _served(recipient) for recipient in self.recipients}
        number = {recipient.id: place for place, recipient in enumerate(self.recipients)}
        self.purposes = _nearest(
            [EVERYTHING, *(purpose.id for purpose in flow.purposes), UNNAMED],
            {
                name: [number[recipient] for recipient, served in self.uses.items() if name in served]
                for name in (EVERYTHING, *(purpose.id for purpose in flow.purposes), UNNAMED)
            },
        )
        self.places = _nearest(
            [place.id for place in flow.places],
            {
                place.id: [number[move.recipient] for move in flow.moves if move.place == place.id]
                for place in flow.places
            },
        )

    def drawing(self) -> Drawing:
        columns = {
            "purpose": [self._purpose(name) for name in self.purposes],
            "recipient": [self._recipient(recipient) for recipient in self.recipients],
            "place": [self._place(self.handout.flow.place(name)) for name in self.places],
        }
        height = max(sum(box.height + _GAP for box in boxes) for boxes in columns.values()) - _GAP + 4
        placed = {kind: _stacked(boxes, height) for kind, boxes in columns.items()}
        purposes = dict(zip(self.purposes, placed["purpose"], strict=True))
        recipients = dict(zip((item.id for item in self.recipients), placed["recipient"], strict=True))
        places = dict(zip(self.places, placed["place"], strict=True))
        lines: list[Line] = []
        labels: list[Label] = []
        for recipient, box in recipients.items():
            for name in self.uses[recipient]:
                lines.append(Line(path=_curve(purposes[name], box), ground=""))
            for label, targets in self._labels(recipient, box):
                labels.append(label)
                lines.append(Line(path=_curve(box, label), ground=label.ground))
                lines.extend(Line(path=_curve(label, places[place.id]), ground=label.ground) for place in targets)
        boxes = (*placed["purpose"], *placed["recipient"], *placed["place"])
        return Drawing(width=WIDTH, height=height, boxes=boxes, labels=tuple(labels), lines=tuple(lines))

    def _labels(self, recipient: str, box: Box) -> Iterable[tuple[Label, tuple[Place, ...]]]:
        grounds = self.grounds[recipient]
        top = box.middle - len(grounds) * (_LABEL_HEIGHT + 4) / 2 + 2
        for number, (ground, targets) in enumerate(grounds.items()):
            yield (
                Label(
                    ground=ground,
                    text=self.handout.say(f"export.short.{ground}"),
                    x=_LABELS,
                    y=top + number * (_LABEL_HEIGHT + 4),
                    width=_LABEL,
                    height=_LABEL_HEIGHT,
                ),
                targets,
            )

    def _purpose(self, name: str) -> Box:
        if name == EVERYTHING:
            text = f"{self.handout.say('export.flow.everything')} ({len(self.handout.flow.purposes)})"
        elif name == UNNAMED:
            text = self.handout.say("export.flow.unnamed")
        else:
            text = next(purpose.name for purpose in self.handout.flow.purposes if purpose.id == name)
        return _box("purpose", _PURPOSES, text, "", doubt=name == UNNAMED)

    def _recipient(self, recipient: Recipient) -> Box:
        role = self.handout.say(f"export.role.{recipient.role}")
        name = recipient.name + (" *" if recipient.assumed else "")
        return _box(
            "recipient",
            _RECIPIENTS,
            name,
            role,
            least=len(self.grounds[recipient.id]) * (_LABEL_HEIGHT + 4) + 4,
            doubt=recipient.role == "unknown",
        )

    def _place(self, place: Place) -> Box:
        status = "high-risk" if place.high_risk else place.status
        text = "" if place.status == "unknown" else self.handout.say(f"export.place.{status}")
        return _box("place", _PLACES, place.name, text, doubt=place.status == "unknown", warning=place.high_risk)


def _served(recipient: Recipient) -> tuple[str, ...]:
    """The boxes on the left that a recipient is joined to."""
    if recipient.everything:
        return (EVERYTHING,)
    return recipient.purposes or (UNNAMED,)


def _nearest(names: Sequence[str], neighbours: Mapping[str, Sequence[int]]) -> list[str]:
    """Names that have neighbours, ordered by where those stand on average, so that few lines cross."""
    joined = [name for name in names if neighbours[name]]
    return sorted(joined, key=lambda name: sum(neighbours[name]) / len(neighbours[name]))


def _box(
    kind: Literal["purpose", "recipient", "place"],
    x: float,
    heading: str,
    below: str,
    *,
    least: float = 0,
    doubt: bool = False,
    warning: bool = False,
) -> Box:
    strong = _wrapped(heading, _CHARS if kind == "purpose" else _HEADING_CHARS)
    lines = (*strong, *(_wrapped(below, _CHARS) if below else ()))
    height = max(least, len(lines) * _LINE + 2 * _PADDING)
    return Box(
        kind=kind, x=x, y=0, width=_BOX, height=height, lines=lines, strong=len(strong), doubt=doubt, warning=warning
    )  # fmt: skip


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """Lines that fit in a box. What is too long is cut with an ellipsis; the table below has it in full."""
    lines = textwrap.wrap(text, width=width, max_lines=_MAX_LINES, placeholder=" …", break_long_words=True)
    return tuple(lines) or ("",)


def _stacked(boxes: Sequence[Box], height: float) -> list[Box]:
    """The boxes of a column one below the other, spread over the height."""
    total = sum(box.height for box in boxes)
    gap = (height - 4 - total) / max(1, len(boxes) - 1) if len(boxes) > 1 else 0
    y = 2.0 if len(boxes) > 1 else (height - total) / 2
    placed = []
    for box in boxes:
        placed.append(replace(box, y=y))
        y += box.height + gap
    return placed


def _curve(start: Box | Label, end: Box | Label) -> str:
    """A path from the right side of one thing to the left side of another."""
    x1, y1, x2, y2 = start.x + start.width, start.middle, end.x, end.middle
    bend = (x2 - x1) / 2
    return f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


DASHES: Mapping[Ground, str] = dict(
    zip(GROUNDS, ("", "", "10 4", "10 3 2 3", "14 3 2 3 2 3", "5 4", "8 3 1 3", "2 3", "1 6", "4 8"), strict=True)
)
"""How the line of each ground is dashed, so that it can be told apart without its colour."""
