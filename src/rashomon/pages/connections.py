"""Connections for fetching: each is made to an address that was checked (see `hosts`), and all of a request, from the
name to the last byte, has one deadline."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from rashomon.pages import hosts

SILENCE = 15.0
"""Seconds without a byte."""


class LateError(Exception):
    """The deadline has passed."""


class Transport(httpx.BaseTransport):
    """httpx's way to httpcore, with connections that are made by `_Network`."""

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_Network(allow_private, deadline),
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not read yet."""
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read() or None,
                extensions={"timeout": {"connect": SILENCE, "read": SILENCE, "write": SILENCE, "pool": SILENCE}},
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    """A response's body."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Let go of the connection."""
        self._answer.close()


class _Network(httpcore.NetworkBackend):
    """Connections to checked addresses alone, all under one deadline."""

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the server's addresses that answers."""
        failed: Exception | None = None
        for address in hosts.look_up(host.strip("[]"), port, self._allow_private, _left(self._deadline, timeout)):
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=_left(self._deadline, timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return _Timed(stream, self._deadline)
        raise failed or httpcore.ConnectError("no address")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class _Timed(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline, so that a trickle of bytes does not go on for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes, before the deadline."""
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Bytes, before the deadline."""
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The connection, encrypted; the certificate is checked against the name, not the address."""
        return _Timed(
            self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout)), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells of itself."""
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """Seconds that a step may take; LateError where none are left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise LateError
    return min(left, timeout or SILENCE)
