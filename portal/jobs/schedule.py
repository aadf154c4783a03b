"""What is done by itself, every minute or once a day, and the thread or process that does it.

jobs = schedule.of(app)
jobs.every_minute("mail", send_what_waits)
jobs.daily("purge", 3, forget_old)          # at 3:00 UTC
jobs.start(); jobs.stop()                   # beside the requests of a served process
jobs.work()                                 # a process of its own, until it is told to stop
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

log = logging.getLogger("portal.jobs")


@dataclass(frozen=True)
class Job:
    """Something to do: `hour` (UTC) of each day, or every minute (None)."""

    name: str
    do: Callable[[], object]
    hour: int | None = None


class _Beside(Consumer):
    """A consumer beside something else, which has the signals of the process."""

    def _set_signal_handlers(self) -> None:
        pass


class Jobs:
    """The jobs of one portal. What is queued stands in `folder`/jobs.sqlite3, made when the work begins."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.registered: dict[str, Job] = {}
        self._consumer: Consumer | None = None

    def every_minute(self, name: str, do: Callable[[], object]) -> None:
        """Do this once a minute. A name is registered once."""
        self._register(Job(name, do))

    def daily(self, name: str, hour: int, do: Callable[[], object]) -> None:
        """Do this once a day at this hour (UTC)."""
        self._register(Job(name, do, hour))

    def run(self, name: str) -> None:
        """Do a job now, here. An error is logged, not raised: the next time comes."""
        try:
            with self.app.app_context():
                self.registered[name].do()
        except Exception:
            log.exception("job %s failed", name)

    def start(self) -> None:
        """Begin in threads of this process; begun already, nothing happens."""
        if self._consumer is None and self.registered:
            self._consumer = _Beside(self._queue(), **_OPTIONS)
            self._consumer.start()

    def stop(self) -> None:
        """Let the running job end (at most 20 seconds), and begin no more."""
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._consumer = None

    def work(self) -> None:
        """Work until SIGINT or SIGTERM."""
        Consumer(self._queue(), **_OPTIONS).run()

    def _register(self, job: Job) -> None:
        if job.name in self.registered:
            raise ValueError(f"two jobs called {job.name}")
        self.registered[job.name] = job

    def _queue(self) -> SqliteHuey:
        queue = SqliteHuey("portal", filename=str(self.folder / "jobs.sqlite3"), results=False)
        queue.flush()  # what was missed while nobody worked is found by the next run; none is done twice for it
        for job in self.registered.values():
            when = crontab() if job.hour is None else crontab(minute="0", hour=str(job.hour))
            queue.periodic_task(when, name=job.name)(self._doing(job.name))
        return queue

    def _doing(self, name: str) -> Callable[[], None]:
        return lambda: self.run(name)


_OPTIONS: dict[str, Any] = {"workers": 1, "periodic": True, "max_delay": 5, "shutdown_timeout": 20}


def of(app: Flask) -> Jobs:
    """The jobs of an application."""
    return app.extensions["portal.jobs"]
