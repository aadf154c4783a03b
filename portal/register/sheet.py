"""Columns of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor
from portal.layouts.registry import LAYOUTS
from portal.register.making.template import RECIPIENTS
from portal.register.models import SentFile
from portal.register.queries import nameless
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER


def layout_name(key: str | None) -> str:
    """What a layout is called; empty of a file made elsewhere."""
    if key == RECIPIENTS:
        return _("the recipient’s own file")
    return "" if key is None else str(LAYOUTS[key].name) if key in LAYOUTS else key


@dataclass(frozen=True)
class Line:
    """A file, and whether whoever looks may read what it is called and who gets it."""

    file: SentFile
    named: bool


def lines(s: Session, actor: Actor, files: Sequence[SentFile]) -> list[Line]:
    """Files as the columns take them."""
    without = nameless(s, actor, [one.id for one in files])
    return [Line(one, one.id not in without) for one in files]


def file_title(line: Line) -> str:
    """What the file is called, for whoever may read it."""
    return line.file.file_name if line.named else _("File no. %(n)s", n=line.file.id)


def recipient_of(line: Line) -> str:
    """Who gets it, for whoever may read it."""
    return line.file.recipient if line.named else _("You may not see who gets it.")


def _moment(one: Line, lang: str) -> object:
    return one.file.moment_id


def _layout(one: Line, lang: str) -> object:
    return layout_name(one.file.layout)


def _language(one, lang: str) -> str | None:
    """That of a layout; texts in a recipient's file have the languages of its mapping."""
    return one.file.language if one.file.layout != RECIPIENTS else None


def _version(one: Line, lang: str) -> object:
    return one.file.layout_version


def _change(one: Line, lang: str) -> object:
    return one.file.change_id


FILES = Sheet(
    "sent_files", "Odeslané soubory", "Files sent",
    (
        NUMBER.on(lambda one: one.file),
        Column("file_name", "Soubor", "File", "text", lambda one, lang: file_title(one), 44),
        Column("report", "Zpráva", "Report", "text", lambda one, lang: one.file.report.name(lang), 50),
        Column("report_number", "Číslo zprávy", "Number of the report", "key", lambda one, lang: one.file.due_report_id, 12),
        Column("edition", "Vydání", "Edition", "count", lambda one, lang: one.file.edition, 9),
        Column("sent_on", "Odesláno dne", "Sent on", "day", lambda one, lang: one.file.sent_on, 16),
        Column("recipient", "Kdo ji dostává", "Who gets it", "text", lambda one, lang: recipient_of(one), 28),
        Column("reference", "Číslo jednací", "Reference number", "text", lambda one, lang: one.file.reference, 22),
        Column("layout", "Rozvržení", "Layout", "text", _layout, 28, empty=_l("made elsewhere")),
        Column("layout_version", "Verze rozvržení", "Its version", "count", _version, 10, empty=""),
        Column("language", "Jazyk", "Language", "text", _language, 9, empty=""),
        Column("moment", "Podle změny číslo", "As of change number", "count", _moment, 12, empty=""),
        Column("person", "Zapsal", "Registered by", "text", lambda one, lang: one.file.change.actor_name, 22),
        Column("registered", "Zapsáno změnou číslo", "Registered by change number", "count", _change, 14),
        Column("size", "Bajtů", "Bytes", "count", lambda one, lang: one.file.size, 11),
        Column("sha256", "SHA-256", "SHA-256", "text", lambda one, lang: one.file.sha256, 68),
    ),
)  # fmt: skip
