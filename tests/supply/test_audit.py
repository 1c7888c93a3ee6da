"""The audit fails for known faults, never for a missing network, and calls nothing sound that nobody looked at."""

from __future__ import annotations

import json
from typing import Any

import pytest

import audit

SOUND: dict[str, Any] = {"name": "one", "version": "1", "vulns": []}
FAULTY: dict[str, Any] = {"name": "two", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED: dict[str, Any] = {"name": "three", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("told", "complaint", "code", "says"),
    [
        ([SOUND], "", 0, "audited: 0 known faults in 1 packages"),
        ([SOUND, FAULTY], "Found 1 known vulnerability", 1, "two 2: PYSEC-1, mended in 3"),
        ([SOUND, SKIPPED], "", 0, "1 packages passed over"),
        ([SKIPPED], "", 0, "not audited"),
        (None, "ServiceError: Failed to connect to the service", 0, "cannot be reached"),
        (None, "pip_audit: error: argument", 1, "not audited: pip-audit ended"),
    ],
)
def test_only_a_known_fault_or_a_broken_audit_fails(told: list[dict[str, Any]] | None, complaint: str, code: int, says: str) -> None:
    found, sentences = audit.verdict("" if told is None else json.dumps({"dependencies": told}), complaint)
    assert found == code
    assert says in "\n".join(sentences)
