"""What is built, installed elsewhere and started there, is the whole product."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager, suppress
from email.parser import Parser
from itertools import chain
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.source import PACKAGE, ROOT, pyproject, python_files, tracked

FIRST_START = 90
LATER_START = 10
HEAVIEST_WHEEL = 5_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_everything_of_the_package_is_in_the_wheel(contents):
    ours = {str(path.relative_to(ROOT)) for path in tracked() if path.is_relative_to(PACKAGE)}
    assert {"samenwijk/ui/static/ui/app.css", "samenwijk/demo/data/kwb-2024/85984NED.csv"} <= ours
    assert not ours - contents


def test_templates_translations_and_static_files_are_in_it(contents):
    for ending in (".html", ".css", ".js", ".woff2", "en/LC_MESSAGES/django.mo", "ATTRIBUTION.md"):
        assert any(name.endswith(ending) for name in contents), ending


def test_licences_and_notices_are_in_it(contents):
    licences = {name.split("/licenses/")[1] for name in contents if ".dist-info/licenses/" in name}
    assert {"THIRD-PARTY-NOTICES.md", *(f"LICENSES/{path.name}" for path in (ROOT / "LICENSES").iterdir())} <= licences


def test_nothing_else_is_in_it(contents):
    assert {name.split("/")[0].rpartition(".")[2] for name in contents} == {"samenwijk", "dist-info"}


def test_it_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(path).decode())
    version = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[1]
    assert (about["Name"], about["Version"], about["License-Expression"]) == ("samenwijk", version, "EUPL-1.2")
    assert wheel.stat().st_size < HEAVIEST_WHEEL


def pinned(name):
    lines = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in lines}


def asked(*groups):
    project = pyproject()["project"]
    return [Requirement(line) for line in [*project["dependencies"], *chain(*groups)]]


def test_the_lock_fits_what_is_asked():
    project = pyproject()
    extra = project["project"]["optional-dependencies"]["pdf"]
    for name, wanted in {
        "run.txt": asked(extra),
        "dev.txt": asked(extra, project["dependency-groups"]["dev"]),
    }.items():
        have = pinned(name)
        wrong = [str(ask) for ask in wanted if not ask.specifier.contains(have.get(canonicalize_name(ask.name), "0"))]
        assert not wrong, f"{name}: run bin/lock"


def test_what_is_tested_is_what_is_installed():
    run, dev = pinned("run.txt"), pinned("dev.txt")
    assert {name: dev.get(name) for name in run} == run


def test_every_part_of_others_is_in_the_notices():
    notices = (ROOT / "THIRD-PARTY-NOTICES.md").read_text()
    frontend = (ROOT / "frontend/package.json").read_text().split('"devDependencies"')[0]
    parts = re.findall(r'"([^"]+)": "(\d[^"]*)"', frontend.split('"dependencies"')[1])
    assert len(parts) > 5
    assert not [part for part in parts if f"### {part[0]} {part[1]}\n" not in notices], "run bin/notices"
    elsewhere = {"async-timeout", "brotlicffi", "colorama", "importlib-metadata"}  # for other systems or Pythons
    rows = {name: version for name, version in pinned("run.txt").items() if name not in elsewhere}
    assert not [name for name, version in rows.items() if f"| {name} | {version} |" not in notices], "run bin/notices"


def test_every_library_we_chose_has_its_reason():
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text().lower()
    chosen = [*asked(), *map(Requirement, pyproject()["project"]["optional-dependencies"]["pdf"])]
    assert not [ask.name for ask in chosen if f"| {ask.name.lower()}" not in reasons]


IMPORTED_AS = {"django-allauth": "allauth", "django-csp": "csp"}
NAMED_IN_SETTINGS = {"psycopg": "postgresql", "argon2-cffi": "Argon2"}


def test_every_library_we_chose_is_used():
    code = "\n".join(path.read_text() for path in python_files())
    for ask in asked():
        name = canonicalize_name(ask.name)
        module = IMPORTED_AS.get(name, name.replace("-", "_"))
        sign = NAMED_IN_SETTINGS.get(name) or rf"(import |from |[\"']){module}\b"
        assert re.search(sign, code), ask.name


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, folder, *, within):
    """The demo in a process group of its own, with an environment that says nothing about this one."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SAMENWIJK_", "DJANGO_"))}
    environment.pop("VIRTUAL_ENV", None)
    log = folder / "output.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield wait_for(f"http://127.0.0.1:{port}/", process, log, within)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def wait_for(address, process, log, within):
    """The front page as soon as it answers."""
    until = time.monotonic() + within
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5) as response:
                return response.read().decode()
        except HTTPError as answer:
            pytest.fail(f"{address} answered {answer.code}:\n{log.read_text()[-4000:]}")
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer within {within} s:\n{log.read_text()[-4000:]}")


@pytest.mark.wheel
def test_an_installed_wheel_starts_its_demo_in_an_empty_folder(wheel, tmp_path):
    uv = str(ROOT / ".venv/bin/uv")
    venv = tmp_path / "venv"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(venv)], check=True)
    install = [uv, "pip", "install", "--quiet", "--python", str(venv / "bin/python")]
    locked = ["--require-hashes", "-r", str(ROOT / "requirements/run.txt")]
    subprocess.run([*install, *locked], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    command = [str(venv / "bin/samenwijk"), "demo"]
    with running(command, empty, within=FIRST_START) as page:
        assert "<h1" in page
    with running(command, empty, within=LATER_START) as page:
        assert "<h1" in page
    assert not (set(os.listdir(empty)) - {"samenwijk-demo", "output.txt"})


@pytest.mark.wheel
@pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git clone")
def test_bin_demo_starts_on_a_clean_clone(tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    with running(["bin/demo"], clone, within=FIRST_START) as page:
        assert "<h1" in page
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert status.stdout.replace("?? output.txt\n", "") == ""
