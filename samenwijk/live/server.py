"""The server of `samenwijk serve`: uvicorn in this process, told what a live room needs of it."""

import ctypes
import resource
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from samenwijk.live.hub import hub

KEEP_ALIVE = 75
"""Seconds; longer than the 60 that proxies keep an idle connection, so that no request falls in the gap."""
M_ARENA_MAX = -8
"""What `mallopt` of glibc calls the largest number of heaps."""
HEAPS = 2
LOST_AFTER = 40_000
"""Milliseconds after which a phone that acknowledges nothing is gone (it slept or left the building)."""


class Server(uvicorn.Server):
    """Ends the streams at once when asked to stop, so that a restart takes seconds."""

    def __init__(self, config: uvicorn.Config, started: Callable[[str], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self._tell(f"http://{f'[{host}]' if ':' in host else host}:{port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        hub.close()
        await super().shutdown(sockets)


def serve(host: str, port: int, started: Callable[[str], None]) -> bool:
    """Serves until told to stop; False when it could not start."""
    config = uvicorn.Config(
        "samenwijk.config.asgi:application",
        host=host,
        port=port,
        lifespan="on",
        ws="none",
        access_log=False,
        log_config=None,  # what goes wrong is told through our own logging, which keeps secrets
        log_level="warning",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=10,
    )
    allow_many_files()
    share_heaps()
    with listening(host, port) as listener:
        server = Server(config, started)
        server.run(sockets=[listener])
    return server.started


def listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LOST_AFTER)
    listener.bind((host, port))
    return listener


def allow_many_files() -> None:
    """Each phone in a room holds one open line."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def share_heaps() -> None:
    """The threads that make pages share two heaps: glibc gives each its own, and what one frees, no other uses again.

    Saves a tenth of the memory and costs nothing that `bench.w1` can see. Another C library goes without.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)
