"""The lock files pin all that an installation takes: a missing extra is found here, not on the day when a newer release appears."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def pinned(name: str) -> dict[str, set[str]]:
    lines = re.findall(r"^([\w.-]+)(?:\[([\w,-]+)\])?==", (ROOT / name).read_text(), re.M)
    return {canonicalize_name(found): {canonicalize_name(extra) for extra in extras.split(",") if extra} for found, extras in lines}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_requirement_of_a_pinned_package_is_pinned_with_its_extras(lock: str) -> None:
    held = pinned(lock)
    for name, extras in held.items():
        for line in metadata.requires(name) or ():
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in (extras or {""})):
                got = held.get(canonicalize_name(needed.name))
                assert got is not None, f"{name} needs {needed}, which {lock} does not pin"
                assert {canonicalize_name(extra) for extra in needed.extras} <= got, f"{name} needs {needed}, which {lock} pins without its extras"
