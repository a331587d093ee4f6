"""What `samenwijk demo` wants in the environment before the settings are read, for settings are read once."""

import argparse
import os
import socket
from collections.abc import Sequence

HOST = "127.0.0.1"
PORT = 8000
FOLDER = "samenwijk-demo"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=PORT, help=f"Poort om op te luisteren ({PORT}).")
    parser.add_argument(
        "--lan",
        action="store_true",
        help="Luister op het eigen netwerk, zodat echte telefoons mee kunnen doen. Elke deur krijgt een sleutel.",
    )
    parser.add_argument("--reset", action="store_true", help="Gooi de vorige demo weg en begin opnieuw.")


def prepare(arguments: Sequence[str]) -> None:
    """Demo settings, in a folder of the demo's own unless the environment names one."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_options(parser)
    wanted, _others = parser.parse_known_args([*arguments])
    os.environ["SAMENWIJK_DEMO"] = "1"
    os.environ.setdefault("SAMENWIJK_DATA_DIR", FOLDER)
    os.environ.setdefault("SAMENWIJK_LOG_LEVEL", "ERROR")
    if wanted.lan:
        os.environ["SAMENWIJK_DEMO_LAN"] = "1"
    address = own_address() if wanted.lan else HOST
    os.environ.setdefault("SAMENWIJK_BASE_URL", f"http://{address}:{wanted.port}")


def own_address() -> str:
    """This machine's address on its network. Nothing is sent: a datagram socket only looks up the way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as looking:
        try:
            looking.connect(("192.0.2.1", 9))
            return str(looking.getsockname()[0])
        except OSError:
            return HOST
