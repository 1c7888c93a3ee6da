import math
import re
from importlib.resources import files

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente import ontology
from detente.publish import maps

PLACES = st.tuples(st.floats(-89, 89), st.floats(-180, 180))
D3 = [
    ((0, 0), (480, 250)),
    ((0, 180), (958.6923, 250)),
    ((37.5, 127), (794.8508, 134.1938)),
    ((39, -77), (290.2871, 129.5715)),
    ((55.75, 37.6), (564.4443, 79.3019)),
    ((-33.9, 151), (859.4901, 354.6808)),
    ((90, 0), (480, 1.0817)),
]
"""What geoNaturalEarth1 of d3-geo 3.1.2 gives at the scale and middle of web/build.mjs."""


@pytest.mark.parametrize(("place", "drawn"), D3)
def test_places_lie_where_the_outlines_have_them(place: tuple[float, float], drawn: tuple[float, float]) -> None:
    assert maps.point(*place) == pytest.approx(drawn, abs=0.001)


@given(PLACES, PLACES)
def test_an_arc_joins_its_ends_and_never_leaps_across_the_map(start: tuple[float, float], stop: tuple[float, float]) -> None:
    assume(abs(start[1]) < 179.9 and abs(stop[1]) < 179.9)
    pieces = maps.arc(start, stop)
    assert pieces[0][0] == pytest.approx(maps.point(*start), abs=0.01)
    assert pieces[-1][-1] == pytest.approx(maps.point(*stop), abs=0.01)
    assert len(pieces) <= 2
    for piece in pieces:
        assert all(0 <= x <= maps.WIDTH and 0 <= y <= maps.HEIGHT for x, y in piece)


def test_an_arc_over_the_pacific_comes_in_two_pieces_that_meet_at_the_date_line() -> None:
    east, west = maps.between(("PRK", "USA"))
    (x, y), (u, v) = east[-1], west[0]
    assert x == pytest.approx(maps.WIDTH - u)
    assert y == pytest.approx(v)
    assert len(maps.between(("PRK", "RUS"))) == 1


def test_an_arc_is_the_shortest_way() -> None:
    (piece,) = maps.arc((55.75, 37.6), (39.0, 125.8))
    assert min(y for _, y in piece) < maps.point(55.75, 37.6)[1], "the great circle from Moscow to Pyongyang passes further north than both"


def test_the_same_place_and_the_opposite_one_are_drawn_too() -> None:
    assert len(maps.arc((10, 10), (10, 10))) == 1
    assert maps.arc((0, 0), (0, 180))


def test_a_state_without_a_seat_has_no_arc_and_no_name() -> None:
    assert maps.between(("ATA", "USA")) == ()
    assert set(maps.labels(["ATA", "USA", "USA"])) == {"USA"}


def test_names_do_not_lie_over_one_another() -> None:
    placed = maps.labels(["PRK", "KOR", "RUS"])
    assert set(placed) == {"PRK", "RUS"}


def test_seats_are_those_of_known_states() -> None:
    assert set(maps.seats()) <= set(ontology.states())
    assert len(maps.seats()) > 200
    assert all(abs(latitude) < 90 and abs(longitude) <= 180 for latitude, longitude in maps.seats().values())


def test_the_outlines_are_shipped_and_fit_the_map() -> None:
    text = (files("detente") / "data" / "web" / "world.svg").read_text(encoding="utf-8")
    assert re.findall(r'<path id="(\w+)"', text) == ["sea", "land", "borders"]
    numbers = [tuple(map(float, each)) for each in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", text)]
    assert all(0 <= x <= maps.WIDTH and 0 <= y <= maps.HEIGHT for x, y in numbers)
    assert math.isclose(max(x for x, _ in numbers), maps.point(0, 180)[0], abs_tol=0.1)
