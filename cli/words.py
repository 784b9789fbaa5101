"""Words of a query on the command line: a word to leave out begins with a dash, as options do."""

from __future__ import annotations

import click

_DASH = "\0"
"""Stands for that dash while options are read. No argument of a process can hold it."""


class QueryCommand(click.Command):
    """A command that takes ``timtin search hội nghị -Bắc`` as it is meant: options have two dashes, words to leave out one."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        options = [option for option in self.params if isinstance(option, click.Option)]
        names = {name for option in options for name in option.opts}
        with_value = {name for option in options if not option.is_flag for name in option.opts}
        read: list[str] = []
        for at, arg in enumerate(args):
            if arg == "--":
                read.extend(args[at:])
                break
            after_option = bool(read) and read[-1] in with_value
            is_word = arg.startswith("-") and not arg.startswith("--") and arg not in {"-", *context.help_option_names}
            mistyped = f"-{arg.partition('=')[0]}" in names  # -limit: click says that there is no such option
            read.append(_DASH + arg[1:] if is_word and not after_option and not mistyped else arg)
        return super().parse_args(context, read)


def typed(*words: str) -> str:
    """The text of arguments. Bytes that are no text become the character that says so."""
    text = " ".join(words).replace(_DASH, "-")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
