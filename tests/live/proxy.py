"""A proxy on loopback as some networks have one: it holds streams back, or says 503 for a while."""

import socket
import threading
import time
from contextlib import suppress
from typing import ClassVar


class Proxy:
    """Passes requests on, one connection each; of a stream it delivers nothing until the stream ends."""

    BUSY: ClassVar[bytes] = (
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
        b"Connection: close\r\n\r\nbusy\n"
    )

    def __init__(self, port: int, *, holds_streams: bool = False) -> None:
        self.target = port
        self.holds_streams = holds_streams
        self.busy = False
        self.asked: list[str] = []
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._door.getsockname()[1])
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._door.close()
        self.cut()

    def cut(self) -> None:
        """Ends every line that is open now, and those that were just being opened."""
        for _ in range(4):
            for line in list(self._open):
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            time.sleep(0.1)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                threading.Thread(target=self._pass_on, args=(line,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            self._open.add(near)
            head = self._head(near)
            if not head:
                return
            path = head.split(b" ", 2)[1].decode()
            self.asked.append(path)
            if self.busy:
                near.sendall(self.BUSY)
                return
            held = self.holds_streams and "/stream" in path
            with socket.create_connection(("127.0.0.1", self.target), timeout=60) as far:
                self._open.add(far)
                far.sendall(head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
                threading.Thread(target=self._upwards, args=(near, far), daemon=True).start()
                kept = b""
                while piece := far.recv(65536):
                    if held:
                        kept += piece
                    else:
                        near.sendall(piece)
                near.sendall(kept)
                self._open.discard(far)
            # Closing alone tells the browser nothing as long as the other thread still reads from this line.
            near.shutdown(socket.SHUT_RDWR)
        self._open.discard(near)

    @staticmethod
    def _head(line: socket.socket) -> bytes:
        """The head of the request, and what came along of its body; lines about keeping the connection left out."""
        read = b""
        while b"\r\n\r\n" not in read:
            piece = line.recv(65536)
            if not piece:
                return b""
            read += piece
        head, _, body = read.partition(b"\r\n\r\n")
        kept = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"connection:")]
        return b"\r\n".join(kept) + b"\r\n\r\n" + body

    @staticmethod
    def _upwards(near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while piece := near.recv(65536):
                far.sendall(piece)
        with suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)
