"""Notifications by e-mail: who chooses what, what is sent to whom and when, and what becomes of mail the server refuses."""

from __future__ import annotations

import logging
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from portal import create_app
from portal.accounts.actions import purge_sessions
from portal.accounts.models import SignIn
from portal.desk import actions
from portal.desk.mailing import address_in, forget, send_links, send_waiting
from portal.desk.models import MailAddress, Notification, NotificationChoice
from portal.jobs.schedule import of
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from tests.fixtures import dispose, settings_for


class Sink(socketserver.ThreadingTCPServer):
    """A mail server of this machine that keeps what it is given; with `refusing` it takes nothing."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.kept: list[tuple[str, EmailMessage]] = []
        self.refusing = False
        super().__init__(("127.0.0.1", 0), Talk)


class Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        to = ""
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"DATA"):
                self.say("354 go on")
                data = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    data += part
                self.server.kept.append((to, message_from_bytes(data, policy=policy.default)))
                self.say("250 kept")
            elif word.startswith(b"RCPT"):
                to = line.decode().split("<")[1].split(">")[0]
                self.say("451 not now" if self.server.refusing else "250 fine")
            elif word.startswith(b"QUIT"):
                return self.say("221 bye")
            else:
                self.say("250 sink")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def app(engine: Engine, tmp_path, sink) -> Iterator[Flask]:
    """The portal with a mail server."""
    port = sink.server_address[1]
    given = {"mail_server": "127.0.0.1", "mail_port": port, "mail_sender": "portal@example.org"}
    made = create_app(settings_for(engine, tmp_path, url="https://portal.example.org/", **given))
    made.testing = True
    yield made
    dispose(made)


def wants(office, who: str, way: str, *kinds: str, lang: str | None = None, confirmed: bool = True) -> None:
    chosen = dict.fromkeys(kinds or ("mention", "comment", "task_assigned"), way)
    office.write(who, lambda s, actor, r: actions.choose_mail(s, actor, f"{who}@example.org", chosen))
    if confirmed:
        office.write(who, lambda s, actor, r: actions.confirm_address(s, actor, f"{who}@example.org"))
    if lang:
        from portal.accounts.models import Person

        with transaction.unit(office.engine) as s:
            s.get_one(Person, office.people[who]).lang = lang


def comment(office, who: str, text: str, name: str = "ERIS") -> None:
    office.write(who, lambda s, actor, r: actions.add_comment(s, actor, r(name), text))


def send(office, digest: bool = False, later: timedelta = timedelta()) -> None:
    with office.app.app_context(), clock.stopped_at(clock.present() + later):
        send_waiting(office.engine, digest)


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


def links(office, later: timedelta = timedelta()) -> None:
    with office.app.app_context(), clock.stopped_at(clock.present() + later):
        send_links(office.engine)


def path_in(mail: EmailMessage) -> str:
    [found] = [line for line in mail.get_content().splitlines() if line.startswith("https://portal.example.org/")]
    return found.removeprefix("https://portal.example.org")


def test_an_address_counts_only_after_its_person_opened_the_link_sent_to_it(office, sink) -> None:
    petr = office.browser("petr")
    saved = petr.follow(
        petr.submit(petr.get("/account/notifications"), address="petr@example.org", mail_mention="at_once")
    )
    assert "Otevřete odkaz, který právě posíláme na petr@example.org" in saved.text
    comment(office, "jana", "@petr")
    send(office)
    assert sink.kept == []
    links(office)
    links(office)
    [(to, mail)] = sink.kept
    assert (to, mail["Subject"]) == ("petr@example.org", "Portál mezinárodní spolupráce: potvrďte svou adresu")
    path = path_in(mail)
    choice = petr.get("/account/notifications")
    assert "Nepotvrzená adresa: petr@example.org" in choice.text
    send(office)
    assert len(sink.kept) == 1
    opened = petr.get(path)
    with transaction.unit(office.engine) as s:
        assert s.scalars(select(MailAddress.confirmed_at)).one() is None, "opening is not confirming"
    done = petr.follow(petr.submit(opened))
    assert "Adresa petr@example.org je potvrzena." in done.text and "Nepotvrzená" not in done.text
    send(office)
    assert len(sink.kept) == 2


def test_a_link_holds_for_its_person_and_address_for_two_days(office, sink) -> None:
    wants(office, "petr", "at_once", lang="en", confirmed=False)
    links(office)
    mail = sink.kept[0][1]
    assert mail["Subject"] == "Portal of International Cooperation: confirm your address"
    path = path_in(mail)
    petr, eva = office.browser("petr"), office.browser("eva")
    for browser, address in (
        (eva, path),
        (petr, path[:-1] + ("a" if path[-1] != "a" else "b")),
        (petr, "/account/notifications/confirm/x"),
    ):
        assert "Tento odkaz neplatí" in browser.get(address, status=410).text
    with clock.stopped_at(clock.present() + timedelta(days=2, minutes=1)), office.app.app_context():
        assert address_in(office.app, path.rsplit("/", 1)[1], office.people["petr"]) is None
    petr.submit(petr.get(path))
    petr.submit(petr.get("/account/notifications"), address="jinam@example.org")
    assert "Nepotvrzená adresa: jinam@example.org" in petr.get("/account/notifications").text
    assert petr.get(path, status=410)
    petr.submit(petr.get("/account/notifications"), address="petr@example.org")
    assert "Nepotvrzená adresa: petr@example.org" in petr.get("/account/notifications").text


def test_a_link_is_sent_again_when_asked_and_when_the_server_did_not_take_it(office, sink, caplog) -> None:
    wants(office, "petr", "at_once", confirmed=False)
    sink.refusing = True
    with caplog.at_level(logging.WARNING, "portal.mail"):
        links(office)
    assert "SMTP" in caplog.text and "petr@example.org" not in caplog.text
    sink.refusing = False
    links(office, later=timedelta(minutes=16))
    assert sink.kept == [], "no more after a quarter of an hour"
    links(office, later=timedelta(minutes=1))
    assert len(sink.kept) == 1
    petr = office.browser("petr")
    soon = petr.follow(petr.submit(petr.get("/account/notifications"), action="/account/notifications/link"))
    assert "O odkaz jste žádali před chvílí" in soon.text
    later = timedelta(minutes=6)
    with clock.stopped_at(clock.present() + later):
        again = petr.follow(petr.submit(petr.get("/account/notifications"), action="/account/notifications/link"))
    assert "Odkaz se posílá znovu" in again.text
    links(office, later=later)
    assert len(sink.kept) == 2


def test_mail_is_in_the_language_of_the_person(office, sink) -> None:
    wants(office, "petr", "at_once", lang="en")
    comment(office, "jana", "@petr Hello")
    send(office)
    assert sink.kept[0][1]["Subject"] == "Portal of International Cooperation: Jana Malá mentioned you in a comment."


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
