"""Settings: frozen, read from `ELEARNING_*` once, refusing to start half-safe."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from elearning.errors import SettingsInvalid

REDIS = {"redis", "rediss"}
PREFIX = "ELEARNING_"
SECRET_BYTES = 32
SHORTEST_SECRET = 32
HIGHEST_PORT = 65_535
# A worker has a message in hand for ten minutes (services/send_messages.py).
LONGEST_SMTP_TIMEOUT = 60
MOST_LEARNING_DAYS = 90
LAST_HOUR = 23
MOST_ACCOUNT_MONTHS = 24


class Mode(StrEnum):
    """What this installation is for; it decides what is refused at the start."""

    PRODUCTION = "production"
    DEMO = "demo"


class SmtpTls(StrEnum):
    """How the connection to the mail server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, one field per `ELEARNING_*` variable (docs/settings.md)."""

    mode: Mode
    instance: Path
    database_url: str
    jobs_url: str
    secret_key: str
    base_url: str
    content: Path | None
    overlay: Path
    trusted_hosts: tuple[str, ...]
    proxy_hops: int
    timezone: str
    idle_minutes: int
    session_hours: int
    learning_days: int
    retention_hour: int | None
    account_months: int
    smtp_host: str | None
    smtp_port: int
    smtp_tls: SmtpTls
    smtp_user: str | None
    smtp_password: str | None
    smtp_from: str | None
    smtp_timeout: int

    @property
    def has_mail(self) -> bool:
        """Say whether messages can be sent; without a server they wait."""
        return self.smtp_host is not None

    @property
    def erased(self) -> Path:
        """Return the ledger of what was erased, which must outlive the database."""
        return self.instance / "erased"

    @property
    def exports(self) -> Path:
        """Return the folder of the workbooks that are made in the background."""
        return self.instance / "exports"

    @property
    def keys(self) -> Path:
        """Return the folder of the keys that sign certificates."""
        return self.instance / "keys"

    @property
    def is_demo(self) -> bool:
        """Say whether example data and example accounts are offered."""
        return self.mode is Mode.DEMO

    @property
    def is_https(self) -> bool:
        """Say whether browsers reach this installation over TLS, so cookies can insist on it."""
        return self.base_url.startswith("https://")


def variable_names() -> tuple[str, ...]:
    """Return every variable that is read, for the documentation and its test."""
    return tuple(PREFIX + field.name.upper() for field in fields(Settings))


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings; raise `SettingsInvalid` naming every problem at once."""
    values = {
        name.removeprefix(PREFIX).lower(): value.strip()
        for name, value in environ.items()
        if name.startswith(PREFIX) and value.strip()
    }
    problems = [
        f"{PREFIX}{name.upper()} is not a setting; see docs/settings.md"
        for name in sorted(values.keys() - {field.name for field in fields(Settings)})
    ]
    mode = _mode(values, problems)
    instance = Path(values.get("instance", "instance")).resolve()
    base_url = values.get("base_url", "http://127.0.0.1:8000").rstrip("/")
    settings = Settings(
        mode=mode,
        instance=instance,
        database_url=_database_url(values.get("database_url"), instance),
        jobs_url=_jobs_url(values.get("jobs_url"), instance, problems),
        secret_key=_secret_key(values, mode, instance, problems),
        base_url=base_url,
        content=Path(values["content"]).resolve() if "content" in values else None,
        overlay=Path(values.get("overlay", str(instance / "institution.yaml"))).resolve(),
        trusted_hosts=_trusted_hosts(values.get("trusted_hosts"), base_url),
        proxy_hops=_whole(values, "proxy_hops", 0, problems),
        timezone=_timezone(values.get("timezone", "Europe/Amsterdam"), problems),
        idle_minutes=_whole(values, "idle_minutes", 60, problems),
        session_hours=_whole(values, "session_hours", 12, problems),
        learning_days=_whole(values, "learning_days", 30, problems),
        retention_hour=_hour(values, problems),
        account_months=_whole(values, "account_months", 24, problems),
        smtp_host=values.get("smtp_host"),
        smtp_port=_whole(values, "smtp_port", 587, problems),
        smtp_tls=_tls(values, problems),
        smtp_user=values.get("smtp_user"),
        smtp_password=values.get("smtp_password"),
        smtp_from=values.get("smtp_from"),
        smtp_timeout=_whole(values, "smtp_timeout", 10, problems),
    )
    problems += _unsafe(settings)
    if problems:
        raise SettingsInvalid("\n".join(problems))
    return settings


def _mode(values: Mapping[str, str], problems: list[str]) -> Mode:
    try:
        return Mode(values.get("mode", Mode.PRODUCTION))
    except ValueError:
        problems.append(f"{PREFIX}MODE must be one of: {', '.join(Mode)}")
        return Mode.PRODUCTION


def _database_url(url: str | None, instance: Path) -> str:
    if url is None:
        return f"sqlite:///{instance / 'elearning.sqlite3'}"
    scheme, separator, rest = url.partition("://")
    is_plain_postgresql = scheme in {"postgres", "postgresql"}
    return f"postgresql+psycopg{separator}{rest}" if is_plain_postgresql else url


def _jobs_url(url: str | None, instance: Path, problems: list[str]) -> str:
    found = url or f"sqlite:///{instance / 'jobs.sqlite3'}"
    scheme = found.partition(":")[0]
    if scheme in REDIS:
        if find_spec("redis") is None:
            problems.append(f"{PREFIX}JOBS_URL needs the package redis (elearning[redis])")
        return found
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        problems.append(
            f"{PREFIX}JOBS_URL must begin with sqlite:///, postgresql://, redis:// or rediss://"
        )
    return _database_url(found, instance)


def _file_of(url: str) -> Path | None:
    """Return the file of a SQLite database; a server has none."""
    scheme, _, path = url.partition(":///")
    return Path(path).resolve() if scheme.startswith("sqlite") else None


def _hour(values: Mapping[str, str], problems: list[str]) -> int | None:
    if "retention_hour" not in values:
        return None
    hour = _whole(values, "retention_hour", 0, problems)
    if hour > LAST_HOUR:
        problems.append(f"{PREFIX}RETENTION_HOUR must be 0 to {LAST_HOUR}")
    return hour


def _secret_key(values: Mapping[str, str], mode: Mode, instance: Path, problems: list[str]) -> str:
    """Return the key from the environment; a demo writes one to its instance folder once."""
    if "secret_key" in values:
        return values["secret_key"]
    kept = instance / "secret_key"
    if kept.is_file():
        return kept.read_text(encoding="utf-8").strip()
    if mode is Mode.DEMO:
        instance.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(SECRET_BYTES), encoding="utf-8")
        return kept.read_text(encoding="utf-8")
    problems.append(f"{PREFIX}SECRET_KEY is missing, and {kept} does not exist")
    return ""


def _trusted_hosts(listed: str | None, base_url: str) -> tuple[str, ...]:
    if listed is not None:
        return tuple(host.strip() for host in listed.split(",") if host.strip())
    host = urlsplit(base_url).hostname or ""
    return (host, "localhost") if host == "127.0.0.1" else (host,)


def _whole(values: Mapping[str, str], name: str, default: int, problems: list[str]) -> int:
    text = values.get(name, str(default))
    if text.isdecimal():
        return int(text)
    problems.append(f"{PREFIX}{name.upper()} must be a whole number, not {text!r}")
    return default


def _tls(values: Mapping[str, str], problems: list[str]) -> SmtpTls:
    try:
        return SmtpTls(values.get("smtp_tls", SmtpTls.STARTTLS))
    except ValueError:
        problems.append(f"{PREFIX}SMTP_TLS must be one of: {', '.join(SmtpTls)}")
        return SmtpTls.STARTTLS


def _timezone(name: str, problems: list[str]) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        problems.append(f"{PREFIX}TIMEZONE {name!r} is not a time zone")
        return "Europe/Amsterdam"


def _unsafe(settings: Settings) -> list[str]:
    problems = []
    if settings.secret_key and len(settings.secret_key) < SHORTEST_SECRET:
        problems.append(f"{PREFIX}SECRET_KEY must have at least {SHORTEST_SECRET} characters")
    if urlsplit(settings.base_url).scheme not in {"http", "https"}:
        problems.append(f"{PREFIX}BASE_URL must start with https://")
    elif not settings.is_demo and not settings.is_https:
        problems.append(f"{PREFIX}BASE_URL must start with https:// in production")
    if _file_of(settings.jobs_url) in {_file_of(settings.database_url)} - {None}:
        # Two copies of SQLite in one process undo each other's locks on a file (ADR 18).
        problems.append(f"{PREFIX}JOBS_URL must not be the file of {PREFIX}DATABASE_URL")
    if settings.idle_minutes < 1 or settings.session_hours < 1:
        problems.append(f"{PREFIX}IDLE_MINUTES and {PREFIX}SESSION_HOURS must be at least 1")
    if settings.learning_days > MOST_LEARNING_DAYS:
        problems.append(f"{PREFIX}LEARNING_DAYS must be at most {MOST_LEARNING_DAYS}")
    if not 1 <= settings.account_months <= MOST_ACCOUNT_MONTHS:
        problems.append(f"{PREFIX}ACCOUNT_MONTHS must be 1 to {MOST_ACCOUNT_MONTHS}")
    return problems + _unsafe_mail(settings)


def _unsafe_mail(settings: Settings) -> list[str]:
    """Refuse half a mail server, and a password in the clear."""
    problems = []
    if settings.has_mail and "@" not in (settings.smtp_from or ""):
        problems.append(f"{PREFIX}SMTP_FROM must be the address that messages come from")
    if (settings.smtp_user is None) != (settings.smtp_password is None):
        problems.append(f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD belong together")
    if settings.smtp_user is not None and settings.smtp_tls is SmtpTls.NONE:
        problems.append(f"{PREFIX}SMTP_TLS must not be none where there is a password")
    if not 1 <= settings.smtp_port <= HIGHEST_PORT:
        problems.append(f"{PREFIX}SMTP_PORT must be a port, 1 to {HIGHEST_PORT}")
    if not 1 <= settings.smtp_timeout <= LONGEST_SMTP_TIMEOUT:
        problems.append(f"{PREFIX}SMTP_TIMEOUT must be 1 to {LONGEST_SMTP_TIMEOUT} seconds")
    return problems
