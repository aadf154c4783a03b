"""The tables as they lie in the database, read with the plain drivers into frames."""

from __future__ import annotations

import sqlite3
from urllib.parse import unquote, urlsplit

import pandas as pd

TABLES = (
    "record", "project", "framework", "flow", "contract", "addendum", "instrument", "organisation", "participation", "statement",
    "project_country", "project_framework", "status_update",
)  # fmt: skip
Tables = dict[str, pd.DataFrame]


def read(url: str) -> Tables:
    """{table: its rows} of the database at an address as SQLAlchemy writes it. Numbers with gaps stay whole numbers."""
    scheme = urlsplit(url).scheme
    connection = sqlite3.connect(_file(url)) if scheme.startswith("sqlite") else _postgresql(url)
    try:
        cursor = connection.cursor()
        found = {}
        for table in TABLES:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            frame = pd.DataFrame(rows, columns=[column[0] for column in cursor.description], dtype=object)
            found[table] = frame.where(frame.notna(), None)
        return found
    finally:
        connection.close()


def _file(url: str) -> str:
    return unquote(urlsplit(url).path)[1:]


def _postgresql(url: str):
    import psycopg

    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
