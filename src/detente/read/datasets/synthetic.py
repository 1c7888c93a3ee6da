"""Synthetic events of any size with known truth: seeded, written as GDELT 2.0 writes them, for tests and benchmarks.

States differ in volume as the world's do (the n-th takes a share near 1/n), days are spread evenly, codes follow a fixed list. Every batch
depends only on the seed and its number, so a file of any length begins like a longer one. Nothing here is evidence of anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from detente.read.datasets import layouts

BATCH = 200_000
CODES = (
    "010",
    "036",
    "040",
    "042",
    "043",
    "051",
    "057",
    "061",
    "073",
    "0841",
    "090",
    "111",
    "112",
    "1056",
    "120",
    "138",
    "141",
    "150",
    "163",
    "173",
    "190",
    "193",
)
SCORES = (0.0, 4.0, 1.0, 1.9, 2.8, 3.4, 8.0, 6.4, 7.4, 7.0, -2.0, -2.0, -2.0, -5.0, -4.0, -7.0, -6.5, -7.2, -8.0, -5.0, -10.0, -10.0)
FIPS = ("US", "RS", "CH", "KN", "JA", "GM", "FR", "UK", "IN", "")
SOURCE_URL = "https://example.org/{}/a-report-of-some-length-on-what-two-states-did-that-day"


@dataclass(frozen=True, slots=True)
class World:
    """What is made up: a seed, how many rows, the states by ISO code, and the days `[start, stop)` they are spread over in order."""

    seed: int
    rows: int
    states: tuple[str, ...]
    start: date = date(2015, 1, 1)
    stop: date = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """The truth of one batch, row by row: identifiers, days since 1970, indices of states (-1: none) and of codes."""

    identifiers: NDArray[np.int64]
    days: NDArray[np.int64]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    codes: NDArray[np.int64]
    mentions: NDArray[np.int64]


def facts(world: World) -> Iterator[Facts]:
    """The truth, in batches of `BATCH` rows."""
    weights = 1.0 / np.arange(1, len(world.states) + 1)
    weights /= weights.sum()
    first, last = (np.datetime64(day, "D").astype(np.int64) for day in (world.start, world.stop))
    for number, low in enumerate(range(0, world.rows, BATCH)):
        size = min(BATCH, world.rows - low)
        draw = np.random.default_rng((world.seed, number))
        index = np.arange(low, low + size, dtype=np.int64)
        sides = draw.choice(len(world.states), size=(2, BATCH), p=weights)[:, :size]
        unknown = draw.random((2, BATCH))[:, :size] < 0.1
        codes = draw.integers(0, len(CODES), BATCH)[:size]
        mentions = 1 + draw.geometric(0.2, BATCH)[:size]
        days = first + index * (last - first) // max(world.rows, 1)
        sources, targets = (np.where(unknown[side], -1, sides[side]) for side in (0, 1))
        yield Facts(400_000_000 + index, days, sources, targets, codes, mentions)


def table(world: World, found: Facts) -> pa.Table:
    """A batch as GDELT's 61 columns of text."""
    names = layouts.layout("gdelt2").columns
    size = len(found.days)
    made = {name: _constant("", size) for name in names}
    calendar = _calendar(found.days)
    code, root = _taken(CODES, found.codes), _taken([each[:2] for each in CODES], found.codes)
    made |= {
        "globaleventid": pa.array(found.identifiers).cast(pa.string()),
        "sqldate": calendar,
        "dateadded": calendar,
        "isrootevent": _constant("1", size),
        "eventcode": code,
        "eventbasecode": code,
        "eventrootcode": root,
        "quadclass": _taken([str(1 + (int(each[:2]) > 5) + (int(each[:2]) > 8) + (int(each[:2]) > 13)) for each in CODES], found.codes),
        "goldsteinscale": _taken([str(score) for score in SCORES], found.codes),
        "nummentions": pa.array(found.mentions).cast(pa.string()),
        "numsources": _constant("1", size),
        "numarticles": pa.array(found.mentions).cast(pa.string()),
        "avgtone": _taken([str(round(-3.17 + each / 7, 13)) for each in range(50)], found.identifiers % 50),
        "sourceurl": _taken([SOURCE_URL.format(each) for each in range(1000)], found.identifiers % 1000),
    }
    for side, states in (("actor1", found.sources), ("actor2", found.targets)):
        made |= {
            f"{side}code": _taken(["", *(f"{state}GOV" for state in world.states)], states + 1),
            f"{side}name": _taken(["", *(f"STATE OF {state}" for state in world.states)], states + 1),
            f"{side}countrycode": _taken(["", *world.states], states + 1),
            f"{side}type1code": _constant("GOV", size),
        }
    places = found.identifiers % len(FIPS)
    for side in ("actor1", "actor2", "action"):
        made |= {
            f"{side}geotype": _constant("4", size),
            f"{side}geofullname": _constant("Some Place, Some Province, Some Country", size),
            f"{side}geocountrycode": _taken(FIPS, places),
            f"{side}geolat": _constant("55.7522", size),
            f"{side}geolong": _constant("37.6156", size),
            f"{side}geofeatureid": _constant("-2960561", size),
        }
    return pa.table({name: made[name] for name in names})


def write(path: Path, world: World) -> dict[tuple[str, str, str], int]:
    """Write the world as GDELT 2.0 writes it (tabs, no header, no quotation); the truth is the rows of each source, target and month.

    A side that is no state is "". Months are YYYY-MM. Memory holds one batch and the counts.
    """
    options = arrow_csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
    truth: dict[tuple[str, str, str], int] = {}
    with path.open("wb") as file:
        for found in facts(world):
            arrow_csv.write_csv(table(world, found), file, options)
            for key, number in _counted(world, found):
                truth[key] = truth.get(key, 0) + number
    return truth


def _counted(world: World, found: Facts) -> Iterator[tuple[tuple[str, str, str], int]]:
    """The rows of one batch by source, target and month."""
    size = len(world.states) + 1
    months = found.days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    keys, numbers = np.unique((months * size + found.sources + 1) * size + found.targets + 1, return_counts=True)
    names = ("", *world.states)
    for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
        rest, target = divmod(key, size)
        month, source = divmod(rest, size)
        yield (names[source], names[target], str(np.datetime64(month, "M"))), number


def _calendar(days: NDArray[np.int64]) -> pa.Array:
    known, places = np.unique(days, return_inverse=True)
    return _taken([str(day).replace("-", "") for day in known.astype("datetime64[D]")], places)


def _taken(words: list[str] | tuple[str, ...], places: NDArray[np.int64]) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(places))


def _constant(text: str, size: int) -> pa.Array:
    return pa.repeat(text, size)
