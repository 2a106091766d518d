"""`advisor plan`, `cases`, `questions`: what prints and asks nothing."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys

from advisor import transcript
from advisor.errors import BrokenFile
from advisor.model import Question
from advisor.render.handout import handout
from advisor.render.json import plan_json
from advisor.render.selection import selected, selection
from advisor.render.text import PlanText, wrap
from advisor.shell.chosen import chosen, named
from advisor.shell.common import choose_locale, knowledge, own_phrases, width
from advisor.shell.saved import cases_directory, saved_cases
from advisor.ui.style import colours, painted
from advisor.wording import fill


def cases(options: argparse.Namespace) -> int:
    """Lists the saved cases, the last used first."""
    directory = cases_directory(options.cases)
    locale, phrases = choose_locale(options.lang), own_phrases()
    found = saved_cases(directory)
    for path in found:
        try:
            saved = transcript.read(path)
        except BrokenFile as error:
            print(f"{path.stem}: {error.problems[0]}")
            continue
        line = phrases["cases.finished" if saved.finished else "cases.open"].in_(locale)
        print(fill(line, {"case": path.stem, "count": str(len(saved.case.steps())), "day": saved.case.as_of}))
    if not found:
        print(fill(phrases["cases.none"].in_(locale), {"place": str(directory)}))
    return 0


def plan(options: argparse.Namespace) -> int:
    """Prints a plan, all of it, a part of it, or one screen."""
    consultation, case = chosen(options)
    whole = handout(consultation, case)
    packages = [package.id for package in consultation.base.packages]
    wanted = selection(whole.page, packages, bands=options.band, areas=options.area, wanted=options.package)
    part = selected(whole.page, wanted)
    if options.format == "json":
        print(json.dumps(plan_json(dataclasses.replace(whole, page=part)), ensure_ascii=False, indent=2))
        return 0
    text = PlanText(consultation, part, width(), options.details)
    lines = text.part() if wanted else text.lines()
    shown = text.overview() if options.summary else (*lines, *text.steps(named(options)))
    colour = colours(os.environ, sys.stdout.isatty())
    for line in shown:
        print(painted(line, colour))
    return 0


def questions(options: argparse.Namespace) -> int:
    """Lists every question with the values its answer may take."""
    base, _ = knowledge(options)
    locale = choose_locale(options.lang)
    if options.json:
        listed = [
            {
                "id": question.id,
                "topic": question.topic,
                "kind": question.kind,
                "of": question.of or None,
                "ask": {"en": question.ask.en, "lv": question.ask.lv},
                "values": _values(question),
            }
            for question in base.questions
        ]
        print(json.dumps({"questions": listed}, ensure_ascii=False, indent=2))
        return 0
    for question in base.questions:
        per = f" ({base.phrases[f'questions.each.{question.of}'].in_(locale)})" if question.of else ""
        print(f"{question.id} [{question.kind}]{per}: {question.ask.in_(locale)}")
        if values := _values(question):
            for line in wrap(", ".join(values), width(), "    "):
                print(line)
    return 0


def _values(question: Question) -> list[str]:
    """What an answers file may say."""
    values = ["yes", "no"] if question.kind == "yes-no" else [option.value for option in question.options]
    return [*values, "none"] if question.none is not None else values
