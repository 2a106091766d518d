"""Measures the budgets of the project, each beside a peer in the same run. Usage: python benchmarks/run.py

Absolute times differ between machines and hours; ratios hold. So every figure stands beside one that shows how fast the
machine is just then: the start of bare Python, the reference engine, reading the same files. Nothing here is a test.
"""

from __future__ import annotations

import gc
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor import transcript  # noqa: E402 - the checkout is put on the path first
from advisor.case import Case  # noqa: E402
from advisor.engine.checked import CheckedEngine  # noqa: E402
from advisor.engine.durable import DurableEngine  # noqa: E402
from advisor.engine.incremental import IncrementalEngine  # noqa: E402
from advisor.engine.inference import MakeEngine  # noqa: E402
from advisor.engine.program import Program  # noqa: E402
from advisor.engine.reference import ReferenceEngine  # noqa: E402
from advisor.interview import Interview  # noqa: E402
from advisor.knowledge.cache import open_knowledge  # noqa: E402
from advisor.model import STORY, Answer, Fact, KnowledgeBase  # noqa: E402
from advisor.replay import replay  # noqa: E402

DAY = "2026-11-23"


def median_ms(action: Callable[[], object], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def told(what: str, budget: str, figures: str) -> None:
    print(f"{what:<42} {budget:<20} {figures}")


# --- whole processes --------------------------------------------------------------------------------------------------


def environment(home: Path) -> dict[str, str]:
    """A home of its own, where modules are kept compiled as they are where the program is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "ADVISOR"))}
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "ADVISOR_CASES": str(home / "cases")}
    return {
        **kept,
        **own,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "LANG": "en_US.UTF-8",
    }


def process_ms(home: Path, *arguments: str) -> float:
    command = [sys.executable, *arguments]
    subprocess.run(command, capture_output=True, check=True, env=environment(home))
    return median_ms(lambda: subprocess.run(command, capture_output=True, check=True, env=environment(home)), 9)


def prompt_ms(home: Path, wanted: str, terminal: str) -> float:
    """From the start of a new consultation until its first question is on the screen of a terminal."""
    start = time.perf_counter()
    pid, screen = pty.fork()
    if pid == 0:
        arguments = [sys.executable, "-m", "advisor", "--new", "--lang", "en"]
        os.execve(sys.executable, arguments, {**environment(home), "TERM": terminal, "COLUMNS": "200"})
    seen = b""
    while wanted.encode() not in seen and select.select([screen], [], [], 30)[0]:
        seen += os.read(screen, 65536)
    took = (time.perf_counter() - start) * 1000
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(screen)
    if wanted.encode() not in seen:
        raise SystemExit(f"no question within 30 s, but:\n{seen.decode(errors='replace')}")
    return took


def starting(home: Path, base: KnowledgeBase) -> None:
    bare = process_ms(home, "-c", "pass")
    version = process_ms(home, "-m", "advisor", "--version")
    told("bare Python", "", f"{bare:.0f} ms")
    told("advisor --version", "3 x bare Python", f"{version / bare:.1f} x ({version:.0f} ms)")
    wanted = base.phrases["story.ask"].en[:20]
    for name, terminal in (("in a terminal", "xterm-256color"), ("in plain lines", "dumb")):
        prompt_ms(home, wanted, terminal)
        first = statistics.median(prompt_ms(home, wanted, terminal) for _ in range(7))
        told(f"first prompt, {name}", "under 300 ms", f"{first / bare:.1f} x ({first:.0f} ms)")


def loading(cache: Path) -> None:
    fresh = median_ms(lambda: open_knowledge(ROOT, None), 3)
    open_knowledge(ROOT, cache)
    cached = median_ms(lambda: open_knowledge(ROOT, cache))
    told("knowledge base from the cache", "", f"1/{fresh / cached:.0f} of reading YAML ({cached:.0f} / {fresh:.0f} ms)")


# --- the core, in processor time: whoever else uses the machine does not count ----------------------------------------


def situations(recorded: Sequence[transcript.Transcript], interview: Interview) -> list[list[tuple[Fact, ...]]]:
    """What is given after each answer of each consultation."""
    found: list[list[tuple[Fact, ...]]] = []
    for saved in recorded:
        case = Case(name="x", as_of=DAY, locale=saved.begun_in)
        found.append([])
        for turn in saved.case.turns:
            case = case.add(turn)
            facts = interview.situations.of(case.answers).facts
            if not found[-1] or facts != found[-1][-1]:
                found[-1].append(facts)
    return found


def inferring(given: list[list[tuple[Fact, ...]]], program: Program) -> float:
    """What one answer costs in each engine. Returns the milliseconds of the reference engine, the peer of the core."""
    engines = (ReferenceEngine(program), IncrementalEngine(program), DurableEngine(program))
    taken: dict[str, float] = {}
    for engine in engines:
        each: list[float] = []
        for facts in (facts for consultation in given for facts in consultation):
            start = time.process_time()
            engine.infer(facts)
            each.append((time.process_time() - start) * 1000)
        taken[engine.name] = statistics.median(each)
    peer = taken[engines[0].name]
    for name, ms in taken.items():
        told(f"inference, {name}", "", f"{ms / peer:.2f} x the reference engine ({ms:.2f} ms, median)")
    return peer


def answering(
    recorded: Sequence[transcript.Transcript], base: KnowledgeBase, program: Program, make: MakeEngine, peer: float
) -> None:
    """From what was typed to the next question. Everybody's interview is a new one: nothing is warm from another's.

    As in a session, the next answer is prepared for, and garbage collected, while a question can be read.
    """
    taken: list[float] = []
    first: list[float] = []
    later: list[float] = []
    for saved in recorded:
        interview = Interview(base, program, make(program), DAY)
        has_story = any(isinstance(turn, Answer) and turn.ask == STORY for turn in saved.case.turns)
        gc.freeze()  # as the program does once it has started
        state, _ = interview.start(Case(name="x", as_of=DAY, locale=saved.begun_in), has_story)
        is_prepared = False
        for turn in saved.case.turns:
            if not isinstance(turn, Answer) or turn.how == "assumed" or state.pending != turn.key:
                continue
            said = "/unknown" if turn.how == "command" else turn.said
            gc.enable()
            start = time.process_time()
            interview.prepare(state)
            (later if is_prepared else first).append((time.process_time() - start) * 1000)
            is_prepared = True
            gc.disable()
            start = time.process_time()
            state, _ = interview.step(state, said)
            if state.pending is not None:  # the last answer leads to the plan
                taken.append((time.process_time() - start) * 1000)
        gc.enable()
    taken.sort()
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    share = sum(ms <= 5 for ms in taken) / len(taken)
    told(
        f"answer to question, {make(program).name}",
        "99 % within 5 ms",
        f"median {middle:.1f} ms, 99th percentile {late:.1f} ms, {share:.0%} within 5 ms "
        f"({middle / peer:.1f} x and {late / peer:.1f} x an inference of the reference engine; {len(taken)} answers)",
    )
    told(
        "  while the question is read",
        "",
        f"median {statistics.median(later):.1f} ms, at the first question {statistics.median(first):.0f} ms",
    )


def replaying(recorded: Sequence[transcript.Transcript], interview: Interview) -> None:
    prompts = sum(replay(saved, interview).prompts for saved in recorded)
    start = time.process_time()
    for saved in recorded:
        replay(saved, interview)
    took = time.process_time() - start
    start = time.process_time()
    for saved in recorded:
        transcript.read(Path(saved.file))
    read = time.process_time() - start
    told(
        "replay",
        "300 transcripts a s",
        f"{len(recorded) / took:.1f} a second, {took / read:.1f} x reading them "
        f"({took / prompts * 1000:.2f} ms a prompt, {prompts / len(recorded):.0f} prompts a transcript)",
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        base, program = open_knowledge(ROOT, home / "cache" / "advisor")
        starting(home, base)
        loading(home / "cache" / "advisor")
    today = program.on(DAY)
    recorded = [transcript.read(path) for path in sorted((ROOT / "transcripts").glob("*.yaml"))]
    if recorded:
        interview = Interview(base, today, IncrementalEngine(today), DAY)
        peer = inferring(situations(recorded, interview), today)
        answering(recorded, base, today, IncrementalEngine, peer)
        answering(recorded, base, today, lambda program: CheckedEngine(program, later=True), peer)
        replaying(recorded, interview)


if __name__ == "__main__":
    main()
