"""Every setting of the portal: typed, read from the environment, documented in one place.

`Settings.from_environment()` is the only reader of environment variables. `docs/settings.md` is made from this file
(`make docs`); a test keeps the two equal. An empty variable counts as
unset. All bad values are reported together in one line by `BadSetting`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from portal import readings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class BadSetting(ValueError):
    """Some variables cannot be used; the text is one line that names each and says what is accepted."""


def _setting(variable: str, default: Any, default_text: str, read: Callable[[str], Any], says: str) -> Any:
    kept = {"variable": variable, "default": default_text, "read": read, "says": says}
    secret = variable in ("SECRET_KEY", "DATABASE_URL", "PORTAL_MAIL_PASSWORD")  # the address may hold a password
    return field(default=default, repr=not secret, metadata=kept)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator can choose. Construct with keywords (tests) or by `Settings.read(environment)`."""

    host: str = _setting(
        "HOST",
        "127.0.0.1",
        "127.0.0.1",
        readings.host,
        "Address the server listens on. Keep the default behind a reverse proxy on the same machine; 0.0.0.0 "
        "listens on every network.",
    )
    port: int = _setting("PORT", 8000, "8000", readings.whole(1, 65535), "Port the server listens on.")
    data: Path = _setting(
        "PORTAL_DATA",
        ROOT / "var",
        "var/ in the checkout",
        Path,
        "Folder of the SQLite file, the signing key, attachments and logs. Made at the first start, for its "
        "owner only. A relative path starts where the command was given.",
    )
    database: str | None = _setting(
        "DATABASE_URL",
        None,
        "portal.sqlite3 in PORTAL_DATA",
        readings.database,
        "`postgresql://user:password@host/database` or `sqlite:///path/to/file`. PostgreSQL is needed for "
        "several application servers.",
    )
    secret_key: str | None = _setting(
        "SECRET_KEY",
        None,
        "made once and kept in PORTAL_DATA/secret_key, mode 0600",
        readings.secret,
        "Key that signs cookies and form tokens, at least 32 characters. All servers of one portal need the "
        "same. Changing it signs everybody out.",
    )
    lang: str = _setting(
        "PORTAL_LANG", "cs", "cs", readings.one_of("cs", "en"), "Language shown until a person chooses one: cs or en."
    )
    trusted_hosts: tuple[str, ...] | None = _setting(
        "PORTAL_TRUSTED_HOSTS",
        None,
        "HOST and the names of this machine itself; any name if HOST is 0.0.0.0",
        readings.hosts,
        "Host names people use in the address, separated by commas. A request for any other name is refused "
        "(400). Set it whenever the portal has a public name.",
    )
    proxies: int = _setting(
        "PORTAL_PROXIES", 0, "0", readings.whole(0, 9),
        "How many reverse proxies stand in front and set X-Forwarded-For, -Proto and -Host. With 0 these "
        "headers are ignored.",
    )  # fmt: skip
    https: bool | None = _setting(
        "PORTAL_HTTPS",
        None,
        "1 if PORTAL_PROXIES is above 0, else 0",
        readings.yes_or_no,
        "1 if people reach the portal by https: cookies are then sent over https only. 0 for plain http.",
    )
    stale_days: int = _setting(
        "PORTAL_STALE_DAYS", 90, "90", readings.whole(1, 3650),
        "After how many days without a status update an active project counts as stale.",
    )  # fmt: skip
    silent_days: int = _setting(
        "PORTAL_SILENT_DAYS", 90, "90", readings.whole(1, 3650),
        "After how many days without a report, meeting or money a framework in force counts as silent.",
    )  # fmt: skip
    ours: tuple[str, ...] = _setting(
        "PORTAL_OURS", ("mv-cr", "country-cz"), "mv-cr,country-cz", readings.keys,
        "Keys of the organisations and countries that figures mean by us (led by us, through us, our own), separated by commas; "
        "by default the ministry of the seed data and the Czech Republic, for which it acts.",
    )  # fmt: skip
    session_idle_minutes: int = _setting(
        "PORTAL_SESSION_IDLE_MINUTES",
        120,
        "120",
        readings.whole(5, 1440),
        "After how many minutes without a page a person has to sign in again.",
    )
    session_hours: int = _setting(
        "PORTAL_SESSION_HOURS",
        12,
        "12",
        readings.whole(1, 168),
        "After how many hours a person has to sign in again in any case.",
    )
    contact: str | None = _setting(
        "PORTAL_CONTACT",
        None,
        "the portal's administrators",
        readings.line,
        "Where to report what is not accessible: an e-mail address, a telephone number or a sentence, shown to everybody on "
        "the accessibility statement.",
    )
    url: str | None = _setting(
        "PORTAL_URL",
        None,
        "none; needed for e-mail",
        readings.url,
        "Address at which people reach the portal, e.g. https://portal.example.cz/. E-mails link to it.",
    )
    mail_server: str | None = _setting(
        "PORTAL_MAIL_SERVER",
        None,
        "none: no e-mail is sent",
        readings.server,
        "Host that takes e-mail over by SMTP. Needs PORTAL_MAIL_SENDER and PORTAL_URL.",
    )
    mail_port: int = _setting(
        "PORTAL_MAIL_PORT", 25, "25", readings.whole(1, 65535), "Port of the mail server; with tls it is mostly 465."
    )
    mail_sender: str | None = _setting(
        "PORTAL_MAIL_SENDER",
        None,
        "none",
        readings.mailbox,
        "Address that e-mails of the portal come from, without a name.",
    )
    mail_tls: str = _setting(
        "PORTAL_MAIL_TLS",
        "none",
        "none",
        readings.one_of("none", "starttls", "tls"),
        "How the connection is encrypted: none, starttls (refused by the server, nothing is sent) or tls.",
    )
    mail_user: str | None = _setting(
        "PORTAL_MAIL_USER", None, "none", str, "Name with which the portal signs in at the mail server."
    )
    mail_password: str | None = _setting(
        "PORTAL_MAIL_PASSWORD", None, "none", str, "Password at the mail server; shown nowhere."
    )
    jobs: bool = _setting(
        "PORTAL_JOBS",
        True,
        "1",
        readings.yes_or_no,
        "Whether the served process also does the scheduled work (e-mail, daily cleaning). With several servers set 0 on "
        "all of them and run `portal worker` once.",
    )
    threads: int = _setting(
        "PORTAL_THREADS", 8, "8", readings.whole(1, 64), "How many requests one server process answers at once."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from the environment (default: this process's). Raises `BadSetting`; touches no file."""
        environment = os.environ if environment is None else environment
        given, wrong = {}, []
        for one in fields(cls):
            variable = one.metadata["variable"]
            text = environment.get(variable, "").strip()
            if not text:
                continue
            try:
                given[one.name] = one.metadata["read"](text)
            except ValueError as error:
                shown = f", not {text[:60]!r}" if one.repr else ""
                wrong.append(f"{variable} {error}{shown}")
        if "mail_server" in given:
            lacking = [
                v for v, name in (("PORTAL_MAIL_SENDER", "mail_sender"), ("PORTAL_URL", "url")) if name not in given
            ]
            wrong += [
                f"{v} must be set where PORTAL_MAIL_SERVER is" for v in lacking if not environment.get(v, "").strip()
            ]
        if wrong:
            raise BadSetting("; ".join(wrong))
        return cls(**given)

    @property
    def database_url(self) -> str:
        """SQLAlchemy address of the database: the given one, else the SQLite file in `data`."""
        return self.database or f"sqlite:///{self.data.resolve() / 'portal.sqlite3'}"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry `Secure`: as PORTAL_HTTPS says, else only when a proxy stands in front."""
        return self.proxies > 0 if self.https is None else self.https

    @property
    def hosts(self) -> tuple[str, ...] | None:
        """Host names that are answered; None means any (only when listening on every network, unnamed)."""
        if self.trusted_hosts:
            return self.trusted_hosts
        return None if self.listens_everywhere else tuple(dict.fromkeys((self.host.lower(), *LOOPBACK)))

    @property
    def listens_everywhere(self) -> bool:
        """Whether `host` is the wildcard address (0.0.0.0 or ::)."""
        try:
            return ip_address(self.host.strip("[]")).is_unspecified
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the portal, e.g. `http://127.0.0.1:8000/`."""
        host = "127.0.0.1" if self.listens_everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host and '[' not in host else host}:{self.port}/"

    def flask_config(self) -> dict[str, Any]:
        """What Flask and its extensions are told. Makes the signing key on the first call (see `signing_key`)."""
        return {
            "SECRET_KEY": signing_key(self),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "TRUSTED_HOSTS": list(self.hosts) if self.hosts else None,
            "SESSION_COOKIE_NAME": "portal",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "PREFERRED_URL_SCHEME": "https" if self.secure_cookies else "http",
        }


def data_folder(settings: Settings) -> Path:
    """The folder PORTAL_DATA, made (for its owner only) if missing. `BadSetting` if it cannot be used."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"PORTAL_DATA {settings.data} cannot be made: {error.strerror}") from None
    if not os.access(settings.data, os.W_OK | os.X_OK):
        raise BadSetting(f"PORTAL_DATA {settings.data} cannot be written")
    return settings.data


def signing_key(settings: Settings) -> str:
    """SECRET_KEY, else the key kept in PORTAL_DATA; the first call makes it. Two processes get the same."""
    if settings.secret_key:
        return settings.secret_key
    kept = data_folder(settings) / "secret_key"
    if not kept.exists():
        draft = kept.with_name(f"secret_key.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, kept)  # unlike a rename, never replaces the key another process has just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = kept.read_text().strip()
    if len(key) < 32:
        raise BadSetting(f"{kept} holds no key of at least 32 characters; remove it to have a new one made")
    return key


def as_markdown() -> str:
    """`docs/settings.md`, whole."""
    rows = [
        f"| `{one.metadata['variable']}` | {one.metadata['default']} | {one.metadata['says']} |"
        for one in fields(Settings)
    ]
    head = [
        "# Settings",
        "",
        "All settings are environment variables, for example `PORT=8080 make run`. An empty variable",
        "counts as unset. A value that cannot be used stops the command with one line and exit code 2.",
        "",
        "Made from `portal/config.py` by `make docs`.",
        "",
        "| variable | default | what it does |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
