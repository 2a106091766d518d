"""The reader of the command line, which explains itself in the language of the person.

argparse speaks English. Each sentence is put into the person's language just before it is printed, so that a command
that is understood waits for nothing.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

Say = Callable[[str], str]
"""Puts an English sentence into the language of the person."""


class Parser(argparse.ArgumentParser):
    """A parser that says what it has to say through `say`."""

    say: Say = str

    def format_usage(self) -> str:
        self._translate()
        return super().format_usage()

    def format_help(self) -> str:
        self._translate()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {self.say('error')}: {self.say(message)}\n")

    def _translate(self) -> None:
        """What was put into the language before is none of its English sentences, and stays as it is."""
        self.formatter_class = functools.partial(_Formatter, say=self.say)
        self.description = self.description and self.say(self.description)
        for group in self._action_groups:
            group.title = group.title and self.say(group.title)
        for action in self._actions:
            _translate(action, self.say)


def _translate(action: argparse.Action, say: Say) -> None:
    if action.help and action.help != argparse.SUPPRESS:
        action.help = say(action.help)
    if isinstance(action.metavar, str):
        action.metavar = say(action.metavar)
    elif not action.option_strings and action.metavar is None and action.choices is None:
        action.metavar = say(action.dest)
    if isinstance(action, argparse._SubParsersAction):
        for command in action._choices_actions:
            command.help = command.help and say(command.help)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, say: Say) -> None:
        super().__init__(prog)
        self._say = say

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, f"{self._say('usage:')} " if prefix is None else prefix)
