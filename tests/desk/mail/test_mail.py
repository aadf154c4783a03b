"""Notifications by e-mail: who chooses what, what is sent to whom and when, and what becomes of mail the server refuses."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from jinja2 import UndefinedError
from sqlalchemy import func, select

from portal import create_app
from portal.accounts.actions import purge_sessions
from portal.accounts.models import SignIn
from portal.desk import actions, mailing
from portal.desk.mailing import forget
from portal.desk.models import MailAddress, Notification, NotificationChoice
from portal.jobs.schedule import of
from portal.kernel import clock, transaction
from portal.kernel.errors import ImportRunning
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.obligations import keeping
from tests.desk.mail.office import comment, send, wants
from tests.factories import contacts, obligations, partners
from tests.fixtures import dispose, settings_for


def test_mail_says_what_happened_leads_to_the_record_and_repeats_no_text(office, sink) -> None:
    wants(office, "petr", "at_once")
    comment(office, "jana", "@petr Tajemství dvora")
    send(office)
    [(to, mail)] = sink.kept
    assert to == "petr@example.org"
    assert mail["Subject"] == "Portál mezinárodní spolupráce: Zmínka o vás v komentáři (Jana Malá)."
    assert (mail["From"], mail["Auto-Submitted"]) == ("portal@example.org", "auto-generated")
    text = mail.get_content()
    assert "ERIS" in text and f"https://portal.example.org/projects/{office.records['ERIS']}" in text
    assert "https://portal.example.org/account/notifications" in text and "Tajemství" not in text
    send(office)
    send(office, digest=True)
    assert len(sink.kept) == 1


def test_mail_of_a_task_of_a_private_person_names_nobody(office, sink) -> None:
    wants(office, "petr", "at_once")

    def entrust(s, actor, of) -> None:
        contact = contacts.contact(s, partners.organisation(s, "Partner"), "Nino Gelašvili", actor)
        for record, title in ((contact, "Zavolat Nino Gelašvili"), (of("ERIS"), "Poslat zprávu")):
            actions.make_task(s, actor, record, {"title": title, "assignee": office.people["petr"]})
        office.records["kontakt"] = contact.id

    office.write("jana", entrust)
    send(office)
    [(_to, mail)] = sink.kept
    text = mail.get_content()
    assert f"https://portal.example.org/contacts/{office.records['kontakt']}" in text
    assert "Poslat zprávu" in text and "Nino" not in text and "Nino" not in mail["Subject"]


def test_mail_is_in_the_language_of_the_person(office, sink) -> None:
    wants(office, "petr", "at_once", lang="en")
    comment(office, "jana", "@petr Hello")
    send(office)
    assert sink.kept[0][1]["Subject"] == "Portal of International Cooperation: Jana Malá mentioned you in a comment."


def test_mail_of_a_report_names_its_day_and_that_it_has_passed(office, sink) -> None:
    wants(office, "petr", "at_once", "report_due")
    with transaction.unit(office.engine) as s:
        place = s.get_one(Record, office.records["ERIS"])
        obligations.due_report(s, place, ends=When("2014-12-31"), responsible=office.people["petr"])
    with clock.stopped_at(datetime(2015, 3, 10, 12, tzinfo=UTC)):
        keeping.remind(office.engine)
        send(office)
    assert "se měla podat do 1. 3. 2015" in sink.kept[0][1]["Subject"].replace("\xa0", " ")


def test_a_digest_is_one_mail_a_day_with_all_that_was_not_read(office, sink) -> None:
    wants(office, "petr", "daily")
    for text in ("@petr jedna", "@petr dvě", "@petr tři"):
        comment(office, "jana", text)
    send(office)
    assert sink.kept == []
    with transaction.unit(office.engine) as s:
        s.scalars(select(Notification)).first().read_at = clock.present()
    send(office, digest=True)
    [(_to, mail)] = sink.kept
    assert mail["Subject"] == "Portál mezinárodní spolupráce: 2 oznámení"
    assert mail.get_content().count("Zmínka o vás v komentáři (Jana Malá).") == 2


def test_who_chose_no_mail_or_gave_no_address_is_sent_none(office, sink) -> None:
    wants(office, "petr", "none")
    wants(office, "eva", "at_once")
    office.write("eva", lambda s, actor, r: actions.choose_mail(s, actor, "", {}))
    comment(office, "jana", "@petr @eva")
    send(office)
    send(office, digest=True)
    assert sink.kept == []


def test_nothing_is_sent_of_a_record_hidden_since(office, sink) -> None:
    wants(office, "petr", "at_once")
    wants(office, "eva", "at_once")
    comment(office, "jana", "@petr @eva")
    office.hide("ERIS", "jana", "petr")
    send(office)
    assert [to for to, _mail in sink.kept] == ["petr@example.org"]
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count(Notification.id)).where(Notification.mailed_at.is_(None))) == 0


def test_what_is_two_days_old_is_not_sent_to_whoever_asks_for_mail_today(office, sink) -> None:
    comment(office, "jana", "@petr")
    wants(office, "petr", "at_once")
    send(office, later=timedelta(days=2, minutes=1))
    assert sink.kept == []


def test_mail_that_is_refused_is_tried_again_three_times_and_given_up(office, sink, caplog) -> None:
    wants(office, "petr", "at_once")
    comment(office, "jana", "@petr")
    sink.refusing = True
    with caplog.at_level(logging.WARNING, "portal.mail"):
        for minutes, tries in ((0, 1), (0, 1), (2, 2), (5, 2), (13, 3), (80, 4), (600, 4)):
            send(office, later=timedelta(minutes=minutes))
            with transaction.unit(office.engine) as s:
                assert s.scalars(select(Notification.mail_tries)).one() == tries
    assert len(caplog.records) == 4
    assert "given up" in caplog.records[-1].getMessage() and "petr@example.org" not in caplog.text
    sink.refusing = False
    send(office, later=timedelta(minutes=700))
    assert sink.kept == []


def test_mail_that_was_refused_once_arrives_later(office, sink) -> None:
    wants(office, "petr", "daily")
    comment(office, "jana", "@petr")
    sink.refusing = True
    send(office, digest=True)
    sink.refusing = False
    send(office, later=timedelta(minutes=2))
    assert [to for to, _mail in sink.kept] == ["petr@example.org"]


def test_a_failure_of_one_keeps_nobody_waiting_and_what_is_gone_is_not_sent_again(
    office, sink, monkeypatch, caplog
) -> None:
    for who in ("petr", "eva"):
        wants(office, who, "at_once")
    comment(office, "jana", "@petr @eva")
    letter, note, busy = mailing._letter, actions.note_mailed, [1, 2]

    def worded(app, s, person_id, ids):
        assert not s.connection().info.get("portal.writer"), "nothing is drawn while the lock is held"
        if person_id == office.people["petr"]:
            raise UndefinedError("petr@example.org has no such thing")
        return letter(app, s, person_id, ids)

    def noted(*given) -> None:
        if busy:
            busy.pop()
            raise ImportRunning()
        note(*given)

    monkeypatch.setattr(mailing, "_letter", worded)
    monkeypatch.setattr(actions, "note_mailed", noted)
    send(office)
    assert [to for to, _mail in sink.kept] == ["eva@example.org"] and not busy
    assert "UndefinedError" in caplog.text and "petr@example.org" not in caplog.text
    monkeypatch.setattr(mailing, "_letter", letter)
    send(office, later=timedelta(minutes=2))
    assert [to for to, _mail in sink.kept] == ["eva@example.org", "petr@example.org"]


def test_a_notification_is_claimed_by_one_sender_only(office) -> None:
    wants(office, "petr", "at_once")
    comment(office, "jana", "@petr")
    with transaction.unit(office.engine) as s:
        notice = s.scalars(select(Notification.id)).one()
        assert actions.claim_mail(s, SYSTEM, {notice: 0}) == [notice]
    with transaction.unit(office.engine) as s:
        assert actions.claim_mail(s, SYSTEM, {notice: 0}) == []


def test_a_person_chooses_address_and_ways_on_the_page_of_notifications(office, sink) -> None:
    petr = office.browser("petr")
    page = petr.get("/account/notifications")
    assert page.value("mail_mention") == "none" and page.value("address") == ""
    wrong = petr.submit(page, 422, address="petr na example")
    assert "example.org" in wrong.errors()[0]
    petr.submit(page, address="Petr@Example.org", mail_mention="at_once", mail_comment="daily")
    again = petr.get("/account/notifications")
    assert (again.value("address"), again.value("mail_mention"), again.value("mail_comment")) == (
        "petr@example.org", "at_once", "daily",
    )  # fmt: skip
    petr.submit(again, address="")
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count()).select_from(MailAddress)) == 0
        ways = dict(s.execute(select(NotificationChoice.kind, NotificationChoice.mail)).all())
    assert ways["mention"] == "at_once" and ways["change"] == "none"


def test_a_way_that_is_none_is_refused(office) -> None:
    petr = office.browser("petr")
    page = petr.get("/account/notifications")
    assert petr.submit(page, 422, mail_mention="hourly").errors() != []


def test_mail_is_a_job_where_there_is_a_server(office) -> None:
    assert {"notifications by e-mail", "daily e-mail of notifications"} <= set(of(office.app).registered)


def test_the_job_sends_by_itself(office, sink) -> None:
    wants(office, "petr", "at_once")
    comment(office, "jana", "@petr")
    of(office.app).run("notifications by e-mail")
    assert len(sink.kept) == 1


def test_old_notifications_and_sessions_are_deleted(office) -> None:
    comment(office, "jana", "@petr")
    with office.app.app_context():
        with clock.stopped_at(clock.present() + timedelta(days=89)):
            forget()
        with transaction.unit(office.engine) as s:
            assert s.scalar(select(func.count(Notification.id))) == 1
            sessions = s.scalar(select(func.count()).select_from(SignIn))
            assert sessions == 5 and purge_sessions(s, SYSTEM) == 0
        with clock.stopped_at(clock.present() + timedelta(days=91)):
            forget()
            of(office.app).run("ended sessions")
    with transaction.unit(office.engine) as s:
        assert s.scalar(select(func.count(Notification.id))) == 0
        assert s.scalar(select(func.count()).select_from(SignIn)) == 0


def test_without_a_server_the_page_offers_no_mail(engine, tmp_path, office) -> None:
    plain = create_app(settings_for(engine, tmp_path / "plain"))
    plain.testing = True
    office.app = plain
    page = office.browser("petr").get("/account/notifications")
    assert page.soup.find(attrs={"name": "address"}) is None
    dispose(plain)
