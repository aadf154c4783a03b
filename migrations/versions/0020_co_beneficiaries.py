"""Co-beneficiaries of contracts; flows are found by their day.

Revision 0020, after 0019. The SQL beside this file is frozen per engine (made once by
`python migrations/freeze.py 0020_co_beneficiaries contract_co_beneficiary`).
"""

from pathlib import Path

from alembic import op

from portal.kernel.history import drop_history, history_rebuilt, run_script

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BY_DAY = {
    "flow": ("ix_flow_valued_to", ["valued_to"]),
    "flow_history": ("ix_flow_valued_to_history", ["valued_to", "change_from", "change_to"]),
}


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0020_co_beneficiaries.{connection.dialect.name}.sql")
    run_script(connection, script.read_text(encoding="utf-8"))
    for table, (name, columns) in BY_DAY.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Without co-beneficiaries and what was stated of them."""
    for table, (name, _columns) in BY_DAY.items():
        op.drop_index(name, table)
    drop_history(op.get_bind(), ("contract_co_beneficiary",))
    for name in ("contract_co_beneficiary_history", "contract_co_beneficiary"):
        op.drop_table(name)
    with history_rebuilt(op, ("citation", "statement"), "0020 taken back"):
        for end in ("", "_history"):
            stated = f"(SELECT id FROM statement{end} WHERE field = 'co_beneficiaries')"
            op.execute(f"DELETE FROM citation{end} WHERE statement_id IN {stated}")
            op.execute(f"DELETE FROM statement{end} WHERE field = 'co_beneficiaries'")
