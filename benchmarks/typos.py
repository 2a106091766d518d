"""Typing mistakes in the names of all countries and providers of the knowledge base, and what they are read as.

Every name is typed in every way with two neighbours swapped, one letter left out, one doubled, and without diacritics;
in an English and in a Latvian interview. Usage: python benchmarks/typos.py [--wrong]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advisor.knowledge.cache import open_knowledge  # noqa: E402 - the checkout is put on the path first
from tests.utterances.scoring import SCORES  # noqa: E402
from tests.utterances.typos import Study, study  # noqa: E402


def table(title: str, found: Study) -> None:
    print(f"{title:24}" + "".join(f"{name:>9}" for name in ("number", *SCORES)))
    total: Counter[str] = Counter()
    for mistake, counts in found.counts.items():
        total.update(counts)
        line(mistake, counts)
    line("all", total)


def line(name: str, counts: Counter[str]) -> None:
    number = counts.total()
    print(f"  {name:22}{number:9}" + "".join(f"{counts[score] / number:9.2%}" for score in SCORES))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list what is misread")
    options = parser.parse_args()
    base, _ = open_knowledge(ROOT, None)
    for title, found in study(base).items():
        table(title, found)
        for typed, meant, got in found.wrong if options.wrong else ():
            print(f"    {typed!r} for {meant}: {got}")


if __name__ == "__main__":
    main()
