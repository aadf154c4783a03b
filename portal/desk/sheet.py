"""The sheet of tasks."""

from __future__ import annotations

from portal.desk.wording import state_word
from portal.kernel import codes
from portal.kernel.standing import WITHDRAWN
from portal.web.formats import local
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Sheet

TASKS = Sheet(
    "tasks",
    "Úkoly",
    "Tasks",
    (
        Column("id", "Č. úkolu", "Task no.", "key", lambda row, lang: row.Task.id, 9),
        Column("title", "Úkol", "Task", "long", lambda row, lang: row.Task.title, 44),
        Column("text", "Popis", "Text", "long", lambda row, lang: row.Task.text, 50, empty=""),
        Column(
            "record", "Záznam", "Record", "text", lambda row, lang: row[1].name(lang) if row[1] else None, 36,
            empty=_l("of no record"),
        ),
        Column(
            "kind", "Druh záznamu", "Kind of record", "text",
            lambda row, lang: codes.label("record_kinds", row[1].kind, lang) if row[1] else None, 16, empty="",
        ),
        Column(
            "standing", "Platnost záznamu", "Standing of the record", "text",
            lambda row, lang: codes.label("standings", WITHDRAWN if row.out else row[1].standing, lang)
            if row.out or (row[1] and row[1].standing) else None, 16, empty="",
        ),
        Column("assignee", "Komu", "Assigned to", "text", lambda row, lang: row.assignee, 22),
        Column("maker", "Kdo zadal", "Made by", "text", lambda row, lang: row.maker, 22),
        Column("due", "Termín", "Due", "day", lambda row, lang: row.Task.due, 12, empty=_l("no day set")),
        Column("state", "Stav", "State", "text", lambda row, lang: state_word(row.Task.state), 14),
        Column("made_at", "Zadáno", "Made on", "day", lambda row, lang: local(row.Task.made_at).date(), 12),
        Column(
            "closed_at", "Ukončeno", "Closed on", "day",
            lambda row, lang: local(row.Task.closed_at).date() if row.Task.closed_at else None, 12, empty="",
        ),
    ),
)  # fmt: skip
