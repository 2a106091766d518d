"""Measures the budgets of the project, each as a ratio beside a peer in the same run. Usage: python benchmarks/run.py

Absolute times differ between machines and hours; ratios hold. Nothing here is a test.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor import transcript  # noqa: E402 - the checkout is put on the path first
from advisor.case import Case  # noqa: E402
from advisor.engine.durable import DurableEngine  # noqa: E402
from advisor.engine.reference import ReferenceEngine  # noqa: E402
from advisor.interview import Interview  # noqa: E402
from advisor.knowledge.cache import open_knowledge  # noqa: E402
from advisor.model import Answer  # noqa: E402
from advisor.replay import replay  # noqa: E402

DAY = "2026-11-23"


def median_ms(action: Callable[[], object], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def process_ms(*arguments: str) -> float:
    return median_ms(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True), 9)


def starting() -> None:
    bare = process_ms("-c", "pass")
    version = process_ms("-m", "advisor", "--version")
    print(f"advisor --version: {version / bare:.1f} x bare Python ({version:.0f} / {bare:.0f} ms)")


def loading(cache: Path) -> None:
    fresh = median_ms(lambda: open_knowledge(ROOT, None), 3)
    open_knowledge(ROOT, cache)
    cached = median_ms(lambda: open_knowledge(ROOT, cache))
    print(f"knowledge base from YAML: {fresh / cached:.0f} x from the cache ({fresh:.0f} / {cached:.0f} ms)")


def answering(recorded: list[transcript.Transcript], interview: Interview) -> None:
    """From what was typed to the next question, in the core, on the reference engine."""
    taken: list[float] = []
    for saved in recorded:
        state, _ = interview.start(Case(name="x", as_of=DAY, locale=saved.begun_in))
        for turn in saved.case.turns:
            if not isinstance(turn, Answer) or turn.how == "assumed" or state.pending != turn.key:
                continue
            said = "/unknown" if turn.how == "command" else turn.said
            start = time.perf_counter()
            state, _ = interview.step(state, said)
            taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(
        f"one answer to the next question: median {middle:.1f} ms, 99th percentile {late:.1f} ms ({len(taken)} answers)"
    )


def inferring(recorded: list[transcript.Transcript], interview: Interview) -> None:
    durable = DurableEngine(interview.program)
    for saved in recorded[:2]:
        facts = interview.situations.of(saved.case.answers).facts
        ours, theirs = median_ms(lambda: interview.engine.infer(facts)), median_ms(lambda: durable.infer(facts))  # noqa: B023
        name = Path(saved.file).stem
        print(
            f"{name}, {len(facts)} facts: durable-rules {theirs / ours:.1f} x the reference engine "
            f"({theirs:.1f} / {ours:.1f} ms)"
        )


def replaying(recorded: list[transcript.Transcript], interview: Interview) -> None:
    start = time.perf_counter()
    for saved in recorded:
        replay(saved, interview)
    took = time.perf_counter() - start
    start = time.perf_counter()
    for saved in recorded:
        transcript.read(Path(saved.file))
    read = time.perf_counter() - start
    print(f"replay: {len(recorded) / took:.1f} transcripts a second, {took / read:.0f} x reading them")


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        starting()
        loading(Path(cache))
        base, program = open_knowledge(ROOT, Path(cache))
    today = program.on(DAY)
    interview = Interview(base, today, ReferenceEngine(today), DAY)
    recorded = [transcript.read(path) for path in sorted((ROOT / "transcripts").glob("*.yaml"))]
    if recorded:
        answering(recorded, interview)
        inferring(recorded, interview)
        replaying(recorded, interview)


if __name__ == "__main__":
    main()
