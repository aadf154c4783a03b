"""The production server: gunicorn, one process with threads, configured from the settings alone."""

from __future__ import annotations

import errno
import logging.config
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from portal.config import ROOT, BadSetting, Settings, data_folder
from portal.jobs import schedule

_FILE = {"class": "logging.handlers.RotatingFileHandler", "maxBytes": 10_000_000, "backupCount": 9}


def logging_config(settings: Settings) -> dict[str, Any]:
    """Requests to `PORTAL_DATA/logs/access.log`, all else to `portal.log`, warnings to the terminal too."""
    folder = data_folder(settings) / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "request": {"format": "%(message)s"},
        },
        "handlers": {
            "terminal": {"class": "logging.StreamHandler", "level": "WARNING", "formatter": "line"},
            "file": {**_FILE, "filename": str(folder / "portal.log"), "formatter": "line"},
            "requests": {**_FILE, "filename": str(folder / "access.log"), "formatter": "request"},
        },
        "root": {"level": "INFO", "handlers": ["terminal", "file"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["terminal", "file"], "propagate": False},
            "huey": {"level": "WARNING"},  # tells of each job, every minute
            "alembic": {"level": "WARNING"},  # says two lines each time somebody asks /healthz
            "gunicorn.access": {"level": "INFO", "handlers": ["requests"], "propagate": False},
        },
    }


class Server(BaseApplication):
    """gunicorn serving `app:app`. The database must have been migrated before: workers never do it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        host = self.settings.host.strip("[]")
        options = {
            "bind": f"{f'[{host}]' if ':' in host else host}:{self.settings.port}",
            # One process: counters of failed sign-ins and rotated logs need no store that processes share.
            "workers": 1,
            "worker_class": "gthread",
            "threads": self.settings.threads,
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "limit_request_line": 8190,  # a list with every filter set is one long address
            "proc_name": "portal",
            "logconfig_dict": logging_config(self.settings),
            # Forwarded headers are judged once, in the application, by PORTAL_PROXIES.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "control_socket_disable": True,
            "post_worker_init": _begin,
            "worker_exit": _end,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        if str(ROOT) not in sys.path:
            sys.path.insert(0, str(ROOT))
        return import_app("app:app")


def _begin(worker: Any) -> None:
    if worker.app.settings.jobs:
        schedule.of(worker.app.wsgi()).start()
    _announce(worker)


def _end(_server: Any, worker: Any) -> None:
    if worker.app.settings.jobs and worker.app.callable is not None:
        schedule.of(worker.app.callable).stop()


def _announce(worker: Any) -> None:
    if worker.age == 1:  # not again when a worker that died has been replaced
        print(f"\nPortal: {worker.app.settings.address}   (Ctrl+C stops it)", flush=True)  # noqa: T201


def serve(settings: Settings) -> None:
    """Serve until told to stop (SIGINT, SIGTERM). Raises `BadSetting` if HOST and PORT cannot be used."""
    check_free(settings)
    Server(settings).run()


def work(settings: Settings) -> None:
    """Do the scheduled work until told to stop, for servers that run with PORTAL_JOBS=0."""
    from portal import create_app

    logging.config.dictConfig(logging_config(settings))
    schedule.of(create_app(settings)).work()


def check_free(settings: Settings) -> None:
    """Raise `BadSetting` if something else listens on HOST and PORT or the address is not this machine's."""
    host = settings.host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BadSetting(f"PORT {settings.port} is in use on {host}; choose another (PORT=…)") from None
        raise BadSetting(f"HOST {host}, PORT {settings.port} cannot be used: {error.strerror}") from None
