"""What history tells of the register: which file a change kept. Its table has no history of its own, for it never changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from portal.history import beside, beside_wording
from portal.history.beside.found import Found
from portal.history.subjects import Known
from portal.history.values import linked
from portal.kernel.permission import Actor
from portal.register import queries
from portal.register.sheet import Line, file_title, lines
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class FileKept:
    """A file that came into the register."""

    line: Line
    added: bool = True

    @property
    def names(self) -> set[int]:
        return {self.line.file.due_report_id}


def read(s: Session, actor: Actor, change_ids: Collection[int], until: int | None = None) -> dict[int, Found]:
    """By change: the files it brought, of reports that may be seen."""
    seen, hidden = queries.files_of_changes(s, actor, change_ids)
    found = {change_id: Found(hidden=True) for change_id in hidden}
    for line in lines(s, actor, seen):
        found.setdefault(line.file.change_id, Found()).things.append(FileKept(line))
    return found


@beside_wording.title.register
def file_named(thing: FileKept, link: bool = True) -> Markup:
    name = escape(file_title(thing.line))
    if link:
        name = Markup('<a href="{}">{}</a>').format(url_for("register.file", sent_file_id=thing.line.file.id), name)
    return Markup("{} {}").format(_("file sent"), name)


@beside_wording.lines.register
def of_report(thing: FileKept, known: Known, whole: bool) -> list[Markup]:
    return [Markup("{}: {}").format(_("Report"), linked(thing.line.file.due_report_id, known))]


beside.READERS.append(read)
