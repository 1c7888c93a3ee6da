from __future__ import annotations

import inspect

from detente import errors
from detente.errors import DetenteError, InputError


def test_a_message_says_what_was_expected_what_came_and_what_to_do() -> None:
    error = InputError("a day", came="'soon' came", do="write 2014-05-15")
    assert str(error) == "expected a day, but 'soon' came; write 2014-05-15"
    assert (error.expected, error.came, error.do) == ("a day", "'soon' came", "write 2014-05-15")


def test_the_drawn_tree_names_every_error() -> None:
    every = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, DetenteError)]
    assert all(c.__name__ in (errors.__doc__ or "") for c in every)
