"""History kept by the database: every versioned table has a twin that triggers fill.

The twin `<table>_history` holds each state a row has had, with `change_from` (the change that made the state) and
`change_to` (the change that ended it, NULL while it lasts). A state is valid for the moments `change_from <= c` and
`c < change_to`. Two writes of one row in one change leave one state; a row made and deleted in one change leaves none.
The triggers see bulk statements, cascades and upserts alike, and refuse any write outside a change, a changed key and
(PostgreSQL) TRUNCATE. No SQL of the portal may say OR REPLACE or OR IGNORE.

`twins`         the twin tables in the metadata;  `shape` what the generators need to know of a table
`sqlite`, `postgresql`   triggers and, on PostgreSQL, the permanent views of the past
`installation`  creating and dropping them, frozen SQL, rebuilding a table in a migration
`checks`        what `portal check` compares
`undo`          taking a change back in a new one
`erasing`       the one exception: personal data that the law wants gone
"""

from portal.kernel.history.checks import Divergence, divergences
from portal.kernel.history.erasing import blank, forget
from portal.kernel.history.installation import (
    create_history,
    drop_history,
    frozen_sql,
    history_rebuilt,
    run_script,
    triggers_sql,
)
from portal.kernel.history.twins import add_twins, twin, versioned_tables

__all__ = [
    "Divergence",
    "add_twins",
    "blank",
    "create_history",
    "divergences",
    "drop_history",
    "forget",
    "frozen_sql",
    "history_rebuilt",
    "run_script",
    "triggers_sql",
    "twin",
    "versioned_tables",
]
