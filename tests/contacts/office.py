"""An office with a contact that left traces everywhere, and what is done with it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from portal.contacts.actions import delete_contact, edit_contact, prolong_contact
from portal.contacts.models import Contact
from portal.desk import actions as desk
from portal.kernel import transaction
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.ops import checks
from portal.sources.actions import Quotation, Support, state
from portal.sources.facts import Pair
from tests.factories import accounts, contacts, funding

MARK = "qzxosoba"
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Office:
    """An organisation with a contact that was written, talked of and changed in every way there is."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.changes: dict[str, int] = {}
        with transaction.unit(engine) as s:
            organisation = funding.organisation(s, "Partner")
            person = accounts.person(s, "editor", login="jana", name="Jana Malá")
            self.jana = accounts.queries.actor_of(s, person)
            self.organisation = organisation.id
        self.day = date(2027, 3, 1)
        with self.changing("enter") as s:
            organisation = s.get_one(Record, self.organisation)
            self.contact = contacts.contact(
                s, organisation, f"{MARK} Anna", self.jana, email=f"{MARK}@example.org", phone="+420 974 811 111",
                function=Pair(f"{MARK} ředitelka", ""), purpose=Pair(f"{MARK} účel", ""), delete_on=self.day,
                note=Pair(f"{MARK} poznámka", ""), language="ka",
            ).id  # fmt: skip
        with self.changing("edit", reason=f"oprava pro {MARK}") as s:
            organisation = s.get_one(Record, self.organisation)
            organisation.note_cs = "změněno zároveň"
            edit_contact(s, self.jana, s.get_one(Contact, self.contact), {"name": Pair(f"{MARK} Anna Nová", "")})
        with self.changing("prolong", reason=f"{MARK} pokračuje") as s:
            one = s.get_one(Contact, self.contact)
            self.day = date(2027, 4, 1)
            prolong_contact(s, self.jana, one, one.version, self.day, Pair("", f"{MARK} purpose"), "pokračuje")
        with self.changing("talk") as s:
            one = s.get_one(Record, self.contact)
            desk.add_comment(s, self.jana, one, f"{MARK} volala")
            desk.make_task(s, self.jana, one, {"title": f"Napsat {MARK}", "assignee": self.jana.person_id})
            desk.follow(s, self.jana, one)
            document = funding.document(s, "Vizitka")
            state(
                s,
                self.jana,
                one,
                "stated_as",
                f"{MARK} řekla",
                Support("document", (Quotation(document.id, "", MARK),)),
            )

    def changing(self, name: str, **given):
        office = self

        class Writing:
            def __enter__(self) -> Session:
                self.unit = transaction.unit(office.engine)
                self.s = self.unit.__enter__()
                given.setdefault("door", "form")
                actor = office.jana
                self.change = change(
                    self.s, actor.person_id, given["door"], actor_name=actor.name, reason=given.get("reason")
                )
                office.changes[name] = self.change.__enter__().id
                return self.s

            def __exit__(self, *error) -> None:
                self.change.__exit__(*error)
                self.unit.__exit__(*error)

        return Writing()

    def traces(self) -> list[str]:
        """Where the mark stands in the database: table.column of every text, history included."""
        found = []
        with self.engine.connect() as connection:
            look = inspect(connection)
            for table in look.get_table_names():
                for column in look.get_columns(table):
                    if str(column["type"]).startswith(("VARCHAR", "TEXT")):
                        asked = (
                            f'SELECT count(*) FROM "{table}" WHERE lower(CAST("{column["name"]}" AS TEXT)) LIKE :mark'
                        )
                        if connection.execute(text(asked), {"mark": f"%{MARK}%"}).scalar():
                            found.append(f"{table}.{column['name']}")
        return sorted(found)

    def in_its_file(self) -> bool:
        """Whether the mark still stands in the bytes of the file of the database; PostgreSQL has none of its own."""
        if self.engine.dialect.name != "sqlite":
            return False
        with self.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        return MARK.encode() in Path(str(self.engine.url.database)).read_bytes()

    def troubles(self) -> list[str]:
        return [line for _name, lines in checks.run(self.engine) for line in lines]


def delete(office: Office) -> None:
    with office.changing("delete") as s:
        delete_contact(s, office.jana, s.get_one(Contact, office.contact))
