"""No table whose history is kept is forgotten by the pages of history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, Table, Text, select
from sqlalchemy.orm import Session

from portal import load_models
from portal.history.rules import UNTOLD
from portal.kernel import transaction
from portal.kernel.history import versioned_tables
from portal.kernel.permission import SYSTEM
from tests.factories import accounts, frameworks, funding, rates
from tests.guards import access_world

TOLD_ELSEWHERE = {
    "comment": "what colleagues say is told where it stands (docs/decisions/0045-desk.md)",
    "task": "what colleagues have to do is told where it stands (docs/decisions/0045-desk.md)",
    "theme": "all of a theme stands in the table of records",
}
"""Tables whose changes are not listed, and why."""
NONE = {"edtf": None, "from": None, "to": None}
WRITTEN = {
    "activity": {"state": "ended"}, "country": {"iso2": "XZ"}, "link": {"relation": "contributes"},
    "milestone": {f"reached_{part}": value for part, value in NONE.items()}, "indicator_value": {"value": Decimal(5)},
    "contract": {"number": "SML/9"}, "monthly_rate": {"current": False},
    "statement": {"certainty": "unsure"}, "follow_up": {"state": "done"}, "donor_file": {"valid_to": date(2001, 6, 30)},
}  # fmt: skip
"""What is written into a row of a table without a text that people wrote."""
TABLES = [table for table in versioned_tables(load_models()) if table.name not in TOLD_ELSEWHERE]


def touch(s: Session, table: Table) -> None:
    """Change one row of a table: a text that people wrote, else what WRITTEN says; a row that has neither is taken away."""
    first = select(table).order_by(*table.primary_key.columns).limit(1)
    row = s.execute(first).mappings().one_or_none()
    assert row is not None, f"{table.name} is empty: let access_world make a row of it"
    which = [key == row[key.name] for key in table.primary_key.columns]
    texts = [c.name for c in table.columns if isinstance(c.type, Text) and not c.foreign_keys and c.name not in UNTOLD]
    texts.sort(key=lambda name: not name.endswith("_cs"))  # others may hold what is not free text, as amounts by year
    written = WRITTEN.get(table.name) or {name: f"{row[name] or ''} dopsáno" for name in texts[:1]}
    s.execute(table.update().where(*which).values(written) if written else table.delete().where(*which))


@pytest.mark.one_engine
def test_a_change_of_any_table_is_shown_to_an_administrator(engine: Engine, client_as) -> None:
    """A new table is told of by `portal.history` (`touched.OWNERS`, `beside`), or stands above with a reason."""
    access_world.build(engine, secrets=False)
    made: dict[str, int] = {}
    with transaction.unit(engine) as s:
        rates.load(s, accounts.person(s, "reporting_officer", login="kurzy"), rates.line("CZK", "2025-03", "25.1"))
        served = frameworks.framework(s, "Slouží i mu")
        project = funding.project(s, "Se všemi množinami", further_frameworks=[served.id], sectors=["15190"])
        funding.contract(s, project, co_beneficiaries=[funding.organisation(s, "Spolupříjemce").id])
    for table in TABLES:
        with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name=SYSTEM.name) as opened:
            touch(s, table)
            made[table.name] = opened.id
    reader = client_as("administrator", lang="en")
    untold = [name for name, i in made.items() if "Nothing you may see." in reader.get(f"/changes/{i}").text]
    assert untold == []
    listed = reader.get("/changes").links()
    assert {f"/changes/{i}" for i in list(made.values())[-10:]} <= set(listed)
