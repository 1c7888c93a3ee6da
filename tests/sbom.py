"""The bill of materials: every package that the lock pins, with version, hashes and licence, as CycloneDX 1.5 JSON.

`python tests/sbom.py requirements.lock > sbom.json`. Names and hashes come from the lock, licences from the installed packages; the same lock
gives the same bytes.
"""

from __future__ import annotations

import csv
import email
import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LICENCES = Path(__file__).parent / "supply" / "licences.csv"
_PINNED = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;]+)(?P<rest>(?:[^\n\\]|\\\n)*)", re.MULTILINE)


def pinned(lock: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Version and SHA-256 hashes of each package of a lock."""
    return {m["name"].lower(): (m["version"], tuple(sorted(re.findall(r"sha256:([0-9a-f]{64})", m["rest"])))) for m in _PINNED.finditer(lock)}


def stated(name: str) -> str:
    """The licence as the installed package states it: its expression, else its classifiers, else the first line of its licence field."""
    about = email.message_from_string(metadata.distribution(name).read_text("METADATA") or "")
    classified = [row.rpartition(" :: ")[2] for row in about.get_all("Classifier") or [] if row.startswith("License")]
    field = (about.get("License") or "").strip()
    return (about.get("License-Expression") or "; ".join(classified) or field.partition("\n")[0]).strip()


def allowed() -> dict[str, str]:
    """The SPDX expression of each allowed licence by how packages state it."""
    with LICENCES.open(encoding="utf-8", newline="") as file:
        return {row["stated"]: row["spdx"] for row in csv.DictReader(file)}


def bill(lock: Path) -> dict[str, Any]:
    """The bill of what one lock pins."""
    spdx = allowed()
    found = sorted(pinned(lock.read_text(encoding="utf-8")).items())
    about = {"component": {"type": "application", "name": "detente", "licenses": [{"expression": "Apache-2.0"}]}}
    parts = [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "licenses": [{"expression": spdx[stated(name)]}],
            "hashes": [{"alg": "SHA-256", "content": content} for content in hashes],
        }
        for name, (version, hashes) in found
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": about, "components": parts}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(ROOT / sys.argv[1]), indent=1, sort_keys=True) + "\n")
