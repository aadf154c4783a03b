"""What stands in the way of an undo, in words: for each clash the record, what of it, what the change made it, what it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace

from flask import url_for
from markupsafe import Markup, escape

from portal.history import values, wording
from portal.history.actions import RuleBroken
from portal.history.clashes import Clash
from portal.history.prospect import Prospect
from portal.history.subjects import Joined, Known
from portal.sources.forms.refusals import MESSAGES
from portal.sources.wording import code_label, field_label
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l
from portal.web.links import record_url

REFUSALS = {
    "door": _l("This change was not made by a person in the portal, so it cannot be undone here."),
    "erased": _l("This change deleted the data of a person. They are nowhere any more, so nothing brings them back."),
    "hidden": _l("This change concerns more than what is available to you, so you cannot undo it."),
    "merged": _l("This change merged records or separated them. That is taken back on the page of the merged record."),
    "way": _l(
        "This change moved a report on. That is taken back by the moves on the page of the report: back to preparation, "
        "returned, the next edition."
    ),
    "frozen": _l(
        "This change is of the money or the texts of a report that is checked or was sent, and such a report is not changed. "
        "What was sent is corrected in the next edition of the report."
    ),
    "beside": _l("What this change did is not undone here. It is mended on the page of what it changed."),
    "nothing": _l("There is nothing to undo: everything stands as it did before the change."),
}
WHY = {
    "moved": _l("It was changed again since."),
    "restated": _l("What is stated of it was changed since."),
    "added": _l("Something was added to it since."),
    "gone": _l("The record was taken away since."),
    "back": _l("It is there again, in another form."),
    "child": _l("Something that was added since depends on it."),
    "named": _l("A statement that was added since names it."),
    "readers": _l("It is confidential: once taken away, nobody could bring it back. Make it open first."),
    "rights": _l("Somebody has the right to write in it. Take that right away first."),
    "parent": _l("What it refers to is no longer there."),
    "taken": _l("Another record has the same value now."),
    "knot": _l("It would have to change places with another record at once."),
}

THINGS = {
    "task": _l("a task"),
    "comment": _l("a comment"),
    "sent_file": _l("a sent file"),
    "donor_workbook": _l("a workbook of the recipient"),
}
"""What is no record and hangs on one, by its table."""


def record_ids(clashes: Iterable[Clash]) -> set[int]:
    """Every record the clashes name."""
    found: set[int] = set()
    for clash in clashes:
        found |= {i for i in (clash.about, clash.other) if i}
        found |= {value for value in (clash.made, clash.now) if type(value) is int}
    return found


def rows(clashes: Iterable[Clash], known: Known, nameless: Mapping[int, Joined]) -> list[SimpleNamespace]:
    """For the table: `what` (record), `unit`, `made` and `now` (markup or None), `why`, `other`, and the ways on: its `page`, the
    `url` of its history, `other_url`."""
    return [_row(clash, known, dict(nameless)) for clash in clashes]


def broken(error: RuleBroken) -> list[str]:
    """A broken rule in words: the record, the fact, the message."""
    name = f"{code_label('record_kinds', error.about.kind)} {error.about.name(lang())}".strip()
    found = []
    for unit, code in error.errors.items():
        label = f"{field_label(error.about.kind, unit)}: " if unit else ""
        found.append(f"{name}: {label}{MESSAGES.get(code, code)}")
    return found


def _row(clash: Clash, known: Known, nameless: dict[int, Joined]) -> SimpleNamespace:
    kind = wording.kind_of(clash.about, known, nameless) or ""
    made, now = _values(kind, clash, known) if clash.valued else (None, None)
    record = known.get(clash.about)
    other = known.get(clash.other or 0)
    return SimpleNamespace(
        what=wording.titled(clash.about, known, nameless),
        page=record_url(record) if record else None,
        unit=escape(field_label(kind, clash.unit)) if clash.unit and kind else None,
        made=made,
        now=now,
        why=WHY[clash.kind],
        other=wording.titled(clash.other, known, nameless) if clash.other else THINGS.get(clash.thing),
        other_url=(record_url(other) or _history(clash.other)) if other and not hasattr(other, "gone") else None,
        url=_history(clash.about) if record and not hasattr(record, "gone") else None,
    )


def _values(kind: str, clash: Clash, known: Known) -> tuple[Markup, Markup]:
    """What the change made it and what it is now; of a text in two languages each that differs, named."""
    told = values.sides(kind, clash.unit, clash.made, clash.now, known)

    def side(n: int) -> Markup:
        return Markup("<br>").join(
            Markup("{}: {}").format(values.tongue_name(one[0]), one[n]) if one[0] else one[n] for one in told
        )

    return side(1), side(2)


def _history(record_id: int | None) -> str:
    return url_for("history.record", record_id=record_id)


def note_of(prospect: Prospect) -> str | None:
    """What else the person should know before: that readers are not kept by history."""
    hidden = any(d.unit == "confidential" and d.after for line in prospect.entry.lines for d in line.differences)
    return (
        _("The record will be confidential again. Only you will be named for it; name the others afterwards.")
        if hidden
        else None
    )
