"""Reads settings from SAMENWIJK_ environment variables and makes the two things that must exist: a folder and a key."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "SAMENWIJK_"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-8000;"
)


class Environment:
    """The environment as typed values; a value that cannot be read names its variable."""

    def text(self, name: str, default: str) -> str:
        return os.environ.get(PREFIX + name, default)

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").strip().lower()
        if value not in {"1", "0", "true", "false", "yes", "no", "ja", "nee", "on", "off", ""}:
            raise ImproperlyConfigured(f"{PREFIX}{name} must be 1 or 0, not {value!r}.")
        return value in {"1", "true", "yes", "ja", "on"}

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isdigit():
            raise ImproperlyConfigured(f"{PREFIX}{name} must be a whole number, not {value!r}.")
        return int(value)

    def upward(self, name: str, least: int) -> int:
        """A number that may be raised and not lowered: what protects people is not for a setting to take away."""
        value = self.number(name, least)
        if value < least:
            raise ImproperlyConfigured(f"{PREFIX}{name} must be at least {least}.")
        return value

    def directory(self, name: str, default: str) -> Path:
        return Path(self.text(name, default)).expanduser().resolve()

    def secret_key(self, data_dir: Path) -> str:
        """The key from the environment, else one made once and kept in the data folder, readable by its owner only."""
        if key := self.text("SECRET_KEY", ""):
            return key
        path = data_dir / "secret-key"
        if path.exists():
            return path.read_text().strip()
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_urlsafe(64)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(key)
        except FileExistsError:
            return path.read_text().strip()
        return key

    def hosts(self, base_url: str, any_local: bool) -> list[str]:
        if any_local:
            return ["*"]
        named = [host.strip() for host in self.text("ALLOWED_HOSTS", "").split(",") if host.strip()]
        return [*named, urlsplit(base_url).hostname or "localhost", "127.0.0.1", "localhost", "[::1]"]

    def database(self, data_dir: Path) -> dict[str, Any]:
        """SQLite in the data folder, or what SAMENWIJK_DATABASE_URL says (postgresql://user:password@host/name)."""
        url = self.text("DATABASE_URL", "")
        if not url or url.startswith("sqlite:"):
            path = unquote(urlsplit(url).path.removeprefix("/")) if url else ""
            return sqlite(Path(path) if path else data_dir / "samenwijk.sqlite3")
        parts = urlsplit(url)
        if parts.scheme not in {"postgresql", "postgres"}:
            raise ImproperlyConfigured(f"{PREFIX}DATABASE_URL must start with postgresql:// or sqlite://.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": "5", **dict(parse_qsl(parts.query))},
        }

    def cache(self, redis_url: str) -> dict[str, Any]:
        if redis_url:
            return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def sqlite(path: Path) -> dict[str, Any]:
    """One file; writers queue instead of failing (IMMEDIATE), and what is acknowledged is on disk (WAL, FULL)."""
    return {
        "ENGINE": "samenwijk.live.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": SQLITE_PRAGMAS},
    }
