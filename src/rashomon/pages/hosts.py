"""Names of servers → addresses that may be connected to.

What is checked is the very address that is connected to, after the name was looked up, so that a name whose answer
changes between two questions gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from functools import cache

from rashomon.pages.tables import rows

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedError(Exception):
    """The server is none that may be connected to; its text is a sentence's end."""


def private(written: str) -> str | None:
    """What the address is where it is no public server's ("a private network"); None where it is."""
    try:
        address: Address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return "no address"
    for inner in (address, *_inside(address)):
        for network, what in _networks():
            if inner.version == network.version and inner in network:
                return what
        if inner is address and not _embeds(address) and not address.is_global:
            return "reserved"
    return None


@cache
def _networks() -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str], ...]:
    return tuple((ipaddress.ip_network(row["network"]), row["what"]) for row in rows("networks"))


def _embeds(address: Address) -> bool:
    return bool(_inside(address))


def _inside(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, compatible, NAT64, 6to4, Teredo, ISATAP."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    out: list[ipaddress.IPv4Address] = []
    if address.ipv4_mapped or (int(address) >> 32 == 0 and int(address) > 1):
        out.append(low)
    if address in ipaddress.IPv6Network("64:ff9b::/96") or int(address) >> 32 & 0xFFFFFFFF in {0x5EFE, 0x02005EFE}:
        out.append(low)
    if int(address) >> 32 == 0xFFFF0000:  # IPv4-translated, ::ffff:0:a.b.c.d
        out.append(low)
    if address.sixtofour:
        out.append(address.sixtofour)
    if address.teredo:
        out += address.teredo
    return tuple(out)


def look_up(host: str, port: int, allow_private: bool, seconds: float) -> list[str]:
    """The addresses of a server that may be connected to, in the system's order; RefusedError where there are none."""
    found = _answer(host, port, seconds)
    if allow_private:
        return found
    public = [address for address in found if private(address) is None]
    if not public:
        what = private(found[0])
        leads = f"it names {what}" if host == found[0] else f"{host} leads to {found[0]} ({what})"
        raise RefusedError(f"{leads}, which is no public address")
    return public


def _answer(host: str, port: int, seconds: float) -> list[str]:
    """The system's answer, waited for no longer than `seconds`: its own waiting has no limit that could be set."""
    out: list[str] = []
    failed: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            out.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            failed.append(getattr(error, "strerror", None) or "its name cannot be one")

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise RefusedError(f"the name {host} was not found within {seconds:.0f} seconds")
    if failed or not out:
        raise RefusedError(f"there is no server called {host} ({failed[0] if failed else 'no address'})")
    return list(out)
