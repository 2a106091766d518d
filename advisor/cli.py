"""The commands. Imports only the standard library; each command imports what it runs, so that `--version` is instant.

Exit codes: 0 fine, 1 differences or findings, 2 usage or nobody to ask, 3 a broken file, 130 interrupted.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.errors import AdvisorError, BrokenFile
from advisor.shell.language import ENGLISH, wanted
from advisor.shell.parsing import Parser, Say

if TYPE_CHECKING:
    from pathlib import Path

_COMMANDS = {
    "interview": "consult",
    "cases": "show",
    "plan": "show",
    "export": "export",
    "documents": "documents",
    "explain": "explaining",
    "what-if": "explaining",
    "remove": "explaining",
    "diff": "comparing",
    "questions": "show",
    "replay": "maintain",
    "mutate": "mutating",
    "check": "maintain",
    "understand": "maintain",
    "coverage": "maintain",
}
"""The module of `advisor.shell` that each command imports."""


def _path(text: str) -> Path:
    from pathlib import Path  # not needed for --version

    return Path(text)


def _parser(say: Say = str) -> Parser:
    parser = Parser(
        prog="advisor",
        description="Asks about a planned online shop and hands over an action plan. Without a command it starts or "
        "resumes an interview.",
    )
    parser.add_argument("--version", action="version", version=f"advisor {__version__}")
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    common = Parser(add_help=False)
    common.add_argument(
        "--knowledge", type=_path, metavar="DIR", help="use the knowledge base in DIR (rules/ and knowledge/)"
    )
    common.add_argument("--no-cache", action="store_true", help="read the knowledge base afresh")

    dated = Parser(add_help=False)
    dated.add_argument("--as-of", metavar="DATE", help="the law of that day, for example 2026-11-23 (default: today)")
    dated.add_argument("--lang", choices=("en", "lv"), help="language (default: the case's, else the computer's)")

    interview = commands.add_parser("interview", parents=[common, dated], help="start or resume an interview")
    interview.add_argument(
        "case", nargs="?", help="name of the case (default: the last unfinished one, else a new one)"
    )
    interview.add_argument("--new", action="store_true", help="begin a new case even if another is unfinished")
    interview.add_argument("--answers", type=_path, metavar="FILE", help="take these answers and ask the rest")
    interview.add_argument(
        "--plain", action="store_true", help="append-only lines, for screen readers (also ACCESSIBLE=1)"
    )
    interview.add_argument("--cases", type=_path, metavar="DIR", help="where cases are kept")

    cases = commands.add_parser("cases", help="list the saved cases")
    cases.add_argument("--lang", choices=("en", "lv"), help="language (default: the computer's)")
    cases.add_argument("--cases", type=_path, metavar="DIR", help="where cases are kept")

    plan = commands.add_parser("plan", parents=[common, dated], help="print the plan of a case or of an answers file")
    plan.add_argument("case", nargs="?", help="name of a saved case or path of a transcript")
    plan.add_argument("--answers", type=_path, metavar="FILE", help="an answers file (YAML, by question id)")
    plan.add_argument("--format", choices=("text", "json"), default="text")
    plan.add_argument("--details", action="store_true", help="with all reasons and steps")
    plan.add_argument("--summary", action="store_true", help="one screen: how much there is to do, and where")
    plan.add_argument(
        "--band", action="append", default=[], metavar="BAND", help="only these bands: P0, P1, P2, P3, INFO"
    )
    plan.add_argument("--area", action="append", default=[], metavar="AREA", help="only these areas, such as transfer")
    plan.add_argument(
        "--package", action="append", default=[], metavar="PACKAGE", help="only these packages: number or id"
    )
    plan.add_argument("--cases", type=_path, metavar="DIR", help="where cases are kept")

    export = commands.add_parser("export", parents=[common, dated], help="write the plan of a case as files")
    export.add_argument("case", nargs="?", help="name of a saved case or path of a transcript")
    export.add_argument("--answers", type=_path, metavar="FILE", help="an answers file (YAML, by question id)")
    export.add_argument(
        "--format",
        action="append",
        default=[],
        choices=("markdown", "html", "csv", "ics", "json", "all"),
        help="which files (default: all); may be given several times",
    )
    export.add_argument(
        "--output", type=_path, default=".", metavar="DIR", help="where to write (default: here); - prints one format"
    )
    export.add_argument("--brand", type=_path, metavar="FILE", help="name, contact, logo and colour (YAML)")
    export.add_argument("--force", action="store_true", help="replace files that exist")
    export.add_argument("--bom", action="store_true", help="CSV: begin with a byte order mark, for old spreadsheets")
    export.add_argument("--semicolons", action="store_true", help="CSV: semicolons, for spreadsheets set to Latvian")
    export.add_argument("--cases", type=_path, metavar="DIR", help="where cases are kept")

    documents = commands.add_parser(
        "documents", parents=[common], help="draft the privacy notice, the registers and other documents of a case"
    )
    documents.add_argument("case", nargs="?", help="name of a saved case or path of a transcript")
    documents.add_argument("--answers", type=_path, metavar="FILE", help="an answers file (YAML, by question id)")
    documents.add_argument(
        "--details",
        type=_path,
        metavar="FILE",
        help="the seller's name, number, addresses (YAML; default: NAME-seller.yaml where the documents are)",
    )
    documents.add_argument("--brand", type=_path, metavar="FILE", help="name, contact, logo and colour (YAML)")
    documents.add_argument("--output", type=_path, default=".", metavar="DIR", help="where to write (default: here)")
    documents.add_argument(
        "--document", action="append", default=[], metavar="NAME", help="only this one; may be given several times"
    )
    documents.add_argument(
        "--format",
        action="append",
        default=[],
        choices=("html", "md", "csv", "xlsx", "docx"),
        help="which files (default: html; csv and xlsx for the registers); may be given several times",
    )
    documents.add_argument("--lang", choices=("en", "lv"), help="only this language (default: both)")
    documents.add_argument("--as-of", metavar="DATE", help="the law of that day (default: the case's, else today)")
    documents.add_argument("--force", action="store_true", help="replace files that exist")
    documents.add_argument("--semicolons", action="store_true", help="CSV: semicolons, for spreadsheets set to Latvian")
    documents.add_argument("--cases", type=_path, metavar="DIR", help="where cases are kept")

    _explaining(commands, common, dated)

    questions = commands.add_parser("questions", parents=[common], help="list what can be answered")
    questions.add_argument("--json", action="store_true")
    questions.add_argument("--lang", choices=("en", "lv"), help="language (default: the computer's)")

    replay = commands.add_parser("replay", parents=[common], help="replay transcripts and compare")
    replay.add_argument("files", nargs="+", type=_path, metavar="FILE", help="transcripts, or directories of them")
    replay.add_argument(
        "--accept", action="store_true", help="rewrite what is expected (never what was said); refused in CI"
    )

    mutate = commands.add_parser(
        "mutate", parents=[common], help="change rules one at a time and list what no recorded case notices"
    )
    mutate.add_argument(
        "directories", nargs="+", type=_path, metavar="DIR", help="of transcripts, answers files, tables of triggers"
    )
    mutate.add_argument(
        "--rule", action="append", default=[], metavar="RULE", help="only rules whose ids begin so; may be repeated"
    )
    mutate.add_argument(
        "--as-of", metavar="DATE", help="the day of cases that name none (default: the knowledge base's)"
    )
    mutate.add_argument("--format", choices=("text", "json"), default="text")

    commands.add_parser("check", parents=[common], help="check the knowledge base")

    coverage = commands.add_parser(
        "coverage", parents=[common], help="what stands behind each statement of the article"
    )
    coverage.add_argument("--write", type=_path, metavar="FILE", help="write the document instead of printing it")

    understand = commands.add_parser("understand", parents=[common], help="show how a text is understood, as JSON")
    understand.add_argument("question", help="id of a question")
    understand.add_argument("text")
    understand.add_argument("--lang", choices=("en", "lv"))
    understand.add_argument("--of", metavar="SUBJECT", default="", help="for questions about one vendor: which")
    for each in (parser, *commands.choices.values()):
        each.say = say
    return parser


def _explaining(
    commands: argparse._SubParsersAction[Parser],
    common: Parser,
    dated: Parser,
) -> None:
    """The commands that explain a case."""
    told = Parser(add_help=False)
    told.add_argument("--format", choices=("text", "json"), default="text")
    told.add_argument("--plain", action="store_true", help="indented lists instead of drawn trees (also ACCESSIBLE=1)")
    told.add_argument("--cases", type=_path, metavar="DIR", help="where cases are kept")
    case = "name of a saved case, or path of a transcript or of an answers file"
    obligation = "its id (also with [partner]), its number in the plan, or words of its title"

    explain = commands.add_parser("explain", parents=[common, dated, told], help="why an action applies, or does not")
    explain.add_argument("case", help=case)
    explain.add_argument("obligation", nargs="*", help=obligation)
    explain.add_argument("--why-not", action="store_true", help="what is missing for it to apply for certain")
    explain.add_argument("--assumptions", action="store_true", help="what the plan rests on that nobody confirmed")
    explain.add_argument("--full", action="store_true", help="all the way down to the answers")

    what_if = commands.add_parser(
        "what-if", parents=[common, dated, told], help="what other answers would change in the plan"
    )
    what_if.add_argument("case", help=case)
    what_if.add_argument(
        "changes",
        nargs="+",
        metavar="CHANGE",
        help='in everyday words, "we also sold alcohol", or as QUESTION=VALUE: '
        "vendor.country[mailchimp]=DE shop.goods=+food",
    )

    remove = commands.add_parser(
        "remove", parents=[common, dated, told], help="what you could decide otherwise so that an action goes away"
    )
    remove.add_argument("case", help=case)
    remove.add_argument("obligation", nargs="+", help=obligation)

    diff = commands.add_parser(
        "diff", parents=[common, told], help="what differs between two cases, two days or two knowledge bases"
    )
    diff.add_argument(
        "cases_compared",
        nargs="*",
        metavar="case",
        help=f"{case}; a second one; or directories of cases (default: all saved cases)",
    )
    diff.add_argument(
        "--as-of", nargs="+", metavar="DATE", help="the law of two days, or of this day and the one of the case"
    )
    diff.add_argument(
        "--against", type=_path, metavar="DIR", help="compare with how it was by the knowledge base in DIR"
    )
    diff.add_argument("--lang", choices=("en", "lv"), help="language (default: the case's, else the computer's)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Never a traceback for a mistake of the person."""
    say = _speech(wanted(sys.argv[1:] if arguments is None else arguments, os.environ))
    options = _parsed(_with_default(arguments), say)
    try:
        module = importlib.import_module(f"advisor.shell.{_COMMANDS[options.command]}")
        return int(getattr(module, options.command.replace("-", "_"))(options))
    except BrokenFile as error:
        for problem in error.problems:
            _complain(str(problem._replace(what=say(problem.what), hint=say(problem.hint))))
        _hint(say(error.hint))
        return error.exit_code
    except AdvisorError as error:
        _complain(say(str(error)))
        _hint(say(error.hint))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`advisor plan | head`): nothing to say, and nothing more may be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if options.debug:
            raise
        _complain(say(f"advisor failed in a way it should not: {type(error).__name__}: {error}"))
        _hint(
            say(
                "every answer given so far is saved; please report this, with the output of the same command after "
                "'advisor --debug'"
            )
        )
        return 1


_TRAILING = {"explain": "obligation", "remove": "obligation", "what-if": "changes", "diff": "cases_compared"}
"""The commands that take a list of words, and its name. The words may also follow an option."""


def _speech(language: str) -> Say:
    """Puts sentences into the language of the person; what is needed for it is read when there is something to say."""
    if language == ENGLISH:
        return str

    @functools.cache
    def saying() -> Say:
        from advisor.shell.common import own_phrases
        from advisor.shell.saying import Saying

        try:
            return Saying(own_phrases())
        except AdvisorError:  # the knowledge base that came with the program is broken: better English than nothing
            return str

    return lambda sentence: saying()(sentence)


def _parsed(arguments: Sequence[str], say: Say) -> argparse.Namespace:
    """What the arguments mean. Where argparse stops collecting words at an option, the rest of them is added."""
    parser = _parser(say)
    options, rest = parser.parse_known_args(arguments)
    trailing = _TRAILING.get(options.command)
    if rest and (trailing is None or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest and trailing is not None:
        getattr(options, trailing).extend(rest)
    return options


def _with_default(arguments: Sequence[str] | None) -> list[str]:
    """Without a command, `interview`. A language said before the command is that of the command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    general = ("--version", "-h", "--help")
    position = next((place for place, word in enumerate(given) if word != "--debug"), len(given))
    before, rest = given[:position], given[position:]
    language = rest[: 2 if rest[0] == "--lang" else 1] if rest and rest[0].partition("=")[0] == "--lang" else []
    after = rest[len(language) :]
    if after and after[0] in general:
        return [*before, *after]
    if after and after[0] in _COMMANDS:
        return [*before, after[0], *language, *after[1:]]
    if rest and not rest[0].startswith("-"):
        return given  # an unknown command: argparse says so
    return [*before, "interview", *rest]


def _complain(text: str) -> None:
    print(f"advisor: {text}", file=sys.stderr)


def _hint(text: str) -> None:
    if text:
        print(f"  {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
