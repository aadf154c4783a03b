"""The form of a project."""

from __future__ import annotations

from wtforms.validators import ValidationError

from portal.frameworks.forms import framework_options
from portal.frameworks.queries import frameworks
from portal.kernel import codes
from portal.kernel.permission import Actor, permits
from portal.partners.forms import with_kinds
from portal.partners.queries import countries
from portal.projects import queries
from portal.projects.models import Project
from portal.sources.actions import UNSUPPORTED, Support
from portal.sources.forms import SOURCE_FIELDS, FactsForm, PlainForm, say
from portal.sources.queries import names_of_kinds
from portal.web.forms import (
    AddressField,
    AreaField,
    CheckField,
    ChoiceField,
    ChoicesField,
    RecordField,
    RecordsField,
    TextField,
    WhenField,
    pair,
)
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l

DATES = ("planned_start", "planned_end", "actual_start", "actual_end")

say(
    {
        "umbrella_is_a_part": _l("This project is a part itself. Choose the umbrella project it belongs to."),
        "has_parts_itself": _l("This project has parts of its own, so it cannot be a part. Leave the umbrella empty."),
        "status_missing": _l("Choose the status, or say that it cannot be told."),
        "theme_there": _l("There is a theme of this name already. Use it, or write another name."),
    }
)


class ProjectForm(PlainForm):
    """Adding and editing a project; fields are called as the units of `actions.edit_project`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    full_title_cs, full_title_en = pair(_l("Full title"), AreaField, rows=2, limit=1000)
    acronym = TextField(_l("Acronym"), limit=40, width="s")
    framework = RecordField(_l("Framework"))
    umbrella = RecordField(
        _l("Part of an umbrella project"), blank=_l("no: a project of its own"), more="umbrella",
        hint=_l("A part takes its framework from the whole; an amount for the whole is booked once, there."),
    )  # fmt: skip
    further_frameworks = RecordsField(
        _l("Further frameworks it serves"), hint=_l("Beside the one it belongs to."), more="further-frameworks"
    )
    countries = RecordsField(_l("Countries it is for, or takes place in"))
    sectors = ChoicesField(_l("Sectors"), choices=lambda: codes.choices("sectors", lang()))
    themes = RecordsField(_l("Themes"))
    status = ChoiceField(_l("Status"), choices=lambda: codes.choices("activity_status", lang()))
    status_basis = ChoiceField(
        _l("How the status is known"), choices=lambda: codes.choices("status_bases", lang()), more="status-basis",
        hint=_l("A status derived from the period is marked so everywhere."),
    )  # fmt: skip
    status_on = WhenField(_l("Status as of"))
    planned_start = WhenField(_l("Planned start"))
    actual_start = WhenField(_l("Actual start"))
    planned_end = WhenField(_l("Planned end"))
    actual_end = WhenField(_l("Actual end"))
    cz_role_cs, cz_role_en = pair(_l("Role of Czechia"), AreaField, rows=2)
    description_cs, description_en = pair(_l("Description"), AreaField)
    website = AddressField(_l("Website"))
    another = CheckField(_l("It is another project: add it all the same"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.another.unit = False

    def offer(self, s, actor: Actor, project: Project | None = None) -> None:
        """Everything there is to choose from, for this actor and this project (None: a new one)."""
        self.framework.offer(framework_options(s, actor, project.framework_id if project is not None else None))
        held = project.umbrella_id if project is not None else None
        self.umbrella.offer(
            (row.id, row.name(lang()))
            for row in queries.possible_umbrellas(s, actor, lang(), project)
            if row.id == held or permits(actor, "project.edit", row)
        )
        self._stands_anywhere = permits(actor, "project.add", Project()) or (
            project is not None and not (project.framework_id or project.umbrella_id)
        )
        self.further_frameworks.offer(_ticked_first(s, frameworks(actor), self.further_frameworks.data))
        self.countries.offer(_ticked_first(s, countries(actor), self.countries.data))
        self.themes.offer((theme.id, theme.name(lang())) for theme in queries.themes(s, actor))
        self.sectors.offer(sorted(codes.choices("sectors", lang()), key=lambda one: one[0] not in self.sectors.data))
        for name in DATES:
            self[name].hint = None  # the page says it once for all of them
        if project is not None:
            del self.another
        self.offer_people(s, actor, project)
        self.offer_sources(s, actor)

    def validate_umbrella(self, field) -> None:
        if not (field.data or self.framework.data or field.errors or self.framework.errors or self._stands_anywhere):
            raise ValidationError(_("Choose the framework, or the umbrella project it is a part of."))


class ThemeForm(FactsForm):
    """Adding and renaming a theme. It is a word the portal chose and rests on no source; why it changes is asked."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    note_cs, note_en = pair(_l("Note"), AreaField, rows=2, hint=_l("For example what belongs under it."))
    names_source = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in SOURCE_FIELDS:
            if name != "source_reason":
                del self[name]

    def support(self, s, actor: Actor) -> Support:
        """A theme rests on nothing."""
        return UNSUPPORTED


def _ticked_first(s, wanted, ticked) -> list[tuple[int, str]]:
    """(id, name) of records in the order of the language, those ticked first: a long list opens on what holds."""
    model = wanted.column_descriptions[0]["entity"]
    rows = s.scalars(wanted.order_by(model.order_cs if lang() == "cs" else model.order_en, model.id))
    return sorted(((row.id, row.name(lang())) for row in rows), key=lambda one: one[0] not in (ticked or ()))


def places(s, actor: Actor, keep: int | None = None) -> list[tuple[int, str]]:
    """(id, name) of the projects and frameworks in which the actor may write; `keep`, the present one, stays on offer."""
    rows = queries.written_by(s, actor, lang())
    if keep is not None and keep not in {i for i, _name, _kind in rows}:
        rows += [row for row in names_of_kinds(s, actor, lang(), ("project", "framework")) if row[0] == keep]
    return with_kinds(rows, "project")
