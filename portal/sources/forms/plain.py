"""What every record of the portfolio carries beside its facts: note, responsible person, reference number and file mark,
confidentiality.

class ProjectForm(PlainForm):
    …
form = ProjectForm(data=standing(project) | readers_of(s, actor, project))
form.offer_people(s, actor, project)                  # None for a record to be added

{% import "sources/plain.html" as pl with context %}
{{ pl.fields(form) }}
"""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import HiddenField

from portal.accounts import queries as people
from portal.kernel.permission import Actor, permits
from portal.kernel.record import Record
from portal.sources.forms.editing import FactsForm
from portal.web import page
from portal.web.forms import AreaField, CheckField, RecordField, RecordsField, TextField, pair
from portal.web.i18n import lazy_gettext as _l


def readers_of(s, actor: Actor, record: Record | None) -> dict[str, list[int]]:
    """The people named for a confidential record; for an open one, whom to tick at first: the actor."""
    if record is None or not record.confidential:
        return {"readers": [actor.person_id]}
    return {"readers": [person.id for person in people.readers(s, actor, record.id)]}


class PlainForm(FactsForm):
    """A form of a record of the portfolio."""

    note_cs, note_en = pair(_l("Note"), AreaField, rows=2)
    responsible = RecordField(
        _l("Responsible person"), blank=_l("nobody in person: the editors of the framework"),
    )  # fmt: skip
    reference = TextField(
        _l("Reference number"),
        limit=120,
        width="m",
        more="reference",
        hint=_l(
            "Of one document (č. j.): the record office gives it to each letter that comes or goes. Several are parted by a "
            "semicolon."
        ),
    )
    file_mark = TextField(
        _l("File mark"), limit=120, width="m", more="file-mark",
        hint=_l(
            "Of the file (spis. zn.) that holds all documents of one matter; the same for all of them. Several are parted by a "
            "semicolon."
        ),
    )  # fmt: skip
    placeholder = CheckField(
        _l("The source counts it, but does not name it"), more="placeholder",
        hint=_l("Kept so that numbers agree with the source, such as “3 further projects”."),
    )  # fmt: skip
    confidential = CheckField(
        _l("Confidential: only the people ticked below know of it"), more="confidential",
        hint=_l("For all others there is no such record: not in lists, search, totals or history."),
    )  # fmt: skip
    readers = RecordsField(
        _l("Who may know of it"), hint=_l("If you do not tick yourself, you will not see it any more.")
    )

    readers_drawn = HiddenField()
    """Who was ticked when the form was drawn: history does not keep readers, so the form says what it was made from."""

    late = ("note_cs", "note_en", "responsible", "reference", "file_mark", "placeholder", "confidential", "readers")

    def offer_people(self, s, actor: Actor, record: Record | None, *, may_hide: bool | None = None) -> None:
        """Offer colleagues; leave confidentiality out where the actor may not decide of it (`may_hide` overrides)."""
        colleagues = people.colleagues(s, actor)
        held = record.responsible_id if record is not None else None
        if held is not None and held not in dict(colleagues):
            colleagues += [(i, name) for i, name in people.names(s, [held]).items()]
        self.responsible.offer(colleagues)
        if not (permits(actor, "reader.name", record) if may_hide is None else may_hide):
            del self.confidential
            del self.readers
            del self.readers_drawn
            return
        offered = people.colleagues(s, actor)
        # Who cannot sign in any more stays named until somebody takes the name away.
        named = people.readers(s, actor, record.id) if record is not None and record.confidential else ()
        self.readers.offer(offered + [(p.id, p.name) for p in named if p.id not in dict(offered)])
        if self.readers_drawn.raw_data is None:
            self.readers_drawn.data = _written(self.readers.data)

    def unkept(self, record: Record) -> tuple[Mapping, Mapping]:
        if "readers" not in self:
            return {}, {}
        drawn = [int(one) for one in (self.readers_drawn.data or "").split() if one.isascii() and one.isdigit()]
        return {"readers": drawn}, readers_of(page.session(), page.actor(), record)

    def take(self, units: Mapping, version: int) -> None:
        super().take(units, version)
        if "readers" in units:
            self.readers_drawn.data = _written(units["readers"])


def _written(ids: list[int]) -> str:
    return " ".join(map(str, ids))
