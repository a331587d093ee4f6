"""The page of a health profile: server time, queries and bytes, beside a bare WSGI program with the same bytes.

    .venv/bin/python -m bench.profile [--rounds 60]

Both answer in this process, without a socket. The first answer, in which the charts are drawn, is told apart.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

Program = Callable[..., Iterable[bytes]]
PAGE = "/wijk/merenwijk/gezondheidsprofiel/"


def environ(path: str, cookie: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
        "HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": cookie, "HTTP_ACCEPT_LANGUAGE": "nl", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip


def asked(program: Program, path: str, cookie: str) -> tuple[float, float, bytes]:
    """Wall and processor seconds of one answer, and its body."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = program(environ(path, cookie), lambda *_head: None)
    body = b"".join(answer)
    took = time.perf_counter() - wall, time.process_time() - cpu
    getattr(answer, "close", lambda: None)()
    return *took, body


def measured(program: Program, path: str, cookie: str, rounds: int) -> str:
    first = asked(program, path, cookie)
    later = [asked(program, path, cookie) for _round in range(rounds)]
    wall = sorted(1000 * one[0] for one in later)
    cpu = statistics.median(1000 * one[1] for one in later)
    return (
        f"wall median {statistics.median(wall):7.2f} ms, p95 {wall[int(rounds * 0.95)]:7.2f} ms, "
        f"processor {cpu:7.2f} ms, first {1000 * first[1]:7.1f} ms of processor"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=60)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="samenwijk-bench-") as folder:
        os.environ |= {
            "SAMENWIJK_DEMO": "1",
            "SAMENWIJK_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "samenwijk.config.settings",
        }
        import django

        django.setup()
        run(rounds)


def run(rounds: int) -> None:
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from samenwijk.demo.world import build_world

    call_command("migrate", verbosity=0)
    world = build_world()
    product = get_wsgi_application()
    for who in ("", "coordinator"):
        client = Client()
        if who:
            client.force_login(world.user(who), backend="django.contrib.auth.backends.ModelBackend")
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        with override_settings(ALLOWED_HOSTS=["*"]), CaptureQueriesContext(connection) as queries:
            body = client.get(PAGE).content
        size = f"{len(body) / 1000:.0f} kB, {len(gzip.compress(body)) / 1000:.1f} kB gzipped"
        print(f"{who or 'visitor'}: {len(queries)} queries, {size}; load {os.getloadavg()[0]:.1f}")
        print("  product ", measured(product, PAGE, cookie, rounds))
        print("  bare    ", measured(bare(body), PAGE, cookie, rounds))


def bare(body: bytes) -> Program:
    def program(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return program


if __name__ == "__main__":
    main()
