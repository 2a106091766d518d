"""`advisor plan`, `cases`, `questions`: what prints and asks nothing."""

from __future__ import annotations

import argparse
import json
import os
import sys

from advisor import answersfile, transcript
from advisor.case import Case
from advisor.errors import BrokenFile, UsageError
from advisor.model import Locale, Question, Speak
from advisor.render.json import plan_json
from advisor.render.page import page
from advisor.render.text import PlanText, wrap
from advisor.shell.common import choose_locale, knowledge, law_day, make_interview, read_bytes, width
from advisor.shell.saved import cases_directory, path_of, saved_cases
from advisor.ui.style import colours, painted


def cases(options: argparse.Namespace) -> int:
    """Lists the saved cases, the last used first."""
    directory = cases_directory(options.cases)
    found = saved_cases(directory)
    for path in found:
        try:
            saved = transcript.read(path)
        except BrokenFile as error:
            print(f"{path.stem}: {error.problems[0]}")
            continue
        state = "finished" if saved.finished else "open"
        print(f"{path.stem}: {state}, {len(saved.case.steps())} answers, law as of {saved.case.as_of}")
    if not found:
        print(f"no cases in {directory}")
    return 0


def plan(options: argparse.Namespace) -> int:
    """Prints a plan."""
    if (options.case is None) == (options.answers is None):
        raise UsageError("name a case or give --answers FILE", hint="advisor cases lists the saved ones")
    if options.answers is not None:
        day = law_day(options.as_of)
        consultation = make_interview(options, day, check=False)
        given = answersfile.read(read_bytes(options.answers), str(options.answers), consultation)
        case = Case(name=options.answers.stem, as_of=day, locale=choose_locale(options.lang))
        for answer in given:
            case = case.add(answer)
    else:
        saved = transcript.read(path_of(options))
        day = law_day(options.as_of) if options.as_of else saved.case.as_of
        consultation = make_interview(options, day, check=False)
        case = saved.case
    if options.lang:
        case = case.add(Speak(Locale(options.lang)))
    found = page(consultation, case, consultation.plan(case))
    if options.format == "json":
        print(json.dumps(plan_json(found), ensure_ascii=False, indent=2))
        return 0
    colour = colours(os.environ, sys.stdout.isatty())
    for line in PlanText(consultation, found, width(), options.details).lines():
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
        per = f" (for each {question.of})" if question.of else ""
        print(f"{question.id} [{question.kind}]{per}: {question.ask.in_(locale)}")
        if values := _values(question):
            for line in wrap(", ".join(values), width(), "    "):
                print(line)
    return 0


def _values(question: Question) -> list[str]:
    """What an answers file may say."""
    values = ["yes", "no"] if question.kind == "yes-no" else [option.value for option in question.options]
    return [*values, "none"] if question.none is not None else values
