"""Drives the real program in a real terminal: tmux for what a person sees, a pseudo-terminal for speed."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from types import TracebackType

PROMPT = "> "
TIMEOUT_SECONDS = 30.0


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """A clean environment with its own home, so that nothing of the person's is touched."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(Path(os.environ.get("ADVISOR_TEST_CACHE", tmp_path / "cache"))),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "ADVISOR_CASES": str(tmp_path / "cases"),
        "TERM": "xterm-256color",
        "LANG": "en_US.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "advisor", *arguments]


class Pty:
    """The program on a pseudo-terminal. `ask` waits for the next prompt and returns what was shown before it."""

    def __init__(self, tmp_path: Path, *arguments: str, **variables: str) -> None:
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job passes on that it is to be ignored
                os.execvpe(sys.executable, command(*arguments), environment(tmp_path, **variables))
            finally:
                os._exit(127)

    def __enter__(self) -> Pty:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def until(self, text: str) -> str:
        """Everything shown up to and including the text."""
        wanted = text.encode()
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while wanted not in self.seen:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.fd], [], [], max(0.0, left))
            try:
                data = os.read(self.fd, 65536) if ready else b""
            except OSError:
                data = b""
            if not data:
                raise AssertionError(f"waited for {text!r}, saw:\n{self.seen.decode(errors='replace')[-3000:]}")
            self.seen += data
        end = self.seen.index(wanted) + len(wanted)
        shown, self.seen = self.seen[:end], self.seen[end:]
        return shown.decode(errors="replace")

    def prompt(self) -> str:
        return self.until(f"\n{PROMPT}")

    def say(self, line: str) -> None:
        os.write(self.fd, line.encode() + b"\n")

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Ends the program the hard way."""
        try:
            os.kill(self.pid, number)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        with contextlib.suppress(OSError):
            os.close(self.fd)

    def interrupt(self) -> int:
        """Presses Ctrl-C until the program is over, and returns its exit code.

        One that comes between the prompt and the reading of the line is noticed only when the line is read.
        """
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                os.write(self.fd, b"\x03")
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError):
                if select.select([self.fd], [], [], 0.05)[0]:
                    self.seen += os.read(self.fd, 65536)
        raise AssertionError(f"still running, saw:\n{self.seen.decode(errors='replace')[-3000:]}")

    def wait(self) -> int:
        """The exit code, once the program is over."""
        while True:
            try:
                if not os.read(self.fd, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


class Tmux:
    """The program in a tmux pane of a given size; `shell`: as a job of an interactive shell."""

    def __init__(
        self, tmp_path: Path, columns: int, rows: int, *arguments: str, shell: bool = False, **variables: str
    ) -> None:
        self.socket = f"advisor-{uuid.uuid4().hex[:8]}"
        variables = environment(tmp_path, **variables)
        line = " ".join(f"{name}='{value}'" for name, value in {**variables, "TERM": "tmux-256color"}.items())
        program = " ".join(f"'{word}'" for word in command(*arguments))
        run = f"env -i {line} sh -i" if shell else f"env -i {line} {program}; echo EXIT=$?; read -r _"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", str(columns), "-y", str(rows), run)
        if shell:
            self.type(program)

    def __enter__(self) -> Tmux:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self.socket, *words], capture_output=True, text=True, check=True, encoding="utf-8"
        )
        return done.stdout

    def screen(self, history: int = 0) -> str:
        return self._tmux("capture-pane", "-p", "-t", "t", "-S", str(-history))

    def type(self, text: str) -> None:
        if text:
            self._tmux("send-keys", "-t", "t", "-l", text)
        self.key("Enter")

    def key(self, name: str) -> None:
        self._tmux("send-keys", "-t", "t", name)

    def until(self, text: str, history: int = 0) -> str:
        """The screen once it shows the text."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            shown = self.screen(history)
            if text in shown:
                return shown
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {text!r}, the screen shows:\n{shown}")
            select.select([], [], [], 0.05)  # the terminal needs a moment; there is no event to wait for


def tmux_missing() -> bool:
    """Whether tmux is absent. In CI it must not be."""
    missing = shutil.which("tmux") is None
    assert not (missing and os.environ.get("CI")), "CI must install tmux"
    return missing
