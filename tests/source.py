"""The project's own files, as the tests about its shape read them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "samenwijk"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows or would add; in an unpacked archive every file of the source folders."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        folders = ("samenwijk", "tests", "docs", "bin", "frontend/src", "requirements", "bench")
        paths = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return tuple(sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts))


def files(*suffixes: str, under: Path = PACKAGE) -> list[Path]:
    return [path for path in tracked() if path.is_relative_to(under) and path.suffix in suffixes]


def python_files(under: Path = PACKAGE) -> list[Path]:
    return [path for path in files(".py", under=under) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in files(".html", ".txt") if "templates" in path.parts]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def layers() -> dict[str, int]:
    """Each app's height, from the same table that holds the imports: 0 is the lowest."""
    (contract,) = [found for found in pyproject()["tool"]["importlinter"]["contracts"] if found["id"] == "layers"]
    heights = enumerate(reversed(contract["layers"]))
    return {app.strip(): height for height, line in heights for app in line.split("|")}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product as (route, pattern), those of the libraries included."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry


def view_modules() -> list[Path]:
    """The modules that hold views: what an address of ours leads to, and everything that is called views."""
    found = {path for path in python_files() if path.stem == "views" or "views" in path.parent.parts}
    for resolver in (get_resolver(), get_resolver("tests.demo_urls")):
        for _route, pattern in addresses(resolver):
            module = getattr(pattern.callback, "__module__", "")
            if module.startswith("samenwijk."):
                path = ROOT / (module.replace(".", "/") + ".py")
                found.add(path if path.exists() else path.with_suffix("") / "__init__.py")
    return sorted(found)


def called_methods(path: Path) -> Iterator[tuple[int, str]]:
    """Every `something.method(...)` in the file, as (line, method)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr
