"""Scores how the utterances of tests/utterances are understood, for each kind of question.

Usage: python benchmarks/utterances.py [--failures] [--holdout]
Without --holdout only the files that may be looked at while tuning are read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.engine.reference import ReferenceEngine  # noqa: E402 - the checkout is put on the path first
from advisor.interview import Interview  # noqa: E402
from advisor.knowledge.cache import open_knowledge  # noqa: E402
from advisor.understanding.understand import Reading, Understanding  # noqa: E402
from tests.utterances.scoring import SCORES, Score, Scorer, Utterance, tally, utterances  # noqa: E402

DAY = "2026-11-23"


def scorer() -> Scorer:
    base, program = open_knowledge(ROOT, None)
    today = program.on(DAY)
    interview = Interview(base, today, ReferenceEngine(today), DAY)
    return Scorer(Understanding(base), interview.questions)


def told(reading: Reading) -> str:
    if reading.command is not None:
        return f"the command {reading.command}"
    if reading.value is not None:
        return f"{reading.value!r} ({reading.how})"
    offered = ", ".join(str(candidate.value) for candidate in reading.candidates)
    return f"asks: {offered or 'nothing to offer'}" + (f"; keeps {reading.kept}" if reading.kept else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="list what is not right")
    parser.add_argument("--holdout", action="store_true", help="the files kept apart while tuning")
    options = parser.parse_args()
    using = scorer()

    def scored() -> Iterator[tuple[str, Score]]:
        for utterance in utterances(options.holdout):
            score, reading = using.score(utterance)
            if options.failures and score != "right":
                print(f"{score:5} {utterance.place}: {utterance.question} {utterance.said!r}: {told(reading)}")
                print(f"      expected {expected(utterance)}")
            yield using.kind(utterance), score

    found = tally(scored())
    print(f"{'kind':12}" + "".join(f"{name:>8}" for name in ("number", *SCORES)))
    for kind, counts in sorted(found.items(), key=lambda item: (item[0] == "all", item[0])):
        number = counts.total()
        print(f"{kind:12}{number:8}" + "".join(f"{counts[score] / number:8.1%}" for score in SCORES))


def expected(utterance: Utterance) -> str:
    if utterance.command is not None:
        return f"the command {utterance.command}"
    if utterance.asks is not None:
        return f"asks back, offering {', '.join(map(str, utterance.asks)) or 'anything'}"
    return repr(utterance.means)


if __name__ == "__main__":
    main()
