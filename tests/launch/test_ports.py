"""A taken port is told in one plain line before anything starts."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from interview_coach.kit.errors import CoachError
from interview_coach.launch import ports


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_the_way_out(taken_port: int) -> None:
    with pytest.raises(CoachError, match=rf"Port {taken_port} .* in use.*--port") as raised:
        ports.require_free("127.0.0.1", taken_port)
    assert "\n" not in raised.value.message


def test_a_port_is_free_again_once_its_server_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        freed = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", freed)):
            server.accept()
        with pytest.raises(CoachError, match=f"Port {freed} .* in use"):
            ports.require_free("127.0.0.1", freed)
    # The connection that was open when the server went still lingers; it takes no port away.
    ports.require_free("127.0.0.1", freed)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CoachError, match="not an address of this machine"):
        ports.require_free("192.0.2.1", 3000)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:3000"),
        ("0.0.0.0", "http://127.0.0.1:3000"),
        ("::", "http://[::1]:3000"),
        ("coach.example.org", "http://coach.example.org:3000"),
    ],
)
def test_the_address_shown_can_be_opened_on_this_machine(host: str, address: str) -> None:
    assert ports.page_address(host, 3000) == address
