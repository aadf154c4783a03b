"""SQL compiled once for all engines of a run: applications are many, their statements the same.

Compiling costs two thirds of the first look at a page. The portal in production keeps one engine and so compiles once; here every
test has an engine of its own. A dialect is part of the key of a compiled statement, so the engines share that too.
"""

from __future__ import annotations

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache

KEPT = 3000
_kept: dict[tuple[type, str], tuple[Dialect, LRUCache]] = {}


@event.listens_for(Engine, "engine_connect")
def share(connection: Connection) -> None:
    """From its first connection on an engine speaks the dialect, and knows the statements, of the first of its kind."""
    engine = connection.engine
    dialect, statements = _kept.setdefault((type(engine.dialect), engine.driver), (engine.dialect, LRUCache(KEPT)))
    connection.dialect = engine.dialect = dialect
    engine._compiled_cache = statements
