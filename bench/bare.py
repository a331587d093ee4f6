"""The least that a Python server could do with the same parts: uvicorn and a2wsgi around stored bytes.

python -m bench.bare FOLDER      answers /NAME with the bytes of FOLDER/NAME; a POST is read and answered too
"""

import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import uvicorn
from a2wsgi import WSGIMiddleware

from samenwijk.config.asgi import PAGE_THREADS

Start = Callable[[str, list[tuple[str, str]]], Any]


def program(folder: Path) -> Any:
    stored: dict[str, tuple[list[tuple[str, str]], bytes]] = {}
    for path in folder.iterdir():
        if path.suffix != ".headers":
            lines = path.with_name(f"{path.name}.headers").read_text().splitlines()
            stored[f"/{path.name}"] = ([pair(line) for line in lines], path.read_bytes())

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        headers, body = stored[environ["PATH_INFO"]]
        start("200 OK", headers)
        return [body]

    return answer


def pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": ")
    return name, value


def main() -> None:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    pages: Any = WSGIMiddleware(program(Path(sys.argv[1])), workers=PAGE_THREADS)
    config = uvicorn.Config(pages, lifespan="off", access_log=False, log_level="warning", ws="none")
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
