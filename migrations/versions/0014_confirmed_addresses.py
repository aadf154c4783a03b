"""An e-mail address counts once its person opened the link sent to it. Account data, not versioned.

Addresses given before are confirmed like new ones: the link is sent to them first. Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = {"sqlite": sa.String(27), "postgresql": sa.DateTime(timezone=True)}
NOW = {"sqlite": "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'", "postgresql": "now()"}
COLUMNS = ("confirmed_at", "link_wanted_at", "link_sent_at")


def upgrade() -> None:
    engine = op.get_bind().dialect.name
    for column in COLUMNS:
        op.add_column("mail_address", sa.Column(column, INSTANT[engine]))
    op.execute(f"UPDATE mail_address SET link_wanted_at = {NOW[engine]}")


def downgrade() -> None:
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE mail_address DROP COLUMN {column}")
