"""The arrangement of deploy/ as it is shipped, started on loopback with nginx, two processes, PostgreSQL and Redis.

Only ports, names of files and the name of the server are changed; each change must find what it changes.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.live.postgres import Cluster, free_port, program
from tests.live.world import eventually

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
CLI = [sys.executable, "-m", "samenwijk.config.cli"]
HOST = "samenwijk.example.nl"
ROOM = """
from samenwijk.live import tickets
from samenwijk.live.models import Room
room = Room.objects.create()
print(room.pk, tickets.issue(room, "phone", who="ans"))
"""
ANNOUNCE = """
from django.db import transaction
from samenwijk.live.models import Room
with transaction.atomic():
    print(Room.objects.get(pk={room}).announce("step"))
"""
HERE = pytest.mark.skipif(
    os.environ.get("SAMENWIJK_DATABASE_URL", "").startswith("postgres"), reason="done with the tests on SQLite"
)


def value_of(unit: str, name: str) -> str:
    found = re.findall(rf"^{name}=(.*)$", (DEPLOY / "systemd" / unit).read_text(), re.MULTILINE)
    assert len(found) == 1, (unit, name, found)
    return str(found[0])


def with_changes(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"{old!r} is not there any more"
        text = text.replace(old, new)
    return text


class Arrangement:
    """Everything of one server, in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster()
        self.ports = [free_port() for _ in range(5)]
        self.https, self.http, self.redis, *self.pages = self.ports
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {**os.environ, **self._settings(), "PYTHONPATH": str(ROOT)}

    def _settings(self) -> dict[str, str]:
        lines = (DEPLOY / "samenwijk.env").read_text().splitlines()
        shipped = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        assert shipped["SAMENWIJK_DATABASE_URL"].startswith("postgresql:")
        assert shipped["SAMENWIJK_REDIS_URL"] == "redis://127.0.0.1:6390/0"
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        return shipped | {
            "SAMENWIJK_DATA_DIR": str(data),
            "SAMENWIJK_DATABASE_URL": self.cluster.database("samenwijk"),
            "SAMENWIJK_REDIS_URL": f"redis://127.0.0.1:{self.redis}/0",
        }

    def start(self) -> "Arrangement":
        self.cluster.start(self._postgres_settings())
        self.cluster.run("createdb", "-h", "127.0.0.1", "-p", str(self.cluster.port), "-U", "postgres", "samenwijk")
        self._start_redis()
        self.manage(*shlex.split(value_of("samenwijk-migrate.service", "ExecStart"))[1:])
        for port in self.pages:
            self.start_process(port)
        self._start_nginx()
        eventually(lambda: self.curl("/").startswith("HTTP/2 200"), within=90)
        return self

    @staticmethod
    def _postgres_settings() -> str:
        lines = (DEPLOY / "postgresql" / "samenwijk.conf").read_text().splitlines()
        settings = [line.replace(" ", "") for line in lines if line and not line.startswith("#")]
        return " ".join(f"-c {setting}" for setting in settings)

    def _start_redis(self) -> None:
        shipped = (DEPLOY / "redis" / "samenwijk.conf").read_text()
        conf = self.folder / "redis.conf"
        conf.write_text(with_changes(shipped, {"port 6390": f"port {self.redis}"}) + f"dir {self.folder}\n")
        words = shlex.split(value_of("samenwijk-hints.service", "ExecStart"))
        assert words[1:] == ["/etc/samenwijk-redis.conf"]
        self.run("redis", [shutil.which("redis-server") or words[0], str(conf)])

    def start_process(self, port: int) -> None:
        words = shlex.split(value_of("samenwijk@.service", "ExecStart").replace("%i", str(port)))
        assert words[0] == "/opt/samenwijk/bin/samenwijk"
        self.run(f"page-{port}", [*CLI, *words[1:]])

    def _start_nginx(self) -> None:
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        make = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ]
        names = ["-subj", f"/CN={HOST}", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*make, *names], check=True, capture_output=True, timeout=30)
        letters = f"/etc/letsencrypt/live/{HOST}"
        site = with_changes(
            (DEPLOY / "nginx" / "samenwijk.conf").read_text(),
            {
                "127.0.0.1:8001": f"127.0.0.1:{self.pages[0]}",
                "127.0.0.1:8002": f"127.0.0.1:{self.pages[1]}",
                "    listen [::]:80;\n": "",
                "    listen [::]:443 ssl http2;\n": "",
                "listen 80;": f"listen 127.0.0.1:{self.http};",
                "listen 443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
                f"{letters}/fullchain.pem": str(certificate),
                f"{letters}/privkey.pem": str(key),
            },
        )
        temporary = "\n".join(
            f"{name}_temp_path {self.folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        conf = self.folder / "nginx.conf"
        conf.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log;\n"
            f"{'user root;' if os.geteuid() == 0 else ''}\n"
            f"events {{ worker_connections 512; }}\n"
            f"http {{ access_log {self.folder}/access.log;\n{temporary}\n{site}}}\n"
        )
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        checked = subprocess.run(
            [nginx, "-t", "-c", str(conf)], capture_output=True, text=True, timeout=30, check=False
        )
        assert checked.returncode == 0, checked.stderr
        self.run("nginx", [nginx, "-c", str(conf)])

    def run(self, name: str, words: list[str]) -> None:
        with open(self.folder / f"{name}.out", "ab") as out:
            self.processes[name] = subprocess.Popen(words, env=self.environment, stdout=out, stderr=out, cwd=ROOT)

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [*CLI, *words], env=self.environment, capture_output=True, text=True, timeout=90, cwd=ROOT, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def does(self, code: str) -> str:
        return self.manage("shell", "--verbosity", "0", "-c", code)

    def curl(self, path: str, *options: str, seconds: float = 10) -> str:
        """The answer with its head, as a browser over HTTP/2 would get it; what came before the time was up counts."""
        words = ["curl", "-sSikN", "--noproxy", "*", "--http2", "--max-time", str(seconds), *options]
        resolved = ["--resolve", f"{HOST}:{self.https}:127.0.0.1", f"https://{HOST}:{self.https}{path}"]
        done = subprocess.run([*words, *resolved], capture_output=True, timeout=seconds + 10, check=False)
        return done.stdout.decode()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()
            process.wait()
        self.cluster.remove()


@pytest.fixture(scope="module")
def arrangement(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrangement]:
    for name, where in (
        ("nginx", "nginx-light"),
        ("redis-server", "redis-server"),
        ("curl", "curl"),
        ("openssl", "openssl"),
    ):
        if shutil.which(name) is None and not Path("/usr/sbin", name).exists():
            pytest.skip(f"{name} is not installed (apt install {where})")
    made = Arrangement(tmp_path_factory.mktemp("server"))
    try:
        yield made.start()
    finally:
        made.stop()


@HERE
def test_browsers_get_http_2_and_plain_http_is_sent_on(arrangement: Arrangement) -> None:
    front = arrangement.curl("/")
    assert front.startswith("HTTP/2 200")
    assert "strict-transport-security" in front.lower()
    words = [
        "curl",
        "-si",
        "--noproxy",
        "*",
        "--max-time",
        "5",
        "-H",
        f"Host: {HOST}",
        f"http://127.0.0.1:{arrangement.http}/doe-mee/",
    ]
    plain = subprocess.run(words, capture_output=True, text=True, timeout=15, check=False).stdout
    assert " 301 " in plain.splitlines()[0]
    assert f"https://{HOST}/doe-mee/" in plain


@HERE
def test_a_stream_passes_at_once_and_hears_what_another_process_announced(arrangement: Arrangement) -> None:
    number, ticket = arrangement.does(ROOM).split()
    words = [
        "curl",
        "-sNk",
        "--noproxy",
        "*",
        "--http2",
        "--max-time",
        "20",
        "--resolve",
        f"{HOST}:{arrangement.https}:127.0.0.1",
    ]
    line = subprocess.Popen(
        [*words, f"https://{HOST}:{arrangement.https}/live/{ticket}/stream?since=0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert line.stdout is not None
        assert line.stdout.readline() == "event: hello\n"
        assert line.poll() is None, "not held back until the stream ends"
        assert arrangement.does(ANNOUNCE.format(room=number)) == "1"
        assert "id: 1\n" in iter(line.stdout.readline, "")
    finally:
        line.kill()
        line.wait()
        assert line.stdout is not None
        line.stdout.close()


@HERE
def test_one_process_may_die_and_the_pages_go_on(arrangement: Arrangement) -> None:
    port = arrangement.pages[0]
    arrangement.processes[f"page-{port}"].kill()
    arrangement.processes[f"page-{port}"].wait()
    assert all(arrangement.curl("/doe-mee/").startswith("HTTP/2 200") for _ in range(4))
    assert value_of("samenwijk@.service", "Restart") == "always"
    arrangement.start_process(port)


@HERE
def test_tickets_and_secrets_in_addresses_are_not_logged(arrangement: Arrangement) -> None:
    _number, ticket = arrangement.does(ROOM).split()
    arrangement.curl(f"/live/{ticket}/poll?wait=0")
    arrangement.curl("/nood/geheim-op-papier/")
    arrangement.curl("/doe-mee/?zichtbaar")
    log = arrangement.folder / "access.log"
    eventually(lambda: "zichtbaar" in log.read_text())
    assert ticket not in log.read_text()
    assert "geheim-op-papier" not in log.read_text()


@HERE
def test_the_backup_can_be_put_back(arrangement: Arrangement, tmp_path: Path) -> None:
    arrangement.does(ROOM)
    rooms = arrangement.does("from samenwijk.live.models import Room; print(Room.objects.count())")
    dump = program("pg_dump")
    assert dump is not None
    environment = {**arrangement.environment, "PATH": f"{Path(dump).parent}:{os.environ['PATH']}"}
    command = [str(DEPLOY / "backup"), str(tmp_path / "kept")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    copy = Path(done.stdout.strip())
    assert copy.stat().st_mode & 0o077 == 0
    assert (copy.parent / "secret-key").read_bytes() == Path(
        arrangement.environment["SAMENWIJK_DATA_DIR"], "secret-key"
    ).read_bytes()
    cluster = arrangement.cluster
    at = ("-h", "127.0.0.1", "-p", str(cluster.port), "-U", "postgres")
    cluster.run("createdb", *at, "back")
    restore = program("pg_restore")
    assert restore is not None
    subprocess.run([restore, "-d", cluster.database("back"), str(copy)], check=True, capture_output=True, timeout=60)
    psql = [program("psql") or "psql", cluster.database("back"), "-Atc", "SELECT count(*) FROM live_room"]
    assert subprocess.run(psql, capture_output=True, text=True, check=True, timeout=30).stdout.strip() == rooms


@HERE
def test_a_backup_of_sqlite_is_a_whole_database(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    data = tmp_path / "data"
    data.mkdir()
    with closing(sqlite3.connect(data / "samenwijk.sqlite3")) as database, database:
        database.execute("CREATE TABLE kept (words TEXT)")
        database.execute("INSERT INTO kept VALUES ('een bankje')")
    environment = {"PATH": os.environ["PATH"], "SAMENWIJK_DATA_DIR": str(data), "SAMENWIJK_PYTHON": sys.executable}
    command = [str(DEPLOY / "backup"), str(tmp_path / "kept")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(done.stdout.strip())) as copy:
        assert copy.execute("SELECT words FROM kept").fetchall() == [("een bankje",)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_every_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for other in UNITS:
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", other.read_text(), flags=re.MULTILINE)
        (tmp_path / other.name).write_text(text)
    name = unit.name.replace("@.", "@8001.")
    if name != unit.name:
        (tmp_path / name).symlink_to(tmp_path / unit.name)
    words = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / name)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
    wrong = [line for line in done.stderr.splitlines() if unit.name.split("@")[0] in line and "not found" not in line]
    assert wrong == [], done.stderr


def test_the_container_copies_what_is_there_and_serves_as_no_root() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert "USER samenwijk" in text
    assert "--require-hashes" in text


def test_the_table_names_every_file() -> None:
    table = (DEPLOY / "README.md").read_text()
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.name != "README.md":
            assert path.name in table or path.stem in table, path
