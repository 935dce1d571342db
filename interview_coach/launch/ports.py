"""Whether a port can be listened on, told before anything is started."""

from __future__ import annotations

import errno
import socket

from interview_coach.kit.errors import CoachError


def require_free(host: str, port: int) -> None:
    """Return when host:port can be bound now; raises CoachError with one plain line when not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise CoachError("host_unknown", f"The host {host} is not known: {error}.") from error
    with socket.socket(family, kind, protocol) as probe:
        # As the server does: without it, connections of an earlier run that linger would count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CoachError("port", _why(host, port, error)) from error


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use. Choose another one with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be opened by this user. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine. Choose another one with --host."
    return f"Port {port} on {host} cannot be opened: {error.strerror}."


def local(host: str) -> str:
    """The host to reach, from this machine, a server that listens on `host`."""
    if host in {"", "0.0.0.0"}:  # noqa: S104 compared only
        return "127.0.0.1"
    return "::1" if host == "::" else host


def page_address(host: str, port: int) -> str:
    """The address to open in a browser on this machine for a server listening on host:port."""
    shown = local(host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
