"""The made-up portfolio of a size, for a whole module to read."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from portal.kernel import transaction
from portal.kernel.db import make_engine
from portal.ops.generating import generate
from tests import machine

KEPT = machine.ROOT / "var" / "proof"
SOURCES = ("migrations/versions/*", "portal/ops/generating/*.py", "portal/kernel/**/*.py", "portal/**/models.py")
"""What the rows of a made-up portfolio depend on."""


def portfolio(store, size: int, kept: bool) -> Engine:
    """An engine on a database with so many made-up projects. `kept`: on SQLite the file is taken from var/proof, where it is put
    when it is made, as long as nothing of `SOURCES` changes: making 10,000 projects takes minutes."""
    url = store.copy()
    file = KEPT / f"{size}-{_digest()}.sqlite"
    kept = kept and url.drivername.startswith("sqlite")
    if kept and file.exists():
        shutil.copyfile(file, url.database)
        return make_engine(url, wait=5)
    engine = make_engine(url, wait=5)
    with transaction.unit(engine) as s:
        generate(s, size, 1)
    if kept:
        KEPT.mkdir(parents=True, exist_ok=True)
        for older in KEPT.glob(f"{size}-*.sqlite"):
            older.unlink()
        with closing(sqlite3.connect(url.database)) as connection:
            connection.execute("VACUUM INTO ?", [str(file)])
    return engine


def _digest() -> str:
    found = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in Path(machine.ROOT).glob(pattern) if path.is_file()}):
        if path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
