import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import published
from detente.errors import CaseError, LedgerBusy, LedgerUnwritable, SourceError
from detente.keep.events import arrivals, counted, parts
from detente.keep.events.parts import Counts
from detente.pipeline.importing import Imported, Order, import_events
from detente.read.datasets import maps

MAP = "dataset: own\ncolumns: {day: when, source: from, target: to, code: what}\ncodes: cameo\n"
OWN = "when,from,to,what\n2019-01-01,FIN,ISL,042\n2019-01-02,ISL,FIN,190\n"


def brought(root: Path, kind: str, *paths: Path, **more: Any) -> Imported:
    return import_events(root, Order(kind, paths), **more)


def table(root: Path, query: str, name: str = "events") -> list[tuple[Any, ...]]:
    """What a query tells of all rows, named `found`."""
    folder = parts.load(root)
    with duckdb.connect() as con:
        names = [str(folder.path(part)) for part in folder.of(name)]
        found = con.read_parquet(names, hive_partitioning=False)
        con.register("found", found.to_arrow_table())
        return list(con.execute(query).fetchall())


def lines(kind: str, rows: Sequence[Sequence[str]], path: Path) -> Path:
    return published.plain(path, published.text(kind, rows))


@pytest.mark.parametrize("kind", published.KINDS)
def test_every_form_of_a_file_gives_the_same_rows_once(kind: str, tmp_path: Path) -> None:
    rows = [published.row(kind, number) for number in range(25)]
    content = published.text(kind, rows)
    forms = [
        published.plain(tmp_path / "a.csv", content),
        published.gzipped(tmp_path / "a.csv.gz", content),
        published.zipped(tmp_path / "a.zip", content),
        published.parqueted(tmp_path / "a.parquet", kind, rows),
    ]
    for path in forms:
        assert brought(tmp_path / path.suffix, kind, path).counts == Counts(kept=25)
    assert brought(tmp_path / "all", kind, *forms).counts == Counts(kept=25, already=75)


@pytest.mark.parametrize("kind", [kind for kind in published.KINDS if kind != "mentions"])
def test_a_row_says_who_did_what_to_whom_and_whence_it_came(kind: str, tmp_path: Path) -> None:
    brought(tmp_path / "t", kind, lines(kind, [published.row(kind, 0)], tmp_path / "a.csv"))
    query = "SELECT dataset, identifier, CAST(day AS VARCHAR), source, target, place, length(file), line FROM found"
    line = 2 if kind in published.HEADED else 1
    assert table(tmp_path / "t", query) == [(kind, "500", "2019-01-01", "FIN", "ISL", "ISL", 16, line)]


def test_classes_are_those_of_plover(tmp_path: Path) -> None:
    for kind in ("gdelt2", "icews", "polecat", "acled", "ucdp"):
        brought(tmp_path / "t", kind, lines(kind, [published.row(kind, 0)], tmp_path / f"{kind}.csv"))
    found = dict(table(tmp_path / "t", "SELECT dataset, class FROM found"))
    assert found == {"gdelt2": "CONSULT", "icews": "CONSULT", "polecat": "CONSULT", "acled": "ASSAULT", "ucdp": "ASSAULT"}


def test_a_mention_is_kept_with_its_outlet_and_instant(tmp_path: Path) -> None:
    brought(tmp_path / "t", "mentions", lines("mentions", [published.row("mentions", 0)], tmp_path / "m.csv"))
    query = "SELECT dataset, identifier, CAST(mentioned_at AS VARCHAR), outlet, sentence, confidence FROM found"
    assert table(tmp_path / "t", query, "mentions") == [("gdelt2", "500", "2019-01-01 13:00:00", "example.org", 3, 80)]


def test_a_file_of_gdelt_before_the_address_column_is_read(tmp_path: Path) -> None:
    usual = dict(zip(published.columns("gdelt"), published.row("gdelt", 0), strict=True))
    rows = [[usual[name] for name in published.columns("gdelt_57")]]
    assert brought(tmp_path / "t", "gdelt", published.plain(tmp_path / "a.csv", ("\t".join(rows[0]) + "\n").encode())).counts == Counts(kept=1)


def test_dirty_codes_are_read_by_their_root_and_unknown_ones_refused(tmp_path: Path) -> None:
    dirty = [published.row("gdelt2", n, EventCode=code) for n, code in enumerate(("13y", "---", "99", "13"))]
    found = brought(tmp_path / "t", "gdelt2", lines("gdelt2", dirty, tmp_path / "a.csv"))
    assert found.counts == Counts(kept=2, refused=2)
    assert found.reasons == {"no event code of CAMEO": 2}
    assert table(tmp_path / "t", "SELECT DISTINCT class FROM found") == [("THREATEN",)]


def test_refused_rows_stand_in_the_folder_with_line_and_reason(tmp_path: Path) -> None:
    rows = [published.row("icews", 0, **{"Event Date": "yesterday"}), published.row("icews", 1), published.row("icews", 2)[:-3]]
    found = brought(tmp_path / "t", "icews", lines("icews", rows, tmp_path / "a.tab"))
    assert found.counts == Counts(kept=1, refused=1, failed=1)
    told = table(tmp_path / "t", "SELECT line, why FROM found ORDER BY line", "refusals")
    assert told == [(2, "no day that can be read"), (4, "fewer than 20 cells")]


def test_an_identifier_that_is_repeated_on_another_day_is_another_event(tmp_path: Path) -> None:
    days = ("2019-01-01", "2019-01-02", "2019-01-01")
    rows = [published.row("icews", 0, **{"Event Date": day}) for day in days]
    assert brought(tmp_path / "t", "icews", lines("icews", rows, tmp_path / "a.tab")).counts == Counts(kept=2, already=1)


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = lines("gdelt2", [published.row("gdelt2", n) for n in range(30)], tmp_path / "a.csv")
    longer = lines("gdelt2", [published.row("gdelt2", n) for n in range(40)], tmp_path / "b.csv")
    brought(tmp_path / "t", "gdelt2", path)
    before = {each: each.read_bytes() for each in (tmp_path / "t" / "events").rglob("*.parquet")}
    assert brought(tmp_path / "t", "gdelt2", path).counts == Counts(already=30)
    assert {each: each.read_bytes() for each in (tmp_path / "t" / "events").rglob("*.parquet")} == before
    assert brought(tmp_path / "t", "gdelt2", longer).counts == Counts(kept=10, already=30)


def test_rows_met_again_within_one_import_count_once_whatever_waits(tmp_path: Path) -> None:
    paths = [lines("gdelt2", [published.row("gdelt2", n) for n in range(low, low + 30)], tmp_path / f"{low}.csv") for low in (0, 20, 10)]
    for flush in (1, 1000):
        assert brought(tmp_path / str(flush), "gdelt2", *paths, flush=flush).counts == Counts(kept=50, already=40)


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    good = lines("icews", [published.row("icews", 0)], tmp_path / "good.tab")
    bad = published.plain(tmp_path / "bad.zip", b"PK\x03\x04 and no more")
    found = brought(tmp_path / "t", "icews", bad, tmp_path / "absent.tab", good)
    assert found.counts == Counts(kept=1)
    assert [type(error) for error in found.unread] == [SourceError, SourceError]


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = published.gzipped(tmp_path / "a.gz", published.text("gdelt2", [published.row("gdelt2", n, Actor1Name=str(n) * 9) for n in range(3000)]))
    cut = published.plain(tmp_path / "cut.gz", whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    found = brought(tmp_path / "t", "gdelt2", cut)
    assert 1500 < found.counts.kept < 3000
    assert found.counts == Counts(kept=found.counts.kept, failed=1)
    assert found.unread == []


def test_only_one_import_writes_at_a_time(tmp_path: Path) -> None:
    path = lines("icews", [published.row("icews", 0)], tmp_path / "a.tab")
    with parts.writing(tmp_path / "t"), pytest.raises(LedgerBusy):
        brought(tmp_path / "t", "icews", path)


def test_a_place_that_cannot_be_written_to_is_told_and_not_raised_through(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("a file where the folder should be")
    with pytest.raises(LedgerUnwritable, match="event table that can be written to"):
        brought(tmp_path / "t", "icews", lines("icews", [published.row("icews", 0)], tmp_path / "a.tab"))


@pytest.mark.parametrize("form", ["csv", "gz", "zip", "xlsx", "parquet"])
def test_a_table_of_ones_own_comes_in_under_its_map(form: str, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    path = tmp_path / f"own.{form}"
    cells = [line.split(",") for line in OWN.splitlines()]
    if form == "xlsx":
        book = openpyxl.Workbook()
        for row in cells:
            book.worksheets[0].append(row)
        book.save(path)
    elif form == "parquet":
        parquet.write_table(pa.table({name: [row[at] for row in cells[1:]] for at, name in enumerate(cells[0])}), path)
    else:
        {"csv": published.plain, "gz": published.gzipped, "zip": published.zipped}[form](path, OWN.encode())
    order = Order("table", [path], maps.read(tmp_path / "map.yaml"))
    assert import_events(tmp_path / "t", order).counts == Counts(kept=2)
    assert import_events(tmp_path / "t", order).counts == Counts(already=2)
    assert table(tmp_path / "t", "SELECT source, target, class FROM found ORDER BY day") == [("FIN", "ISL", "CONSULT"), ("ISL", "FIN", "ASSAULT")]


def test_a_map_that_names_no_column_of_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    path = published.plain(tmp_path / "own.csv", b"day,from,to\n2019-01-01,FIN,ISL\n")
    with pytest.raises(CaseError, match="when"):
        import_events(tmp_path / "t", Order("table", [path], maps.read(tmp_path / "map.yaml")))


def gold(name: str) -> Path:
    folder = os.environ.get("DETENTE_GOLD")
    if folder is None or not (path := Path(folder).parent / "data" / name).exists():
        pytest.skip("DETENTE_GOLD names no folder with data beside it: real files are not part of the project")
    return path


@pytest.mark.parametrize(("kind", "name", "rows"), [("icews", "icews_events.2018.sample.tab", 3705), ("mentions", "gdelt2_mentions_sample.csv", 199)])
def test_real_samples_come_in_counted_to_the_row(kind: str, name: str, rows: int, tmp_path: Path) -> None:
    path = gold(f"samples/{name}")
    assert brought(tmp_path / "t", kind, path).counts == Counts(kept=rows)
    assert brought(tmp_path / "t", kind, path).counts == Counts(already=rows)


def test_a_year_of_real_events_comes_in_under_a_guessed_map_and_meets_its_own_sample(tmp_path: Path) -> None:
    path, sample = gold("icews18_events.csv.gz"), gold("samples/icews_events.2018.sample.tab")
    text = "dataset: own\ncolumns: {day: date, source: src_iso3, target: tgt_iso3, source_actor: source_entity, code: cameo}\n"
    (tmp_path / "map.yaml").write_text(text + "codes: cameo\n", encoding="utf-8")
    assert import_events(tmp_path / "t", Order("table", [path], maps.read(tmp_path / "map.yaml"))).counts == Counts(kept=468_558)
    brought(tmp_path / "t", "icews", sample)
    number = dict(
        table(tmp_path / "t", f"WITH all_events AS (FROM found) SELECT dataset, count(*) FROM ({counted.sql(('own', 'icews'))}) GROUP BY ALL")
    )
    assert number["own"] == 468_558
    assert number["icews"] < 3705 / 5


def test_the_default_number_of_waiting_rows_bounds_memory() -> None:
    assert arrivals.FLUSH <= 2_000_000
