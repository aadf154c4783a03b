"""The core portfolio with its history.

Revision 0001. The SQL beside this file is frozen per engine (made once by `python migrations/freeze.py 0001_core`).
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0001_core.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Back to an empty database. All data is lost, which is why it asks for nothing else to be left."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("DROP SCHEMA IF EXISTS asof CASCADE"))
    metadata = sa.MetaData()
    metadata.reflect(connection)
    metadata.remove(metadata.tables["alembic_version"])
    metadata.drop_all(connection)
    if connection.dialect.name == "postgresql":
        functions = "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        for name in connection.scalars(sa.text(f"{functions} AND prorettype = 'trigger'::regtype")).all():
            connection.execute(sa.text(f"DROP FUNCTION {name}"))
