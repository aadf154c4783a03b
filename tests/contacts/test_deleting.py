"""The data of a contact are deleted for good: nothing of the person is left anywhere, and nothing brings it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import Session

from portal.contacts import keeping, queries
from portal.contacts.actions import delete_contact, edit_contact, prolong_contact
from portal.contacts.models import Contact, ContactNotice
from portal.desk import actions as desk
from portal.desk.models import Notification
from portal.history.actions import undo_change
from portal.history.actions.undoing import RuleBroken
from portal.kernel import clock, transaction
from portal.kernel.asof import as_of
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import Change, change
from portal.ops import checks, schema
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


@pytest.fixture
def office(engine: Engine) -> Office:
    with clock.stopped_at(NOON):
        yield Office(engine)


def delete(office: Office) -> None:
    with office.changing("delete") as s:
        delete_contact(s, office.jana, s.get_one(Contact, office.contact))


def test_deleting_at_once_leaves_no_trace_of_the_person_and_the_check_green(office: Office) -> None:
    before = office.traces()
    for place in (
        "change.reason", "citation_history.quotation", "comment.text", "comment_history.text", "contact.email",
        "contact_history.purpose_en", "record_history.name_cs", "search_word.word", "statement_history.value", "task.sought",
        "task_history.title",
    ):  # fmt: skip
        assert place in before
    assert office.in_its_file() is (office.engine.dialect.name == "sqlite")
    delete(office)
    assert office.traces() == []
    assert office.troubles() == []
    assert not office.in_its_file()
    with Session(office.engine) as s:
        one = s.get_one(Contact, office.contact)
        assert (one.name_cs, one.name_en) == ("Smazaný kontakt", "Deleted contact")
        assert (one.email, one.phone, one.language, one.delete_on, one.erased_on) == (
            None,
            None,
            None,
            None,
            NOON.date(),
        )
        assert one.organisation_id == office.organisation
        assert list(s.scalars(queries.contacts(SYSTEM))) == []


def test_pages_of_the_past_do_not_know_the_person_either(office: Office) -> None:
    with as_of(office.engine, office.changes["edit"]) as s:
        assert [one.name_cs for one in s.scalars(queries.contacts(SYSTEM))] == [f"{MARK} Anna Nová"]
    delete(office)
    with as_of(office.engine, office.changes["edit"]) as s:
        assert list(s.scalars(queries.contacts(SYSTEM))) == []
        assert s.get_one(Record, office.contact).name_cs == "Smazaný kontakt"
        assert s.get_one(Record, office.organisation).note_cs == "změněno zároveň"


def undo(office: Office, name: str) -> None:
    with office.changing(f"undo of {name}") as s:
        undo_change(s, SYSTEM, s.get_one(Change, office.changes[name]))


def test_no_undo_brings_the_person_back(office: Office) -> None:
    delete(office)
    with pytest.raises(RuleBroken) as broken:
        undo(office, "delete")
    assert broken.value.errors == {"": "contact_erased"}
    undo(office, "edit")  # what else the change touched goes back
    with Session(office.engine) as s:
        assert s.get_one(Record, office.organisation).note_cs == ""
        assert s.get_one(Contact, office.contact).erased_on == NOON.date()
    assert office.traces() == [] and office.troubles() == []


def test_while_the_data_are_kept_an_undo_puts_them_back(office: Office) -> None:
    undo(office, "prolong")
    undo(office, "edit")
    with Session(office.engine) as s:
        one = s.get_one(Contact, office.contact)
        assert (one.name_cs, one.delete_on, one.purpose_en) == (f"{MARK} Anna", date(2027, 3, 1), "")
    assert office.troubles() == []


def test_a_deleted_contact_is_neither_edited_nor_prolonged(office: Office) -> None:
    delete(office)
    with pytest.raises(InvalidInput) as refused, office.changing("late") as s:
        edit_contact(s, office.jana, s.get_one(Contact, office.contact), {"phone": "974 811 112"})
    assert refused.value.errors == {"": "contact_erased"}
    with pytest.raises(InvalidInput), office.changing("later") as s:
        one = s.get_one(Contact, office.contact)
        prolong_contact(s, office.jana, one, one.version, date(2028, 1, 1), Pair("x", ""), "x")


def test_the_job_deletes_on_the_day_and_not_before(office: Office) -> None:
    eve, day = datetime(2027, 3, 31, 21, 59, tzinfo=UTC), datetime(2027, 3, 31, 22, 1, tzinfo=UTC)  # midnight in Prague
    with clock.stopped_at(eve):
        keeping.delete_due(office.engine)
        assert "contact.email" in office.traces()
    with clock.stopped_at(day):
        keeping.delete_due(office.engine)
        assert office.traces() == [] and office.troubles() == []
        with Session(office.engine) as s:
            last = s.scalars(select(Change).order_by(Change.id.desc())).first()
            assert (last.door, last.actor_name, s.get_one(Contact, office.contact).erased_on) == (
                "job",
                "system",
                office.day,
            )
        keeping.delete_due(office.engine)
        with Session(office.engine) as s:
            assert s.scalars(select(Change.id).order_by(Change.id.desc())).first() == last.id


def test_of_a_contact_whose_entering_was_undone_history_forgets_on_the_day_too(office: Office) -> None:
    with office.changing("second") as s:
        organisation = s.get_one(Record, office.organisation)
        second = contacts.contact(s, organisation, f"{MARK} druhá", office.jana, delete_on=date(2026, 12, 9)).id
    delete(office)
    undo(office, "second")
    assert office.traces() == ["record_history.name_cs"]
    with clock.stopped_at(NOON + timedelta(days=10)):
        keeping.delete_due(office.engine)
        assert office.traces() == [] and office.troubles() == []
        with pytest.raises(RuleBroken) as broken:
            undo(office, "undo of second")
        assert broken.value.errors == {"": "contact_erased"}
    with Session(office.engine) as s:
        assert s.get(Contact, second) is None


def test_whoever_keeps_the_contact_is_told_once_and_again_after_prolonging(office: Office) -> None:
    def told() -> list[tuple[int, str]]:
        with Session(office.engine) as s:
            rows = s.execute(
                select(Notification.person_id, Notification.kind).where(Notification.record_id == office.contact)
            )
            return [tuple(row) for row in rows]

    keeping.tell_of_deletion(office.engine)
    assert told() == []
    with clock.stopped_at(datetime(2027, 3, 18, 12, tzinfo=UTC)):
        keeping.tell_of_deletion(office.engine)
        keeping.tell_of_deletion(office.engine)
        assert told() == [(office.jana.person_id, "contact_due")]
        with office.changing("again", reason="trvá") as s:
            one = s.get_one(Contact, office.contact)
            prolong_contact(s, office.jana, one, one.version, date(2027, 3, 30), Pair("dál", ""), "trvá")
        assert told() == []
        keeping.tell_of_deletion(office.engine)
        assert told() == [(office.jana.person_id, "contact_due")]
        delete(office)
        assert told() == []


def test_the_first_is_told_who_sees_it_and_wants_to_hear_of_it_and_till_then_it_is_tried_again(office: Office) -> None:
    def told() -> list[str]:
        keeping.tell_of_deletion(office.engine)
        with transaction.unit(office.engine) as s:
            whom = select(accounts.Person.login).join(Notification, Notification.person_id == accounts.Person.id)
            found = list(s.scalars(whom.where(Notification.kind == "contact_due")))
            assert len(s.scalars(select(ContactNotice)).all()) == bool(found)
            for model in (ContactNotice, Notification):
                s.execute(delete_from(model))
        return found

    with transaction.unit(office.engine) as s:
        actors = [office.jana]
        for role, login in (("administrator", "sprava"), ("editor", "eda"), ("viewer", "divak")):
            actors.append(accounts.queries.actor_of(s, accounts.person(s, role, login=login)))
    with office.changing("hide") as s:
        one = s.get_one(Contact, office.contact)
        one.responsible_id = actors[3].person_id
        for actor in (office.jana, actors[1], actors[2]):
            accounts.actions.name_reader(s, SYSTEM, one, s.get_one(accounts.Person, actor.person_id))
        one.confidential = True
        settle(s, [one])
    with clock.stopped_at(datetime(2027, 3, 18, 12, tzinfo=UTC)):
        found = [told()]  # who answers for it does not see it
        for actor in actors[:3]:
            with transaction.unit(office.engine) as s:
                if actor is office.jana:
                    s.get_one(accounts.Person, actor.person_id).active = False
                else:
                    desk.choose_notifications(s, actor, {"contact_due": False})
            found.append(told())
        with transaction.unit(office.engine) as s:
            desk.choose_notifications(s, actors[1], {"contact_due": True})
        assert [*found, told()] == [["jana"], ["sprava"], ["eda"], [], ["sprava"]]


def test_the_migration_taken_back_leaves_nothing_of_contacts_and_of_what_was_said_of_them(office: Office) -> None:
    with office.changing("others") as s:
        organisation = s.get_one(Record, office.organisation)
        desk.add_comment(s, office.jana, organisation, "zůstává")
        desk.make_task(s, office.jana, organisation, {"title": "Zůstává", "assignee": office.jana.person_id})
    with transaction.unit(office.engine) as s:
        desk.note_opened(s, office.jana, office.contact)
    schema.take_back(office.engine, "0012")
    assert office.traces() == []
    with office.engine.connect() as connection:
        for table, left in (
            ("comment", 1),
            ("task_history", 1),
            ("follow", 0),
            ("notification", 0),
            ("statement_history", 0),
        ):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == left, table
    assert schema.migrate(office.engine).current
    assert office.troubles() == [] and not office.in_its_file()
