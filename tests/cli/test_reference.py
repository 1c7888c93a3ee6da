from __future__ import annotations

from pathlib import Path

from detente.cli import reference

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), "write it anew: python -m detente.cli.reference > docs/commands.md"


def test_every_command_and_option_is_explained() -> None:
    for name, command in reference.commands():
        assert (command.help or "").strip(), name
        for parameter in command.params:
            assert parameter.name == "help" or (getattr(parameter, "help", None) or "").strip(), f"{name} {parameter.name}"
