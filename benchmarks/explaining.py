"""Measures explanations, each beside concluding a case once, from nothing. Usage: python benchmarks/explaining.py

The fullest of the reference shops for `remove` (every action of its plan), `how` and `why-not`; all recorded cases for
what a maintainer waits for after changing a rule. Nothing here is a test.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import msgspec  # noqa: E402 - the checkout is put on the path first

from advisor import transcript  # noqa: E402
from advisor.case import Case  # noqa: E402
from advisor.consultation import Consultation  # noqa: E402
from advisor.engine.reference import ReferenceEngine  # noqa: E402
from advisor.explaining.comparing import compare  # noqa: E402
from advisor.explaining.how import how  # noqa: E402
from advisor.explaining.remove import remove  # noqa: E402
from advisor.explaining.sides import Consultations, Side  # noqa: E402
from advisor.explaining.why_not import why_not  # noqa: E402
from advisor.knowledge.cache import open_knowledge  # noqa: E402

DAY = "2026-11-23"


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def told(what: str, measured: Iterable[tuple[float, str]], peer: float) -> None:
    """The middle and the slowest of many, beside drawing the conclusions once."""
    found = sorted(measured)
    middle, (slowest, name) = statistics.median(taken for taken, _ in found), found[-1]
    print(
        f"{what}: median {middle / peer:.1f} x, slowest {slowest / peer:.0f} x concluding "
        f"({middle * 1000:.0f} and {slowest * 1000:.0f} ms: {name}; {len(found)} actions)"
    )


def explaining(consultation: Consultation, case: Case) -> None:
    from_nothing = Consultation(
        consultation.base, consultation.program, ReferenceEngine(consultation.program), consultation.as_of
    )
    peer = statistics.median(seconds(lambda: from_nothing.conclude(case.answers)) for _ in range(15))
    print(f"{case.name}: {len(case.answers)} answers, concluding takes {peer * 1000:.1f} ms")
    conclusions = consultation.conclusions(case)
    certain = tuple(dict.fromkeys(due.id for due in conclusions.certain))
    others = tuple(name for name in consultation.base.actions if name not in certain)
    told("how", ((seconds(lambda: how(consultation.base, case, conclusions, name)), name) for name in certain), peer)  # noqa: B023
    told("why not", ((seconds(lambda: why_not(consultation, case, name)), name) for name in others), peer)  # noqa: B023
    told("remove", ((seconds(lambda: remove(consultation, case, name)), name) for name in certain), peer)  # noqa: B023


def comparing(cases: Iterable[Case], base: Side) -> None:
    """All cases under two knowledge bases that differ, as `diff --against` compares them once both are compiled."""
    other = Side(
        case=base.case, base=msgspec.structs.replace(base.base, digest="other"), program=base.program, day=base.day
    )
    consultations = Consultations()
    cases = tuple(cases)
    plain = seconds(lambda: [consultations.of(base).plan(case) for case in cases])
    both = seconds(lambda: [compare(*(under(side, case) for side in (other, base)), consultations) for case in cases])
    print(f"diff of {len(cases)} cases: {both / plain:.1f} x planning them ({both * 1000:.0f} / {plain * 1000:.0f} ms)")


def under(side: Side, case: Case) -> Side:
    """A side about another case."""
    return Side(case=case, base=side.base, program=side.program, day=side.day)


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        base, program = open_knowledge(ROOT, Path(cache))
    recorded = [transcript.read(path).case for path in sorted((ROOT / "transcripts").glob("*.yaml"))]
    fullest = max(recorded, key=lambda case: len(case.answers))
    side = Side(case=fullest, base=base, program=program, day=DAY)
    explaining(Consultations().of(side), fullest)
    comparing(recorded, side)


if __name__ == "__main__":
    main()
