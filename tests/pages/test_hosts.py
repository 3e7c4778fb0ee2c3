"""Which addresses are refused, however they are written, before any socket is opened."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from rashomon.pages import hosts
from rashomon.pages.tables import rows


@pytest.mark.parametrize("row", rows("networks"), ids=lambda row: row["network"])
def test_networks_that_are_not_public(row: dict[str, str]) -> None:
    assert hosts.private(row["example"]) == row["what"]


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1",  # IPv4-mapped
        "::ffff:10.0.0.1",
        "::127.0.0.1",  # IPv4-compatible
        "::ffff:0:127.0.0.1",  # IPv4-translated
        "64:ff9b::127.0.0.1",  # NAT64
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",  # 6to4
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
        "2a00:1450::5efe:10.0.0.1",  # ISATAP
        "fe80::1%eth0",
        "nonsense",
        "",
    ],
)
def test_private_addresses_in_disguise(address: str) -> None:
    assert hosts.private(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::"]
)
def test_public_addresses(address: str) -> None:
    assert hosts.private(address) is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "127.1",
        "0",
        "localhost",
        "::1",
        "::ffff:7f00:1",
    ],
)
def test_the_systems_own_readings_of_a_host_are_checked(host: str) -> None:
    with pytest.raises(hosts.RefusedError, match=r"no public address|no server"):
        hosts.look_up(host, 80, False, 5)


def answering(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Have the system answer with these addresses."""

    def getaddrinfo(*args: Any, **more: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, 80)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "10.0.0.5")
    with pytest.raises(hosts.RefusedError, match=r"leads to 10\.0\.0\.5 \(a private network\)"):
        hosts.look_up("ormsk.example", 80, False, 5)
    assert hosts.look_up("ormsk.example", 80, True, 5) == ["10.0.0.5"]


def test_of_a_mixed_answer_only_public_addresses_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "127.0.0.1", "93.184.216.34", "93.184.216.34", "::1")
    assert hosts.look_up("ormsk.example", 80, False, 5) == ["93.184.216.34"]


def test_names_that_are_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **more: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(hosts.RefusedError, match=r"there is no server called ormsk\.example"):
        hosts.look_up("ormsk.example", 80, True, 5)


def test_a_name_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: never.wait(5) and [])
    with pytest.raises(hosts.RefusedError, match="not found within"):
        hosts.look_up("ormsk.example", 80, True, 0.05)
    never.set()
