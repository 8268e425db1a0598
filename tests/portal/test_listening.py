"""Ports: taken, free, and for whom."""

from __future__ import annotations

import errno
import os

import pytest

from policytool.model.unable import UnableError
from policytool.portal.listening import _refused, address, listen, port_of


def test_any_free_port_is_taken_where_none_is_named() -> None:
    """And it is told which."""
    with listen(0) as first, listen(0) as second:
        assert port_of(first) != port_of(second)
        assert address(first) == f"http://127.0.0.1:{port_of(first)}/"
        assert first.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told_with_one_that_is_free() -> None:
    """The advice can be followed."""
    with listen(0) as taken:
        with pytest.raises(UnableError, match=f"port {port_of(taken)} is in use by another program") as told:
            listen(port_of(taken))
        listen(int(told.value.advice.removeprefix("try --port "))).close()


def test_a_port_can_be_had_again_at_once() -> None:
    """Who stops the server and starts it again need not wait."""
    with listen(0) as first:
        port = port_of(first)
    listen(port).close()


def test_a_port_of_administrators_is_told_as_such() -> None:
    """What to do is a port that anybody may have."""
    error = _refused(80, OSError(errno.EACCES, os.strerror(errno.EACCES)))
    assert str(error) == "port 80 is for administrators only"
    assert int(error.advice.removeprefix("try --port ")) >= 8000


def test_whatever_else_is_wrong_is_told_in_the_words_of_the_system() -> None:
    """No port is left unexplained."""
    error = _refused(65535, OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address"))
    assert str(error) == "cannot listen on port 65535: cannot assign requested address"
