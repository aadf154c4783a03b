"""The forms of merging: which other record, what is taken over and why, why it is taken apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from portal.kernel.errors import InvalidInput, Refused
from portal.merging.actions import Choices
from portal.merging.queries import Booked, Compared
from portal.merging.rules import ABSORBED, BOTH, KEPT
from portal.sources.forms import MESSAGES, say
from portal.sources.forms.refusals import explained
from portal.sources.wording import field_label
from portal.web.forms import AreaField, Form, RecordField
from portal.web.i18n import gettext
from portal.web.i18n import lazy_gettext as _l

OBSTACLES = {
    "merge_itself": _l("This is the same record twice. Choose another one."),
    "merge_other_kind": _l("The two are records of different kinds. Choose two projects, or two organisations."),
    "merge_kind": _l("Only projects and organisations are merged."),
    "merge_merged": _l("One of the two was merged already. Merge with the record it was merged into, or separate it first."),
    "merge_withdrawn": _l("One of the two is withdrawn. Put it back in force first."),
    "merge_below": _l("One of the two lies under the other, so it is no second entry of it. If it is, take it out first."),
    "merge_secrecy": _l(
        "The two are not seen by the same people. Let both be open, or confidential for the same people, so that nobody "
        "learns by the merge what they may not."
    ),
}  # fmt: skip
say(
    {
        **OBSTACLES,
        "merge_reason_missing": _l("Write why. History keeps the reason."),
        "part_not_merged": _l("The record is merged into none; it stands by itself."),
        "part_kept_merged": _l("The record that stands for it was merged itself. Separate that one first."),
        "part_circle": _l("An organisation would lie under itself, for some were moved since. Correct first where they lie."),
    }
)  # fmt: skip


class OtherForm(Form):
    """Which other record to compare with. It is sent with the address and changes nothing."""

    class Meta(Form.Meta):
        csrf = False

    other = RecordField(_l("Compare with"), required=True)


class ReasonForm(Form):
    """Why. It puts the messages of what an action refuses where they belong."""

    reason = AreaField(_l("Reason"), rows=2, limit=1000, required=True)

    def refuse_of(self, kind: str, error: InvalidInput | Refused) -> None:
        """As `refuse`; a message about a unit of the record stands on top, with what the unit is called."""
        found = explained(error, MESSAGES, self._fields)
        for unit, message in found.errors.items():
            if unit in self._fields or not unit:
                self.refuse(InvalidInput({unit: message}))
            else:
                self.form_errors.append(f"{field_label(kind, unit)}: {gettext(str(message))}")


class MergeForm(ReasonForm):
    """Why two records are merged; beside it the page asks for each unit and each flow (`choices`)."""


def choices(sent: MultiDict, units: Iterable[Compared], flows: Iterable[Booked]) -> Choices:
    """What was chosen: `unit-<name>` says whose value, `flow` names the flows that move, of those in `shown`. What was not
    asked, or is no choice, goes as it would unasked."""
    values = {}
    for one in (one for one in units if one.asked):
        wanted = sent.get(f"unit-{one.unit}")
        values[one.unit] = wanted if wanted in (KEPT, ABSORBED, BOTH) else one.chosen
    shown, ticked = set(sent.getlist("shown")), set(sent.getlist("flow"))
    asked = {one.flow.id: str(one.flow.id) in shown for one in flows}
    left = {
        one.flow.id
        for one in flows
        if (str(one.flow.id) not in ticked if asked[one.flow.id] else not one.moves)
    }  # fmt: skip
    return Choices(values, frozenset(left))


def seal(mark: str, chosen: Choices) -> str:
    """What a page has shown: the digest of what would be moved, and of what was chosen."""
    told = repr((mark, sorted(chosen.values.items()), sorted(chosen.left)))
    return f"{mark}-{hashlib.sha256(told.encode()).hexdigest()}"
