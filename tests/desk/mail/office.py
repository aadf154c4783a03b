"""What people of the office do about e-mail, and what the jobs then send."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from portal.accounts.models import Person
from portal.desk import actions
from portal.desk.mailing import send_links, send_waiting
from portal.kernel import clock, transaction


def wants(office, who: str, way: str, *kinds: str, lang: str | None = None, confirmed: bool = True) -> None:
    chosen = dict.fromkeys(kinds or ("mention", "comment", "task_assigned"), way)
    office.write(who, lambda s, actor, r: actions.choose_mail(s, actor, f"{who}@example.org", chosen))
    if confirmed:
        office.write(who, lambda s, actor, r: actions.confirm_address(s, actor, f"{who}@example.org"))
    if lang:
        with transaction.unit(office.engine) as s:
            s.get_one(Person, office.people[who]).lang = lang


def comment(office, who: str, text: str, name: str = "ERIS") -> None:
    office.write(who, lambda s, actor, r: actions.add_comment(s, actor, r(name), text))


def send(office, digest: bool = False, later: timedelta = timedelta()) -> None:
    with office.app.app_context(), clock.stopped_at(clock.present() + later):
        send_waiting(office.engine, digest)


def links(office, later: timedelta = timedelta()) -> None:
    with office.app.app_context(), clock.stopped_at(clock.present() + later):
        send_links(office.engine)


def path_in(mail: EmailMessage) -> str:
    [found] = [line for line in mail.get_content().splitlines() if line.startswith("https://portal.example.org/")]
    return found.removeprefix("https://portal.example.org")
