"""The data of a contact are deleted for good: nothing of the person is left anywhere, and nothing brings it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.contacts import keeping, queries
from portal.contacts.actions import edit_contact, prolong_contact
from portal.contacts.models import Contact
from portal.desk import actions as desk
from portal.history.actions import undo_change
from portal.history.actions.undoing import RuleBroken
from portal.kernel import clock, transaction
from portal.kernel.asof import as_of
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from portal.ops import schema
from portal.sources.facts import Pair
from tests.contacts.office import MARK, NOON, Office, delete
from tests.factories import contacts


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
