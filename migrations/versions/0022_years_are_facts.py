"""Co-financing of each budget year is a fact of its own, with the sources that were named for all years together. What is
stated of an amount touches kept summaries, whether it leads or not.

Revision 0022, after 0021. No table changes; what was stated of the years as one text is stated year by year.
"""

import re

import sqlalchemy as sa
from alembic import op

from portal.kernel.history import history_rebuilt

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WHOLE = "cofinancing"
COLUMNS = (
    "record_id", "field", "value", "value_cs", "value_en", "precision", "precision_note_cs", "precision_note_en", "certainty",
    "leading", "reason", "position", "version",
)  # fmt: skip
CITED = ("document_id", "place", "quotation", "quotation_lang", "verbatim", "version")
STATEMENT = sa.table("statement", sa.column("id", sa.Integer), *(sa.column(c) for c in COLUMNS))
CITATION = sa.table("citation", sa.column("id", sa.Integer), sa.column("statement_id"), *(sa.column(c) for c in CITED))
DECIMALS = {"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4} | dict.fromkeys(
    "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
)  # fmt: skip
"""Decimals of currencies other than two (ISO 4217)."""


MARKING = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}


def upgrade() -> None:
    connection = op.get_bind()
    _mark(connection, "('status', 'amount')")
    with history_rebuilt(op, ("citation", "statement"), "0022 states co-financing year by year"):
        for old in connection.execute(_of(STATEMENT.c.field == WHOLE)).mappings().all():
            quoted = (
                connection.execute(sa.select(CITATION).where(CITATION.c.statement_id == old["id"])).mappings().all()
            )
            for year, value in _years(old["value"]):
                values = {c: old[c] for c in COLUMNS} | {"field": f"{WHOLE}_{year}", "value": value, "version": 1}
                made = connection.scalar(sa.insert(STATEMENT).values(values).returning(STATEMENT.c.id))
                for one in quoted:
                    copied = {c: one[c] for c in CITED} | {"statement_id": made, "version": 1}
                    connection.execute(sa.insert(CITATION).values(copied))
            _drop(connection, old["id"])


def downgrade() -> None:
    """One statement for all years of a contract: what leads, as sure as the least sure of them, with all their citations."""
    connection = op.get_bind()
    _mark(connection, "('status')")
    each = STATEMENT.c.field.like(f"{WHOLE}!_%", escape="!")
    with history_rebuilt(op, ("citation", "statement"), "0022 taken back"):
        of: dict[int, list] = {}
        for row in connection.execute(_of(each)).mappings().all():
            of.setdefault(row["record_id"], []).append(row)
        for rows in of.values():
            _join(connection, sorted(rows, key=lambda row: row["field"]))


def _mark(connection, fields: str) -> None:
    """Let statements of these fields mark their record as touched (the triggers of 0019)."""
    written = {
        event: "\n".join(
            f"INSERT INTO public.figure_mark (record_id) SELECT {row}.record_id WHERE {row}.field IN {fields};"
            for row in rows
        )
        for event, rows in MARKING.items()
    }
    if connection.dialect.name == "postgresql":
        body = "\n".join(f"IF TG_OP = '{event.upper()}' THEN\n{text}\nEND IF;" for event, text in written.items())
        op.execute(
            "CREATE OR REPLACE FUNCTION public.kept_statement() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body$\nBEGIN\n{body}\nRETURN NULL;\nEND\n$body$"
        )
        return
    for event, text in written.items():
        name = f"kept_statement_{event}"
        op.execute(f"DROP TRIGGER {name}")
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON statement BEGIN\n {text}\nEND".replace("public.", "")
        )


def _join(connection, rows) -> None:
    led = [row for row in rows if row["leading"] and row["value"] is not None]
    for row in rows:
        if row not in led:
            _drop(connection, row["id"])
    if not led:
        return
    first, *rest = led
    order = ("uncited", "unsure", "public", "document")
    weakest = min((row["certainty"] for row in led), key=order.index)
    text = "; ".join(f"{row['field'][-4:]}: {_written(row['value'])}" for row in led)
    joined = {"field": WHOLE, "value": text, "certainty": weakest, "version": first["version"] + 1}
    connection.execute(sa.update(STATEMENT).where(STATEMENT.c.id == first["id"]).values(joined))
    for row in rest:
        moved = sa.update(CITATION).where(CITATION.c.statement_id == row["id"])
        connection.execute(moved.values(statement_id=first["id"], version=CITATION.c.version + 1))
        _drop(connection, row["id"])


def _of(condition):
    return sa.select(STATEMENT).where(condition).order_by(STATEMENT.c.id)


def _drop(connection, statement_id: int) -> None:
    connection.execute(sa.delete(CITATION).where(CITATION.c.statement_id == statement_id))
    connection.execute(sa.delete(STATEMENT).where(STATEMENT.c.id == statement_id))


def _years(text: str | None) -> list[tuple[str, str]]:
    """[("2014", "CZK 125000000")] of "2014: 1250000.00 CZK": minor units, as amounts are stated."""
    found = []
    for year, amount, code in re.findall(r"(\d{4}): (\d+(?:\.\d+)?) ([A-Z]{3})", text or ""):
        whole, _, part = amount.partition(".")
        found.append((year, f"{code} {int(whole + part.ljust(DECIMALS.get(code, 2), '0')[: DECIMALS.get(code, 2)])}"))
    return found


def _written(value: str) -> str:
    """ "1250000.00 CZK" of "CZK 125000000"."""
    code, minor = value.split(" ")
    places = DECIMALS.get(code, 2)
    digits = minor.rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]} {code}" if places else f"{digits} {code}"
