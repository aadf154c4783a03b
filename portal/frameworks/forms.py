"""The forms of a framework and of a phase of a programme."""

from __future__ import annotations

from portal.accounts.queries import framework_tree
from portal.frameworks.models import Framework, Phase
from portal.frameworks.queries import STEP, descendant_ids
from portal.kernel import codes
from portal.kernel.permission import Actor, permits
from portal.sources.forms import PlainForm, say
from portal.web.forms import AddressField, AreaField, CheckField, ChoiceField, RecordField, TextField, WhenField, pair
from portal.web.forms.choices import CHOOSE
from portal.web.forms.values import WholeField
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "programme_missing": _l("Choose the programme the phase belongs to."),
        "no_such_position": _l("Write which one it is: 1 for the first, at most 99."),
    }
)


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
    asks_approval = CheckField(
        _l("Status updates are approved before they count"),
        hint=_l(
            "Also those of its projects and of the frameworks below it. Whoever may write everywhere approves them."
        ),
    )

    def offer(self, s, actor: Actor, framework: Framework | None = None) -> None:
        """Everything there is to choose from, for this actor and this framework (None: a new one)."""
        below = descendant_ids(s, framework.id) if framework is not None else frozenset()
        self.parent.offer(
            framework_options(s, actor, framework.parent_id if framework is not None else None, without=below)
        )
        if not permits(actor, "framework.add", Framework()) and (framework is None or framework.parent_id):
            self.parent.required, self.parent.blank = True, CHOOSE
        if not permits(actor, "framework.ask_approval", framework):
            del self.asks_approval
        self.offer_people(s, actor, framework)
        self.offer_sources(s, actor)


class PhaseForm(PlainForm):
    """Adding and editing a phase; fields are called as the units of `actions.edit_phase`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    framework = RecordField(_l("Programme"), required=True)
    position = WholeField(_l("Which one it is"), low=1, high=99, hint=_l("1 for the first."))
    period = WhenField(_l("Period"))
    aim_cs, aim_en = pair(_l("Aim"), AreaField)
    provides_cs, provides_en = pair(_l("What it provides"), AreaField)
    decision_cs, decision_en = pair(_l("What is decided"), AreaField, rows=2)
    outcome_cs, outcome_en = pair(_l("Outcome"), AreaField, rows=2)

    def offer(self, s, actor: Actor, phase: Phase | None = None) -> None:
        """Everything there is to choose from, for this actor and this phase (None: a new one)."""
        self.framework.offer(framework_options(s, actor, phase.framework_id if phase is not None else None))
        self.offer_people(s, actor, phase)
        self.offer_sources(s, actor)
