"""Pictures of the desk for the documentation: `python tests/screenshots.py FOLDER`, or `make screenshots`.

Every page at 1280 pixels in light and at 390 in dark, as small PNG files of few colours; of the examinations three stand for all.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

import browsing

SIZES = (("wide", 1280, 860, "light"), ("narrow", 390, 780, "dark"))
EXAMINED = ("examined-visits", "examined-bans", "examined-firsts")
COLOURS = 64


def main(into: Path) -> None:
    """Take all of them; stops with what to do where there is no Chromium."""
    if browsing.CHROMIUM is None:
        sys.exit(browsing.MISSING)
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browsing.browser() as chromium:
        with browsing.served(Path(folder) / "none") as address:
            take(chromium, address, {"empty": "/"}, into)
        data = browsing.filled(Path(folder) / "data")
        wanted = {name: path for name, path in browsing.pages(data).items() if is_wanted(name)}
        with browsing.served(data) as address:
            take(chromium, address, wanted, into)


def is_wanted(name: str) -> bool:
    """Whether a page has pictures: of the examinations three."""
    return not name.startswith("examined-") or name in EXAMINED


def take(chromium: Browser, address: str, wanted: dict[str, str], into: Path) -> None:
    """A picture of each page in both sizes."""
    for size, width, height, scheme in SIZES:
        page = chromium.new_page(base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        for name, path in wanted.items():
            page.goto(path)
            page.wait_for_load_state("networkidle")
            keep(page.screenshot(), into / f"{name}-{size}.png")
        page.close()


def keep(picture: bytes, file: Path) -> None:
    """Write a picture with as few colours as a page needs."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
