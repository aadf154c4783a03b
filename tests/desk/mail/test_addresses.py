"""An address for e-mail counts once its person opened the link sent to it."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import select

from portal.desk.mailing import address_in
from portal.desk.models import MailAddress
from portal.kernel import clock, transaction
from tests.desk.mail.office import comment, links, path_in, send, wants


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
