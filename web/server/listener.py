"""The socket the server listens on, or why there is none."""

import errno
import socket

from web.exits import ExitCode, Refusal


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, or a ``Refusal`` that says why not."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(target)
        listener.listen()  # only a listening socket keeps a second server from binding beside it
    except OSError as error:
        raise _not_bound(host, port, error) from error
    return listener


def _not_bound(host: str, port: int, error: OSError) -> Refusal:
    place = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return Refusal(
            ExitCode.UNAVAILABLE,
            f"GUANWEN_PORT：{place} 已被占用，请换一个端口",
            f"GUANWEN_PORT: {place} is in use; choose another port",
        )
    return Refusal(
        ExitCode.UNAVAILABLE,
        f"GUANWEN_HOST、GUANWEN_PORT：不能在 {place} 上监听（{error.strerror}）",
        f"GUANWEN_HOST, GUANWEN_PORT: cannot listen on {place} ({error.strerror})",
    )
