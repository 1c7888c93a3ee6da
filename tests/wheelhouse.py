"""A wheelhouse: every wheel of the lock and of the program in one folder, proved by installing from it alone and running with sockets that raise.

`python tests/wheelhouse.py FOLDER` builds it (this needs the network); then a new environment takes the wheels with `--no-index`, and in it
`detente --version`, a case, a text and a question run while every attempt to connect or to look up a name is an error.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
BLOCK = """
import sys
def _refused(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise OSError(f"no network here: {event} {arguments[1:]}")
sys.addaudithook(_refused)
"""
"""Loaded by every Python of the new environment, those that the program starts among them."""
TEXT = "Moscow, 8 May 2014. The minister of Russia visited Pyongyang on Thursday. Russia and North Korea signed an agreement on trade.\n"
COMMANDS = (
    ("--version",),
    ("case", "load", "russia-dprk"),
    ("read", "article.txt", "--published", "2014-05-08"),
    ("ask", "Are Russia and North Korea at a new stage?", "--as-of", "2014-05-15", "--short"),
    ("verify",),
)


def build(folder: Path) -> int:
    """Fill the folder; how many wheels it has. What the lock pins is checked against its hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    subprocess.run([*wheel, "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*wheel, "--no-build-isolation", str(ROOT)], check=True)
    return len(list(folder.glob("*.whl")))


def install(folder: Path, place: Path) -> Path:
    """A new environment with the program from the folder alone; its Python. Nothing else is asked: no index, no settings of the user's."""
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / "bin" / "python"
    site = subprocess.run([python, "-c", "import site; print(site.getsitepackages()[0])"], check=True, capture_output=True, text=True).stdout.strip()
    (Path(site) / "no_network.py").write_text(BLOCK, encoding="utf-8")
    (Path(site) / "no_network.pth").write_text("import no_network\n", encoding="utf-8")
    order = [str(python), "-m", "pip", "install", "--quiet", "--isolated", "--no-index", "--find-links", str(folder), "detente"]
    subprocess.run(order, check=True, env=_own())
    return python


def run(python: Path, scratch: Path) -> None:
    """Show that the network is shut, then run the commands."""
    shut = subprocess.run([python, "-c", "import socket; socket.create_connection(('192.0.2.1', 9))"], capture_output=True, text=True, check=False)
    assert "no network here" in shut.stderr, shut.stderr
    (scratch / "article.txt").write_text(TEXT, encoding="utf-8")
    for words in COMMANDS:
        done = subprocess.run(
            [python, "-m", "detente", "--data", "ledger", *words], capture_output=True, text=True, check=False, cwd=scratch, env=_own()
        )
        assert done.returncode == 0, done.stderr
        told = [line.strip("│ ") for line in done.stdout.splitlines() if line.strip() and "─" not in line]
        print(f"detente {' '.join(words)}: {told[0] if told else done.stdout.strip()}", flush=True)


def _own() -> dict[str, str]:
    """The environment without what would lead Python or pip elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}


def main() -> int:
    """Build, install without network, run without network."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "wheelhouse").absolute()
    number = build(folder)
    print(f"{number} wheels, {sum(path.stat().st_size for path in folder.glob('*.whl')) / 1e6:.0f} MB in {folder.name}/", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        run(install(folder, Path(scratch) / "venv"), Path(scratch))
    print("installed and run without network")
    return 0


if __name__ == "__main__":
    sys.exit(main())
