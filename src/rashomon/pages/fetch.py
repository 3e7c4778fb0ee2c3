"""URLs → captures: the only place that opens a socket, and only where a command names a URL.

Only http and https are spoken, also after redirects. Each connection is made to an address that was checked, and the
whole of a request has one deadline (see `connections`); what comes is cut at a limit, packed or not. Proxies and
credentials of the environment are not used.
"""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import httpcore
import httpx

from rashomon import __version__
from rashomon.model import Gap, PageGap
from rashomon.pages import hosts, told
from rashomon.pages.captures import Capture
from rashomon.pages.connections import LateError, Transport
from rashomon.pages.limits import FILE_BYTES, Unpacked, size, whole
from rashomon.pages.opening import opened

SECONDS = 60.0
"""From a URL's name to the last byte of its page, all redirects included."""
REDIRECTS = 10

_HEADERS = {
    "User-Agent": f"rashomon/{__version__} (reads single pages that its user names)",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.8,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_STATUS = {
    401: "wants a password",
    402: "wants payment",
    403: "does not let this program in",
    404: "has no such page",
    410: "has taken the page away",
    429: "was asked too often: wait a while",
    451: "may not show the page for legal reasons",
}


# What httpx and its parts raise for servers and URLs, ValueError for names that are none (IDNA).
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
    ValueError,
)


def fetch(url: str, allow_private: bool = False, seconds: float = SECONDS) -> Iterator[Capture | PageGap]:
    """The captures behind a URL, or the gap that says why there are none."""
    shown = bare(url)
    try:
        body, headers, gaps = _fetched(url, allow_private, seconds)
    except hosts.RefusedError as error:
        hint = "" if allow_private or "public" not in str(error) else "; --allow-private lets it be fetched"
        yield PageGap(shown, "page", f"{shown} was not fetched: {error}{hint}.")
        return
    except _FAILURES as error:
        yield PageGap(shown, "page", f"{shown} could not be fetched: {_reason(error)}.")
        return
    except (httpcore.TimeoutException, LateError):
        why = f"{shown} was not fetched: it took longer than {seconds:.0f} seconds, or was silent too long. Try again."
        yield PageGap(shown, "page", why)
        return
    charset = httpx.Response(200, headers=headers).charset_encoding
    known, _ = told.known("", encoding=charset, captured=headers.get("date"))
    for item in opened(io.BytesIO(body), shown, httpx.URL(url).path):
        if isinstance(item, Capture):
            fresh = known if item.known is None and item.address == shown else item.known
            item = Capture(item.address, item.raw, fresh, item.gaps + gaps)
        yield item


def bare(url: str) -> str:
    """The URL without name and password, which are nobody else's business."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return scheme + mark + host.rpartition("@")[2] + slash + path


class Answer(NamedTuple):
    """What a server gave for a URL, redirects followed."""

    status: int
    headers: httpx.Headers
    body: bytes
    """Unpacked; empty where the status is not 200."""
    url: str
    """Where it came from in the end."""
    moved: bool
    """Whether every redirect on the way there was for good."""
    gaps: tuple[Gap, ...]


def answer(
    url: str, allow_private: bool, seconds: float = SECONDS, more: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Answer:  # fmt: skip
    """A server's answer, whatever its status; `more`: headers beside the usual ones, `limit`: bytes that are taken,
    as of a file where null.

    Raises what `failure` has a clause for.
    """
    deadline = time.monotonic() + seconds
    transport = Transport(allow_private, deadline)
    headers = {**_HEADERS, **(more or {})}
    moved = True
    with httpx.Client(transport=transport, headers=headers, trust_env=False, follow_redirects=False) as client:
        request: httpx.Request | None = client.build_request("GET", _spoken(url))
        for _ in range(REDIRECTS + 1):
            if request is None:
                break
            _spoken(str(request.url))
            response = client.send(request, stream=True)
            try:
                if response.next_request is None:
                    body, gaps = _body(response, limit or FILE_BYTES) if response.status_code == 200 else (b"", ())
                    return Answer(response.status_code, response.headers, body, str(request.url), moved, gaps)
                moved = moved and response.status_code in {301, 308}
                request = response.next_request
            finally:
                response.close()
    raise hosts.RefusedError(f"it was redirected more than {REDIRECTS} times, in a circle perhaps")


def post(url: str, body: bytes, headers: Mapping[str, str], allow_private: bool, seconds: float = SECONDS) -> int:
    """The status that a server answers with to what is posted; redirects are not followed. Raises as `answer` does."""
    transport = Transport(allow_private, time.monotonic() + seconds)
    with httpx.Client(transport=transport, headers=_HEADERS, trust_env=False, follow_redirects=False) as client:
        response = client.send(
            client.build_request("POST", _spoken(url), content=body, headers=dict(headers)), stream=True
        )
        response.close()
        return response.status_code


FAILED: tuple[type[Exception], ...] = (hosts.RefusedError, *_FAILURES, httpcore.TimeoutException, LateError)
"""What `answer` raises."""


def failure(error: Exception, seconds: float = SECONDS) -> str:
    """What went wrong with an `answer`, as a clause."""
    if isinstance(error, hosts.RefusedError):
        return str(error)
    if isinstance(error, httpcore.TimeoutException | LateError | httpx.TimeoutException):
        return f"it took longer than {seconds:.0f} seconds, or was silent too long"
    return _reason(error)


def refusal(status: int) -> str:
    """What a status other than 200 means, as a clause."""
    return f"the server {_STATUS.get(status, 'gave no page')} (status {status})"


def _fetched(url: str, allow_private: bool, seconds: float) -> tuple[bytes, httpx.Headers, tuple[Gap, ...]]:
    """The body that a URL leads to, unpacked, with its headers."""
    found = answer(url, allow_private, seconds)
    if found.status != 200:
        raise hosts.RefusedError(refusal(found.status))
    return found.body, found.headers, found.gaps


def _spoken(url: str) -> str:
    """The URL; Refused where its scheme is none that is spoken."""
    scheme = url.partition(":")[0].lower()
    if not scheme.isalpha() or not url.partition("://")[2].strip("/"):
        raise hosts.RefusedError("it names no server: write it whole, as in https://www.example.org/page")
    if scheme not in {"http", "https"}:
        raise hosts.RefusedError(f"only http and https are spoken, not {scheme}: save the page, and name the file")
    return url


def _body(response: httpx.Response, limit: int) -> tuple[bytes, tuple[Gap, ...]]:
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise hosts.RefusedError(f"the server packed it in a way that was not asked for ({packing[:20]})")
    stream: Any = io.BufferedReader(_Raw(response.iter_raw(2**16)))
    unpacked = Unpacked(stream) if packing in {"gzip", "x-gzip"} else None
    body = whole(io.BufferedReader(unpacked) if unpacked else stream, limit + 1)
    gaps: list[Gap] = []
    if len(body) > limit:
        gaps.append(Gap("text", f"Only the first {size(limit)} of the URL were fetched."))
    if unpacked is not None and unpacked.cut:
        gaps.append(Gap("text", f"The page was read up to where {unpacked.cut}: fetch it again."))
    return body[:limit], tuple(gaps)


def _reason(error: Exception) -> str:
    """What went wrong, as a clause that says what to do where something can be done."""
    text = " ".join(str(error).split())[:200].rstrip(".")
    if isinstance(error, ssl.SSLError) or "CERTIFICATE" in text.upper() or "SSL" in text.upper():
        return f"its certificate or its encryption cannot be trusted ({text}); save the page with a browser"
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpcore.UnsupportedProtocol | ValueError):
        return f"it is no URL of a page ({text}); check the spelling"
    return f"the connection failed ({text or type(error).__name__}); try again, or save the page with a browser"


class _Raw(io.RawIOBase):
    """The body's chunks as a stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        part = self._rest[: len(buffer)]
        self._rest = self._rest[len(part) :]
        buffer[: len(part)] = part
        return len(part)
