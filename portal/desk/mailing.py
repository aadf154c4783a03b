"""Notifications by e-mail: what waits is found, worded with today's rights and handed over, outside every request.

Each e-mail is claimed first, sent without a lock, and noted; one the server does not take is tried again by `rules.AGAIN`.
"""

from __future__ import annotations

import logging
import smtplib
import traceback
from collections.abc import Callable
from urllib.parse import urljoin

from flask import Flask, current_app, url_for
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.accounts.queries import actor_of
from portal.desk import actions
from portal.desk.models import Notification
from portal.desk.queries.mail import receiver, to_tell, waiting_links, waiting_mail
from portal.desk.rules import AGAIN, LINK_HOLDS
from portal.jobs import schedule
from portal.jobs.mail import MailServer, send
from portal.kernel import clock, transaction
from portal.kernel.db import db
from portal.kernel.errors import ImportRunning
from portal.kernel.permission import SYSTEM, Actor
from portal.web.frame import frame
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext, speaking
from portal.web.links import record_url

log = logging.getLogger("portal.mail")
DIGEST_AT, CLEANED_AT = 5, 2
"""Hours of the day (UTC)."""
NOTED_TRIES = 6
"""How often it is tried to note that an e-mail is gone; each try waits for the other writer as long as any writer does."""


def install(app: Flask) -> None:
    """Register the jobs of the desk: e-mail only where there is a server."""
    jobs = schedule.of(app)
    if server_of(app) is not None:
        jobs.every_minute("links to confirm addresses", lambda: send_links(db.engine))
        jobs.every_minute("notifications by e-mail", lambda: send_waiting(db.engine))
        jobs.daily("daily e-mail of notifications", DIGEST_AT, lambda: send_waiting(db.engine, digest=True))
    jobs.daily("old notifications", CLEANED_AT, forget)


def server_of(app: Flask) -> MailServer | None:
    """The mail server of the settings, None where e-mail is not set up."""
    settings = frame(app).settings
    if not (getattr(settings, "mail_server", None) and settings.mail_sender and settings.url):
        return None
    return MailServer(
        settings.mail_server, settings.mail_port, settings.mail_sender, settings.mail_tls, settings.mail_user,
        settings.mail_password,
    )  # fmt: skip


def own_place(s: Session, actor: Actor, notice: Notification) -> str | None:
    """The page that a feature gives to notifications of a kind (extension `portal.notice_places`: kind → function of session,
    actor, id of the record, id of who did it)."""
    find: Callable | None = current_app.extensions.get("portal.notice_places", {}).get(notice.kind)
    return None if find is None else find(s, actor, notice.record_id, notice.actor_id)


def forget() -> None:
    """Delete the notifications that are shown no more, and what was opened before the records that are."""
    with transaction.unit(db.engine) as s:
        actions.forget_old(s, SYSTEM)
        actions.forget_opened(s, SYSTEM)


def link_token(app: Flask, person_id: int, address: str) -> str:
    """What the link that confirms an address carries: signed, for this person and address, for `LINK_HOLDS`."""
    until = int((clock.present() + LINK_HOLDS).timestamp())
    return str(_signer(app).dumps([person_id, address, until]))


def address_in(app: Flask, token: str, person_id: int | None) -> str | None:
    """The address that a link confirms; None for one that is no link of ours, of another person, or too old."""
    try:
        of, address, until = _signer(app).loads(token)
    except (BadData, TypeError, ValueError):
        return None
    return address if of == person_id and until >= clock.present().timestamp() else None


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.secret_key or "", salt="portal.mail-address")


def send_links(engine: Engine, hand_over: Callable[..., None] = send) -> None:
    """Send the links that confirm addresses, where they wait."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    server = server_of(app)
    if server is None:
        return
    with transaction.unit(engine) as s:
        waiting = [(one.id, one.lang, address) for one, address in waiting_links(s)]
    for person_id, tongue, address in waiting:
        with transaction.unit(engine) as s:
            claimed = actions.claim_link(s, SYSTEM, person_id, address)
        if claimed is None:
            continue
        try:
            hand_over(server, address, *_link_letter(app, person_id, tongue, address))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            log.warning("the link to person %s was not taken: %s", person_id, type(error).__name__)
            with transaction.unit(engine) as s:
                actions.release_link(s, SYSTEM, person_id, claimed)


def _link_letter(app: Flask, person_id: int, tongue: str | None, address: str) -> tuple[str, str]:
    """(subject, text) of the e-mail with the link."""
    base = frame(app).settings.url
    with app.test_request_context(base_url=base), speaking(tongue or frame(app).settings.lang):
        where = urljoin(base, url_for("desk.confirm_address", token=link_token(app, person_id, address)))
        lines = [
            _("Somebody, most likely you, wants to have notifications of the portal at this address."),
            _("To confirm it, open this page within two days and sign in:"),
            where,
            _("If it was not you, do nothing: nothing more will be sent here."),
        ]
        subject = _("Portal of International Cooperation: %(what)s", what=_("confirm your address"))
        return subject, "\n\n".join(lines) + "\n"


def send_waiting(engine: Engine, digest: bool = False, hand_over: Callable[..., None] = send) -> None:
    """Send everybody what waits for them, one e-mail to each. A failure of one keeps nobody else waiting."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    server = server_of(app)
    if server is None:
        return
    with Session(engine) as s:
        waiting = waiting_mail(s, digest)
    for person_id, tries in waiting.items():
        try:
            _send_one(app, server, engine, person_id, tries, hand_over)
        except Exception as error:
            # Not the words of the error: they may name the address.
            where = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "e-mail to person %s failed: %s in %s:%s", person_id, type(error).__name__, where.filename, where.lineno
            )


def _send_one(
    app: Flask,
    server: MailServer,
    engine: Engine,
    person_id: int,
    tries: dict[int, int],
    hand_over: Callable[..., None],
) -> None:
    """Send one person what waits, {notification: tries so far}. What is claimed and fails is tried again by `AGAIN`."""
    with transaction.unit(engine) as s:
        taken = actions.claim_mail(s, SYSTEM, tries)
    if not taken:
        return
    with Session(engine) as s:
        letter = _letter(app, s, person_id, taken)
    try:
        if letter is not None:
            hand_over(server, *letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        again = "given up" if max(tries[i] for i in taken) >= len(AGAIN) else "tried again later"
        # Not the words of the error: they name the address.
        code = getattr(error, "smtp_code", "")
        log.warning("e-mail to person %s was not taken, %s: %s %s", person_id, again, type(error).__name__, code)
        return
    _note(engine, taken)


def _note(engine: Engine, ids: list[int]) -> None:
    """Note what is gone, however long another writer takes: what is not noted would be sent again."""
    for left in reversed(range(NOTED_TRIES)):
        try:
            with transaction.unit(engine) as s:
                return actions.note_mailed(s, SYSTEM, ids)
        except ImportRunning:
            if not left:
                raise


def _letter(app: Flask, s: Session, person_id: int, ids: list[int]) -> tuple[str, str, str] | None:
    """(address, subject, text) in the person's language; None where there is nothing they may be told."""
    found = receiver(s, person_id)
    if found is None:
        return None
    person, address = found
    base = frame(app).settings.url
    tongue = person.lang or frame(app).settings.lang
    with app.test_request_context(base_url=base), speaking(tongue):
        actor = actor_of(s, person)
        rows = s.execute(to_tell(actor, ids)).all()
        if not rows:
            return None
        worded = app.jinja_env.get_template("desk/parts/notice.html").make_module().said  # type: ignore[attr-defined]
        days = app.jinja_env.globals["report_days"]([row[0] for row in rows], s)
        lines, said = [], ""
        for notice, of, task, who in rows:
            said = " ".join(str(worded(notice, of, task, who, days)).split())
            lines.append(f"* {said}")
            lines += [
                f"  {text}"
                for text in (task.title if task else "", of.name(tongue) if of else "")
                if text and not (of and of.private)
            ]
            if of is not None and (path := own_place(s, actor, notice) or record_url(of)):
                lines.append(f"  {urljoin(base, path)}")
            lines.append("")
        subject = said if len(rows) == 1 else ngettext("%(num)s notification", "%(num)s notifications", len(rows))
        lines.append(_("All notifications: %(address)s", address=urljoin(base, url_for("desk.notifications"))))
        where = urljoin(base, url_for("desk.choose_notifications"))
        lines.append(_("What comes by e-mail you choose here: %(address)s", address=where))
        return address, _("Portal of International Cooperation: %(what)s", what=subject), "\n".join(lines) + "\n"
