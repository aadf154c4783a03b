"""The form of a framework."""

from __future__ import annotations

from portal.accounts.queries import framework_tree
from portal.frameworks.models import Framework
from portal.frameworks.queries import STEP, descendant_ids
from portal.kernel import codes
from portal.kernel.permission import Actor, permits
from portal.sources.forms import PlainForm
from portal.web.forms import AddressField, AreaField, ChoiceField, RecordField, TextField, WhenField, pair
from portal.web.forms.choices import CHOOSE
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l


def framework_options(s, actor: Actor, keep: int | None = None, *, without=frozenset()) -> list[tuple[int, str]]:
    """(id, name) of the frameworks the actor may write in, as a tree; `keep` is offered in any case, `without` never."""
    return [
        (i, STEP * depth + name)
        for i, name, depth in framework_tree(s, actor, lang())
        if (i == keep or permits(actor, "framework.add", Framework(parent_id=i))) and i not in without
    ]


class FrameworkForm(PlainForm):
    """Adding and editing a framework; fields are called as the units of `actions.edit_framework`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    kind_code = ChoiceField(_l("Kind"), choices=lambda: codes.choices("framework_kinds", lang()))
    parent = RecordField(_l("Under which framework"), blank=_l("none: at the top"))
    status = ChoiceField(_l("Status"), choices=lambda: codes.choices("framework_statuses", lang()))
    launched = WhenField(_l("Launched"), more="date")
    signed = WhenField(_l("Signed"))
    ended = WhenField(_l("Ended"))
    cz_role_cs, cz_role_en = pair(_l("Role of Czechia"), AreaField, rows=2)
    description_cs, description_en = pair(_l("Description"), AreaField)
    website = AddressField(_l("Website"))

    def offer(self, s, actor: Actor, framework: Framework | None = None) -> None:
        """Everything there is to choose from, for this actor and this framework (None: a new one)."""
        below = descendant_ids(s, framework.id) if framework is not None else frozenset()
        self.parent.offer(
            framework_options(s, actor, framework.parent_id if framework is not None else None, without=below)
        )
        if not permits(actor, "framework.add", Framework()) and (framework is None or framework.parent_id):
            self.parent.required, self.parent.blank = True, CHOOSE
        self.offer_people(s, actor, framework)
        self.offer_sources(s, actor)
