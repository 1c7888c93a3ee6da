from datetime import date

from detente.coding.events import codes, event
from detente.dates import between, parse
from detente.records import Claim, Party, Span

SPAN = Span(document="doc:1", start=4, stop=9, quote="visit")


def test_event_has_exactly_the_agreed_fields() -> None:
    row = event(Claim(kind="visit", spans=(SPAN,), source=(Party(state="PER"),)))
    fields = "class kind mode source target start end status date_start date_end persons place where probability why"
    assert list(row) == fields.split()


def test_days_are_first_and_last() -> None:
    row = event(Claim(kind="visit", spans=(SPAN,), source=(), valid=between(date(2014, 4, 28), date(2014, 4, 30))))
    assert (row["date_start"], row["date_end"]) == ("2014-04-28", "2014-04-30")


def test_open_end_stays_open() -> None:
    row = event(Claim(kind="visit", spans=(SPAN,), source=(), valid=parse("2014-04-28/..")))
    assert (row["date_start"], row["date_end"]) == ("2014-04-28", None)


def test_each_code_and_person_once() -> None:
    guests = (Party(state="PER", person="Luis Vega"), Party(state="PER"), Party(body="IGONAT"), Party())
    assert codes(guests) == ["PER", "IGONAT"]
    assert event(Claim(kind="visit", spans=(SPAN,), source=guests, target=guests[:1]))["persons"] == ["Luis Vega"]


def test_place_comes_with_number_and_coordinates_or_the_reason_why_not() -> None:
    town = event(Claim(kind="visit", spans=(SPAN,), source=(), place="Vladivostok"))["where"]
    assert town["geonames"] == 2013348 and 43 < town["latitude"] < 44 and town["why_not"] is None
    region = event(Claim(kind="visit", spans=(SPAN,), source=(), place="'Asir"))["where"]
    assert region["geonames"] == 108179 and region["latitude"] is None and region["why_not"] == "a region has no point in the table"
    assert event(Claim(kind="visit", spans=(SPAN,), source=()))["where"]["why_not"] == "no place is told"
