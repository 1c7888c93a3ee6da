from pathlib import Path

import pytest

from detente.errors import InputError
from detente.publish import drawing, pictures

BARS = {
    "xAxis": {"type": "category", "data": ["2014"]},
    "yAxis": {"type": "value"},
    "series": [{"type": "bar", "data": [3]}],
}


def test_the_ending_says_the_form() -> None:
    svg = drawing.svg(BARS, width=400, height=200)
    dots = pictures.content(svg, Path("rise.PNG"))
    assert pictures.content(svg, Path("rise.svg")) == svg
    assert isinstance(dots, bytes)
    assert dots.startswith(b"\x89PNG")
    assert dots == pictures.content(svg, Path("rise.png"))


@pytest.mark.parametrize("name", ["rise", "rise.pdf", ".svg"])
def test_another_ending_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="ends in"):
        pictures.form(Path(name))
