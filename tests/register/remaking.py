"""A file that was sent, made again after a real restart: by a new process that knows nothing but the database.

assert remade(engine, tmp_path, "/sent-files/1") == sha256 of the file
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine

from tests.machine import ROOT


def remade(engine: Engine, folder: Path, address: str) -> str:
    """The SHA-256 of the file at `address`, made from the register by a process of its own. The order of its sets is another,
    as are its time zone, its language and its folder of data: nothing of that may stand in a file."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "4711" else "4711"
    chosen = {
        "DATABASE_URL": engine.url.render_as_string(hide_password=False), "PORTAL_DATA": str(folder / "restarted"),
        "SECRET_KEY": "r" * 32, "PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PORTAL_LANG": "en",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.register.remaking", address.rpartition("/")[2]],
        cwd=ROOT, env=kept | chosen, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def main(sent_file_id: int) -> None:
    from portal import create_app
    from portal.kernel import transaction
    from portal.kernel.db import db
    from portal.kernel.permission import SYSTEM
    from portal.layouts.order import Choices
    from portal.register import making, queries
    from portal.register.making.template import RECIPIENTS, Template
    from portal.register.models import SentFile
    from portal.register.rules import digest

    with create_app().app_context():
        with transaction.unit(db.engine) as s:
            sent = s.get_one(SentFile, sent_file_id)
            of, who = (sent.moment_id, sent.due_report_id), making.seen_by(SYSTEM, queries.unseen(s, sent_file_id))
            told = sent.language, sent.choices
            number, layout = sent.layout_version, sent.layout
        choices = Template.read(number, *told) if layout == RECIPIENTS else Choices.read(layout, *told)
        sys.stdout.write(digest(making.make(db.engine, who, *of, choices, fresh=True).data))


if __name__ == "__main__":
    main(int(sys.argv[1]))
