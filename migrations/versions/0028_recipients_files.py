"""What was filled into the recipient's own file, and what was not, is kept beside it.

Revision 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sent_content", sa.Column("told", sa.Text(), server_default="{}", nullable=False))


def downgrade() -> None:
    """Without it. Statements of SQLite that remove a column look at no row, so what was sent stays as it is."""
    op.drop_column("sent_content", "told")
