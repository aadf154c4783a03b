"""Sending one e-mail: plain text, by the server of the settings."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

SECONDS = 20
"""How long the server may take to answer."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over. `tls`: none, starttls (it must succeed) or tls from the beginning."""

    host: str
    port: int
    sender: str
    tls: str = "none"
    user: str | None = None
    password: str | None = None


def send(server: MailServer, to: str, subject: str, text: str) -> None:
    """Hand one e-mail over. Raises OSError or smtplib.SMTPException where the server does not take it."""
    message = EmailMessage()
    message["From"], message["To"] = server.sender, to
    message["Subject"] = " ".join(subject.split())
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        if server.tls == "tls"
        else smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    ) as connection:
        if server.tls == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password or "")
        connection.send_message(message)
