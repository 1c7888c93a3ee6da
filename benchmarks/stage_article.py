"""The article's own case, as the data say it: could early 2014 be told from a spike by August 2014, and what were 2011 and 2014?

`python benchmarks/stage_article.py --data FOLDER`, the folder with the month table of official contacts and the yearly dyad table.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter
from pathlib import Path

from detente.detect.changes import Segmentation, segment
from detente.detect.levels import Model
from detente.detect.stages import Answer, question

CONTACTS = "kcna_monthly_official_contacts.csv"


def contacts(folder: Path, column: str) -> tuple[list[str], list[float], list[float]]:
    """Months, headlines of official contact (the table gives them per thousand), and all headlines."""
    with (folder / CONTACTS).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    total = [float(row["tot"]) for row in rows]
    return [row[""] for row in rows], [round(float(row[column]) * all_ / 1000) for row, all_ in zip(rows, total, strict=True)], total


def cooperation(folder: Path, pair: set[str]) -> tuple[list[int], list[float], list[float]]:
    """Years, cooperative events of a pair in both directions, and those of the whole world."""
    here, world = Counter[int](), Counter[int]()
    with gzip.open(folder / "icews_directed_dyad_year_2002_2014.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            number = int(row["verbal_coop"]) + int(row["material_coop"])
            world[int(row["year"])] += number
            here[int(row["year"])] += number if {row["iso3_source"], row["iso3_target"]} == pair else 0
    years = sorted(world)
    return years, [float(here[year]) for year in years], [float(world[year]) for year in years]


def told(name: str, labels: list[str], found: Segmentation, asked: Answer) -> None:
    print(f"\n{name}")
    for change in found.changes:
        ends = f"{labels[change.first]}..{labels[change.last - 1]}"
        print(
            f"  change {change.direction} {labels[change.index]} ({ends}), ratio {change.ratio:.1f} ({change.ratio_low:.1f}-{change.ratio_high:.1f})"
        )
    print("  shock likelier than a fifth: " + ", ".join(f"{labels[i]} {p:.2f}" for i, p in enumerate(found.shock_probability) if p > 0.2))
    print(f"  since then: above {asked.above:.2f}, the same {asked.same:.2f}, below {asked.below:.2f}; ratio {asked.ratio:.1f}", end=" ")
    print(f"({asked.ratio_low:.1f}-{asked.ratio_high:.1f}); last one a shock {asked.shock:.2f}")
    print(f"  the present level holds for 6 and 12 more: {asked.holds_6:.2f}, {asked.holds_12:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    tell(parser.parse_args().data)


def tell(folder: Path) -> None:
    print("\nthe article's own case")
    months, counts, total = contacts(folder, "RUS_off")
    for last in ("2014-04", "2014-08"):
        n = months.index(last) + 1
        for years in (5, 10):
            found = segment(counts[:n], exposure=total[:n], model=Model(stage_length=12.0 * years))
            asked = question(found, since=months.index("2014-03"))
            told(f"official contacts with Russia as of {last}, a stage lasts {years} years: the level since March 2014", months, found, asked)
    years, here, world = cooperation(folder, {"RUS", "PRK"})
    found = segment(here, exposure=world, model=Model(stage_length=5.0, shock_gap=5.0))
    labels = [str(year) for year in years]
    told("cooperative events a year, held against the world's", labels, found, question(found, since=years.index(2014), window=3))


if __name__ == "__main__":
    main()
