"""The commands of the command line, with their arguments and options, as click has them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
from click.core import Option, Parameter

from offing.cli import COMMANDS, group
from writers.markdown import code, document, fenced, table

INTRODUCTION = """Every command takes `-h` or `--help`. Exit codes: [For ops](../operate.md#exit-codes). What lists
things has `--json` for programs. Settings of the environment: [Settings](settings.md)."""
_BLOCK = "\b"  # by which click is asked to leave the lines that follow as they are


def page() -> str:
    """Return the page."""
    contents = table(("command", "purpose"), ((_link(name), what) for name, (_, what) in COMMANDS.items()))
    return document("Commands", INTRODUCTION, contents, *(_section(name) for name in COMMANDS))


def _link(name: str) -> str:
    return f"[`offing {name}`](#offing-{name})"


def _section(name: str) -> str:
    found = group.get_command(click.Context(group), name)
    if found is None:
        raise LookupError(name)
    parts = (_described(words, command) for words, command in _walk((name,), found))
    return "\n\n".join(parts)


def _walk(words: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and all below it, with the words by which each is called."""
    yield words, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            if inner is not None and not inner.hidden:
                yield from _walk((*words, name), inner)


def _described(words: tuple[str, ...], command: click.Command) -> str:
    name = f"offing {' '.join(words)}"
    heading = f"{'#' * (len(words) + 1)} {name}"
    usage = " ".join((name, *command.collect_usage_pieces(click.Context(command))))
    options = table(("option", "meaning", "default"), (_row(each) for each in command.params if _shown(each)))
    return "\n\n".join(part for part in (heading, fenced(usage), _help(command), options) if part)


def _help(command: click.Command) -> str:
    """Return the help, its examples as code."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(_paragraph(each) for each in paragraphs)


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if lines[0].strip() != _BLOCK:
        return text
    return fenced("\n".join(line.removeprefix("Example:").strip() for line in lines[1:]).strip("\n"))


def _shown(parameter: Parameter) -> bool:
    return isinstance(parameter, Option) and not parameter.hidden


def _row(option: Parameter) -> tuple[str, str, str]:
    names = ", ".join((*option.opts, *option.secondary_opts))
    said = (getattr(option, "help", "") or "", _choice(option), "Required." if option.required else "", _often(option))
    return code(f"{names}{_value(option)}"), " ".join(filter(None, said)), code(_default(option))


def _value(option: Parameter) -> str:
    """Return what stands behind an option: nothing behind a flag."""
    if getattr(option, "is_flag", False):
        return ""
    if isinstance(option.type, click.Choice):
        return f" {option.metavar or 'WORD'}"
    numbers = (click.types.IntParamType, click.types.FloatParamType)
    name = "NUMBER" if isinstance(option.type, numbers) else option.make_metavar(click.Context(group))
    return f" {option.metavar or name}"


def _choice(option: Parameter) -> str:
    words = option.type.choices if isinstance(option.type, click.Choice) else ()
    return f"One of {', '.join(code(str(getattr(word, 'value', word))) for word in words)}." if words else ""


def _often(option: Parameter) -> str:
    return "May be given several times." if option.multiple else ""


def _default(option: Parameter) -> str:
    """Return a default that says something: not of a flag, nor none, nor computed."""
    value = option.to_info_dict().get("default")
    unsaid = getattr(option, "is_flag", False) or value is None or value == "" or callable(option.default)
    return "" if unsaid or isinstance(value, (list, tuple, dict)) else str(value)
