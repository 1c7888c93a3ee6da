"""The page of all commands, made from the commands themselves: `python -m detente.cli.reference > docs/commands.md`.

A test fails when the page is not what this prints, or when a command or option has no help.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer

from detente.cli import app

HEAD = "# Commands\n\nMade from the commands themselves with `python -m detente.cli.reference`.\n"


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *_command(typer.main.get_command(app), "detente")])


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its full name, groups included."""
    yield from _walk(typer.main.get_command(app), "detente")


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for below, child in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(child, f"{name} {below}")


def _command(root: Any, name: str) -> Iterator[str]:
    for title, command in _walk(root, name):
        yield f"## {title}\n"
        yield f"{(command.help or '').strip()}\n"
        rows = [row for parameter in command.params if parameter.name != "help" for row in _parameter(parameter)]
        if rows:
            yield "\n".join(rows) + "\n"


def _parameter(parameter: Any) -> Iterator[str]:
    shown = ", ".join(f"`{name}`" for name in parameter.opts) if parameter.param_type_name == "option" else f"`{(parameter.name or '').upper()}`"
    yield f"- {shown}: {(getattr(parameter, 'help', None) or '').strip()}"


if __name__ == "__main__":
    sys.stdout.write(page())
