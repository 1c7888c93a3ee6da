"""Known faults of the pinned packages, looked up by pip-audit: `python tests/audit.py requirements.lock`.

Exit code 0: none is known, or the advisory service could not be reached or answers for none of them, which is then said; 1: some are known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

UNREACHED = ("ServiceError", "ConnectionError", "Connection refused", "Max retries", "timed out", "Failed to establish", "Name or service not known")
"""What pip-audit prints when its service does not answer."""
ELSEWHERE = "run `make audit` where there is a network"


def verdict(told: str, complaint: str) -> tuple[int, list[str]]:
    """Exit code and sentences for the JSON and the complaints of pip-audit; a package that it passed over is not called sound."""
    try:
        found = json.loads(told)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        if any(word in complaint for word in UNREACHED):
            return 0, [f"not audited: the advisory service cannot be reached from here; {ELSEWHERE}"]
        return 1, [f"not audited: pip-audit ended with {complaint.strip()[-400:] or 'no answer'}"]
    known = [each for each in found if "vulns" in each]
    faults = list(_faults(known))
    if not known:
        return 0, [f"not audited: the advisory service that is reached knows none of {len(found)} packages; {ELSEWHERE}"]
    passed = [f"{len(found) - len(known)} packages passed over: the service does not know them"] if len(known) < len(found) else []
    return int(bool(faults)), [*faults, *passed, f"audited: {len(faults)} known faults in {len(known)} packages"]


def _faults(known: list[dict[str, Any]]) -> Iterator[str]:
    for each in known:
        for fault in each["vulns"]:
            yield f"{each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"


def main() -> int:
    """Audit the lock that is named; nothing is installed, since it pins every package with its hashes."""
    lock = sys.argv[1] if len(sys.argv) > 1 else "requirements.lock"
    order = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json"]
    done = subprocess.run([*order, "--progress-spinner", "off", "--timeout", "20"], capture_output=True, text=True, check=False)
    code, sentences = verdict(done.stdout, done.stderr)
    print(*sentences, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
