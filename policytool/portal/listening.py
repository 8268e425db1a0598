"""A port of this machine -> a socket that nobody else can reach."""

from __future__ import annotations

import errno
import os
import socket

from policytool.model.unable import UnableError

HOST = "127.0.0.1"
USUAL = 8000
_LAST, _TRIED = 65535, 100


def listen(port: int) -> socket.socket:
    """A socket that listens on a port of 127.0.0.1, a free one for 0. Raises `UnableError` where it may not."""
    try:
        return _bound(port)
    except OSError as error:
        raise _refused(port, error) from error


def address(listening: socket.socket) -> str:
    """Where a browser finds it: "http://127.0.0.1:8000/"."""
    return f"http://{HOST}:{port_of(listening)}/"


def port_of(listening: socket.socket) -> int:
    """The port that a socket listens on."""
    return int(listening.getsockname()[1])


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two programs have one port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, port))
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def _refused(port: int, error: OSError) -> UnableError:
    advice = f"try --port {_free(port)}"
    if error.errno == errno.EADDRINUSE:
        return UnableError(f"port {port} is in use by another program", advice)
    if error.errno == errno.EACCES:
        return UnableError(f"port {port} is for administrators only", advice)
    return UnableError(f"cannot listen on port {port}: {(error.strerror or str(error)).lower()}", advice)


def _free(taken: int) -> int:
    """A port that is free now: the next after the one taken, from the usual one on; 0, any, where none is found."""
    first = max(taken + 1, USUAL)
    for port in range(first, min(first + _TRIED, _LAST + 1)):
        try:
            _bound(port).close()
        except OSError:
            continue
        return port
    return 0
