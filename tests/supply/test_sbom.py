"""What an installation takes in: every pinned package has a hash and an allowed licence, and stands in the bill of materials."""

import json
import subprocess
import sys

import pytest

import sbom

LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_an_allowed_licence_and_a_hash(lock: str) -> None:
    allowed = sbom.allowed()
    found = sbom.pinned((sbom.ROOT / lock).read_text(encoding="utf-8"))
    assert len(found) > 50
    assert {name: sbom.stated(name) for name in found if sbom.stated(name) not in allowed} == {}
    assert [name for name, (_, hashes) in found.items() if not hashes] == []


def test_the_bill_names_each_package_of_the_lock_once_and_is_the_same_twice() -> None:
    command = [sys.executable, "tests/sbom.py", "requirements.lock"]
    first, second = (subprocess.run(command, check=True, capture_output=True, cwd=sbom.ROOT).stdout for _ in range(2))
    assert first == second
    parts = json.loads(first)["components"]
    lock = (sbom.ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert [part["name"] for part in parts] == sorted(line.partition("==")[0].partition("[")[0].lower() for line in lock.splitlines() if "==" in line)
    assert all(part["licenses"][0]["expression"] for part in parts)


@pytest.mark.parametrize("words", ["en_core_web_sm", "all-MiniLM-L6-v2", "GeoNames", "natasha", "Noto Serif", "Apache ECharts"])
def test_the_notice_names_what_others_made(words: str) -> None:
    assert words in (sbom.ROOT / "NOTICE").read_text(encoding="utf-8")


def test_no_licence_that_binds_the_whole_is_allowed() -> None:
    assert not [spdx for spdx in sbom.allowed().values() if "GPL" in spdx]
