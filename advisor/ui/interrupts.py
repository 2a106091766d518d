"""Ctrl-C while nothing is being asked: remembered instead of tearing the program down between two prompts."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType


class Interrupts:
    """While this is active, Ctrl-C raises KeyboardInterrupt only where a front end waits for input."""

    def __init__(self) -> None:
        self.waiting = False
        self._pressed = False
        self._before: object = None

    def __enter__(self) -> Interrupts:
        self._before = signal.signal(signal.SIGINT, self._pressed_now)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]

    def _pressed_now(self, number: int, frame: FrameType | None) -> None:
        if self.waiting:
            raise KeyboardInterrupt
        self._pressed = True

    def taken(self) -> bool:
        """Whether Ctrl-C was pressed since the last time, while nothing was being asked."""
        pressed, self._pressed = self._pressed, False
        return pressed
