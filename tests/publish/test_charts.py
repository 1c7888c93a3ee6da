from detente.detect.changes import segment
from detente.publish.charts import Drawn, option, picture

COUNTS = (2.0, 3.0, 2.0, 1.0, 3.0, 2.0, 2.0, 3.0, 20.0, 22.0, float("nan"), 25.0, 21.0, 18.0)
DRAWN = Drawn("contact", tuple(f"2013-{i:02d}" for i in range(len(COUNTS))), COUNTS, segment(COUNTS))


def test_a_change_is_a_line_at_its_label() -> None:
    lines = option([DRAWN])["series"][3]["markLine"]["data"]
    assert [line["xAxis"] for line in lines] == ["2013-08"]


def test_what_nobody_read_is_no_bar() -> None:
    assert option([DRAWN])["series"][0]["data"][10] is None


def test_each_series_has_a_panel_of_its_own() -> None:
    assert len(option([DRAWN, DRAWN])["grid"]) == 2
    assert option([])["series"] == []


def test_the_picture_is_an_svg_and_the_same_each_time() -> None:
    drawn = picture([DRAWN])
    assert drawn.startswith("<svg")
    assert "contact" in drawn
    assert drawn == picture([DRAWN])
