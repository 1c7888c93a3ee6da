"""Known faults of the pinned packages, looked up by pip-audit: `python tests/audit.py LOCK [--home DIR] [--seconds N] [--osv URL]`.

pip-audit lives in an environment of its own, made on first use, so that the pinned one stays as it is. Exit code 1: some faults are known, or
pip-audit does not work. Exit code 0: none is known; or nothing was audited, which is told: pip-audit cannot be installed, the advisory service cannot
be reached, takes too long, or knows none of the packages. Making the environment and looking up end after so many seconds each, whatever hangs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
UNREACHED = (
    "ServiceError", "ConnectionError", "Connection refused", "Max retries", "timed out", "ReadTimeout", "Failed to establish", "not known",
    "JSONDecodeError", "blocking this service",
)  # fmt: skip
"""What pip-audit prints when its service does not answer, or something else answers in its place."""
ELSEWHERE = "run `make audit` where there is a network"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended; `code` is None where its time was over."""

    code: int | None
    told: str
    complaint: str


def ran(order: Sequence[str], *, seconds: float) -> Ended:
    """Run a program; when its time is over, it is killed with all that it started."""
    with subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        try:
            told, complaint = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return Ended(None, *running.communicate())
        return Ended(running.returncode, told, complaint)


def prepared(home: Path, *, seconds: float) -> str | None:
    """Make the environment with pip-audit where it is not there yet; why it cannot be made, None when it stands."""
    if (home / "ready").exists():
        return None
    shutil.rmtree(home, ignore_errors=True)
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]["audit"]
    pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    for order in ([sys.executable, "-m", "venv", str(home)], [*pip, "install", *needed]):
        ended = ran(order, seconds=seconds)
        if ended.code is None:
            return f"this took longer than {seconds:g} seconds"
        if ended.code:
            return (ended.complaint.strip() or ended.told.strip() or "no reason was told").splitlines()[-1]
    (home / "ready").touch()
    return None


def verdict(ended: Ended) -> tuple[int, list[str]]:
    """Exit code and sentences for what pip-audit told; a package that it passed over is not called sound."""
    if ended.code is None:
        return 0, [f"not audited: the advisory service takes too long; {ELSEWHERE}"]
    try:
        found = json.loads(ended.told)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        if any(word in ended.complaint for word in UNREACHED):
            return 0, [f"not audited: the advisory service cannot be reached from here; {ELSEWHERE}"]
        return 1, [f"not audited: pip-audit ended with {ended.complaint.strip()[-400:] or 'no answer'}"]
    known = [each for each in found if "vulns" in each]
    if not known:
        return 0, [f"not audited: the advisory service that is reached knows none of {len(found)} packages; {ELSEWHERE}"]
    passed = [f"{len(found) - len(known)} packages passed over: the service does not know them"] if len(known) < len(found) else []
    faults = list(_faults(known))
    do = ["the audit fails: pin the versions that mend these faults"] if faults else []
    return int(bool(faults)), [*faults, *passed, f"audited: {len(faults)} known faults in {len(known)} packages", *do]


def _faults(known: list[dict[str, Any]]) -> Iterator[str]:
    for each in known:
        for fault in each["vulns"]:
            yield f"{each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"


def audited(lock: Path, home: Path, *, seconds: float, osv: str | None = None) -> tuple[int, list[str]]:
    """Exit code and sentences for a lock; nothing of it is installed, since it pins every package with its hashes."""
    missing = prepared(home, seconds=seconds)
    if missing is not None:
        return 0, [f"not audited: pip-audit cannot be installed here ({missing}); {ELSEWHERE}"]
    order = [str(home / "bin" / "python"), "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip", "--format", "json"]
    service = ["--vulnerability-service", "osv", "--osv-url", osv] if osv else []
    return verdict(ran([*order, *service, "--progress-spinner", "off", "--timeout", "20"], seconds=seconds))


def main() -> int:
    """Audit the lock that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lock", type=Path, help="a file of requirements with hashes")
    parser.add_argument("--home", type=Path, default=ROOT / ".venv" / "audit", help="where pip-audit is installed")
    parser.add_argument("--seconds", type=float, default=60, help="after which time the service is left, and likewise the index of packages")
    parser.add_argument("--osv", metavar="URL", help="ask this service, which speaks as api.osv.dev does, in place of PyPI")
    given = parser.parse_args()
    code, sentences = audited(given.lock, given.home, seconds=given.seconds, osv=given.osv)
    print(*sentences, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
