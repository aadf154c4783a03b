"""Before a contact is deleted somebody is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.contacts import keeping
from portal.contacts.actions import prolong_contact
from portal.contacts.models import Contact, ContactNotice
from portal.desk import actions as desk
from portal.desk.models import Notification
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.sources.facts import Pair
from tests.contacts.office import Office, delete
from tests.factories import accounts


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
