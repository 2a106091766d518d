"""`advisor replay`, `check`, `understand`: for those who maintain rules, knowledge and transcripts."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path

from advisor import transcript
from advisor.coverage import coverage as statements_covered
from advisor.coverage import markdown
from advisor.engine.checked import CheckedEngine
from advisor.errors import UsageError, did_you_mean
from advisor.interview import Interview
from advisor.knowledge.cache import open_knowledge
from advisor.knowledge.completing import completed, missing
from advisor.replay import Outcome
from advisor.replay import replay as play
from advisor.shell.common import choose_locale, knowledge, law_day, make_interview, own_phrases

MANY = 8
"""How many missing phrases are named."""


def replay(options: argparse.Namespace) -> int:
    """Replays transcripts. 0 if all come out as recorded, 1 if one does not, 2 if there is none."""
    paths = list(_transcripts(options.files))
    if not paths:
        raise UsageError("no transcripts there", hint="a transcript is a .yaml file that begins with 'transcript: 1'")
    if options.accept and os.environ.get("CI"):
        raise UsageError("--accept is refused in CI", hint="accept on your own machine and look at the difference")
    different = 0
    interviews: dict[str, Interview] = {}
    for path in paths:
        saved = transcript.read(path)
        day = saved.case.as_of
        if day not in interviews:
            interviews[day] = make_interview(options, day, check=False)
        outcome = play(saved, interviews[day])
        if outcome.divergence is None:
            print(f"{path}: as recorded, {outcome.prompts} prompts")
            continue
        if options.accept:
            outcome = play(saved, interviews[day], accept=True)
            if outcome.divergence is None and _accept(path, saved, outcome):
                print(f"{path}: accepted")
                continue
        different += 1
        print(outcome.divergence)
    return 1 if different else 0


def _accept(path: Path, saved: transcript.Transcript, outcome: Outcome) -> bool:
    """Rewrites what a transcript expects: how words are understood, what comes along, the plan. Not the words."""
    if not saved.finished:
        return False
    data = path.read_bytes()[: saved.turn_bytes].decode("utf-8")
    if outcome.turns != saved.case.turns:
        data = data[: data.index("\nturns:\n") + len("\nturns:\n")] + "".join(map(transcript.line, outcome.turns))
    transcript.rewrite(path, data + transcript.ending(outcome.plan, len(outcome.turns)))
    return True


def _transcripts(given: Iterable[Path]) -> Iterable[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(path.rglob(f"*{transcript.SUFFIX}"))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"{path} does not exist")


def check(options: argparse.Namespace) -> int:
    """Checks the knowledge base and says what is in it."""
    base, program = open_knowledge(options.knowledge, None)
    if lacking := missing(base, own_phrases()):
        _tell_lacking(tuple(lacking), str(options.knowledge))
    base = completed(base, own_phrases())
    consultation = CheckedEngine(program.on(base.as_of))
    print(
        f"knowledge base {base.stamp}: {len(base.rules)} rules, {len(base.actions)} obligations, "
        f"{len(base.questions)} questions, {len(base.sources)} sources, {len(base.countries)} countries, "
        f"{len(base.providers)} providers; no problems"
    )
    if consultation.notice:
        print(base.phrases[consultation.notice].en)
    return 0


def _tell_lacking(names: tuple[str, ...], directory: str) -> None:
    """An older knowledge base works, but speaks with the program's own words here and there."""
    listed = ", ".join(names[:MANY]) + (f" and {len(names) - MANY} more" if len(names) > MANY else "")
    print(f"{directory} lacks {len(names)} phrases of this program: {listed}")
    print(
        "  the program's own are used; copy them from its knowledge/phrases*.yaml and words*.yaml to say them otherwise"
    )


def coverage(options: argparse.Namespace) -> int:
    """Prints or writes the coverage document. 1 if a statement has no rule behind it."""
    base, _ = knowledge(options)
    text = markdown(base)
    if options.write is not None:
        transcript.rewrite(options.write, text)
    else:
        print(text, end="")
    return 1 if any(not item.rules for item in statements_covered(base)) else 0


def understand(options: argparse.Namespace) -> int:
    """Prints how a text is read as the answer to a question."""
    consultation = make_interview(options, law_day(None), check=False)
    question = consultation.questions.get(options.question)
    if question is None:
        hint = did_you_mean(options.question, consultation.questions)
        raise UsageError(f"there is no question {options.question!r}", hint=hint or "advisor questions lists them")
    reading = consultation.understanding.read(question, options.text, choose_locale(options.lang))
    value = reading.value
    values = [] if value is None else list(value) if isinstance(value, tuple) else [value]
    print(
        json.dumps(
            {
                "question": question.id,
                "of": options.of,
                "values": values,
                "none": value == (),
                "how": reading.how,
                "candidates": [{"value": item.value, "label": item.label} for item in reading.candidates],
                "command": reading.command,
                "argument": reading.argument,
                "kept": list(reading.kept),
                "ignored": list(reading.ignored),
                "added": list(reading.added),
                "removed": list(reading.removed),
                "remark": reading.remark,
                "names": dict(reading.names),
            },
            ensure_ascii=False,
        )
    )
    return 0
