"""What is done by itself: when, where, and what becomes of a job that fails."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.jobs.schedule import Jobs, of


@pytest.fixture
def jobs(tmp_path):
    made = Jobs(Flask("zkouška"), tmp_path)
    yield made
    made.stop()


def test_a_name_is_registered_once(jobs) -> None:
    jobs.daily("úklid", 2, lambda: None)
    with pytest.raises(ValueError, match="two jobs called úklid"):
        jobs.every_minute("úklid", lambda: None)


def test_a_job_that_fails_is_logged_and_ends_nobody_elses(jobs, caplog) -> None:
    done = []
    jobs.every_minute("chyba", lambda: 1 / 0)
    jobs.every_minute("práce", lambda: done.append(1))
    with caplog.at_level(logging.ERROR, "portal.jobs"):
        jobs.run("chyba")
        jobs.run("práce")
    assert done == [1] and [r.message for r in caplog.records] == ["job chyba failed"]


def test_each_job_is_due_every_minute_or_at_its_hour(jobs) -> None:
    jobs.every_minute("pošta", lambda: None)
    jobs.daily("úklid", 2, lambda: None)
    queue = jobs._queue()
    due = {
        hour: sorted(task.name for task in queue.read_periodic(datetime(2026, 11, 28, hour, minute, tzinfo=UTC)))
        for hour, minute in ((2, 0), (3, 0), (1, 59))
    }
    assert due == {2: ["pošta", "úklid"], 3: ["pošta"], 1: ["pošta"]}
    queue.storage.close()


def test_the_work_begins_once_and_is_stopped_with_the_process(jobs) -> None:
    jobs.every_minute("pošta", lambda: None)
    before = threading.active_count()
    jobs.start()
    begun = threading.active_count()
    jobs.start()
    assert threading.active_count() == begun > before
    jobs.stop()
    assert jobs._consumer is None
    jobs.stop()


def test_the_portal_cleans_up_daily_and_sends_no_mail_without_a_server(app) -> None:
    assert {name: job.hour for name, job in of(app).registered.items()} == {
        "ended sessions": 2, "old notifications": 2, "contacts to be deleted soon": None, "contacts whose day has come": None,
        "values at the end of the quarter": None, "reports due": None, "kept summaries": None,
    }  # fmt: skip
