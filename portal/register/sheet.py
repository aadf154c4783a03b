"""Columns of the register."""

from __future__ import annotations

from portal.layouts.registry import LAYOUTS
from portal.register.making.template import RECIPIENTS
from portal.register.models import SentFile
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Sheet
from portal.workbooks.records import NUMBER


def layout_name(key: str | None) -> str:
    """What a layout is called; empty of a file made elsewhere."""
    if key == RECIPIENTS:
        return _("the recipient’s own file")
    return "" if key is None else str(LAYOUTS[key].name) if key in LAYOUTS else key


def _moment(f: SentFile, lang: str) -> object:
    return f.moment_id


FILES = Sheet(
    "sent_files", "Odeslané soubory", "Files sent",
    (
        NUMBER,
        Column("file_name", "Soubor", "File", "text", lambda f, lang: f.file_name, 44),
        Column("report", "Zpráva", "Report", "text", lambda f, lang: f.report.name(lang), 50),
        Column("report_number", "Číslo zprávy", "Number of the report", "key", lambda f, lang: f.due_report_id, 12),
        Column("edition", "Vydání", "Edition", "count", lambda f, lang: f.edition, 9),
        Column("sent_on", "Odesláno dne", "Sent on", "day", lambda f, lang: f.sent_on, 16),
        Column("recipient", "Kdo ji dostává", "Who gets it", "text", lambda f, lang: f.recipient, 28),
        Column("reference", "Číslo jednací", "Reference number", "text", lambda f, lang: f.reference, 22),
        Column("layout", "Rozvržení", "Layout", "text", lambda f, lang: layout_name(f.layout), 28, empty=_l("made elsewhere")),
        Column("layout_version", "Verze rozvržení", "Its version", "count", lambda f, lang: f.layout_version, 10, empty=""),
        Column("language", "Jazyk", "Language", "text", lambda f, lang: f.language, 9, empty=""),
        Column("moment", "Podle změny číslo", "As of change number", "count", _moment, 12, empty=""),
        Column("person", "Zapsal", "Registered by", "text", lambda f, lang: f.change.actor_name, 22),
        Column("registered", "Zapsáno změnou číslo", "Registered by change number", "count", lambda f, lang: f.change_id, 14),
        Column("size", "Bajtů", "Bytes", "count", lambda f, lang: f.size, 11),
        Column("sha256", "SHA-256", "SHA-256", "text", lambda f, lang: f.sha256, 68),
    ),
)  # fmt: skip
