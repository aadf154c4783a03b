"""Editing a record of any kind: its fields, the merge with what others wrote meanwhile, and the write.

    class ProjectForm(FactsForm):
        name_cs, name_en = pair(_l("Name"), required=True)       # fields are called as the units of the action
        actual_start = WhenField(_l("Actual start"))
        countries = RecordsField(_l("Countries"))                # a set: kept in a table of its own

    form = ProjectForm(data=standing(project, sets))             # sets(change_id | None) -> {unit: [id, …]}
    form.offer_sources(s, actor); form.countries.offer(…)
    if form.validate_on_submit():
        saved = save(form, project, lambda values, support: actions.edit_project(s, who, project, values, support),
                     sets=sets, title=…, cancel=…)
        if saved is True: return page.redirect_to(…)
        if saved: return saved                                   # the page of two changes at once (409)
    return page.render("projects/edit.html", form=form)

`values` are the units as actions take them: texts in two languages as Pair, nothing as None. When somebody else wrote since
the form was opened, both changes are joined unit by unit (a set is one unit); the rules run again on the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Response, url_for
from markupsafe import Markup

from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.record import Record
from portal.sources import queries
from portal.sources.facts import YEARS, Pair, facts_of_kind
from portal.sources.forms.refusals import MESSAGES, explained
from portal.sources.forms.support import SupportForm
from portal.sources.wording import field_label
from portal.web import page, stale
from portal.web.forms import CheckField, ChoicesField, RecordField, RecordForm, RecordsField
from portal.web.forms.values import Typed
from portal.web.i18n import _
from portal.web.i18n import lazy_gettext as _l

NOW_BARE = _l(
    "A source stated it otherwise; what you wrote leads now, without a source and without a reason: %(facts)s. Add them on the "
    "page of the fact."
)
Sets = Callable[[int | None], Mapping[str, list]]


def no_sets(change_id: int | None) -> Mapping[str, list]:
    """For records without sets."""
    return {}


def standing(record: Record, sets: Sets = no_sets) -> dict[str, Any]:
    """What the fields of an edit form hold at first."""
    return queries.values_now(record) | dict(sets(None))


class FactsForm(SupportForm, RecordForm):
    """A form that edits a record, or adds one. Fields are called as the units of its action."""

    late: tuple[str, ...] = ()
    """Fields of a parent class that the page draws after the form's own."""
    cites_unchanged = False
    """Whether a source may be named although no fact changes: it then carries what stands, or what is added."""
    borne: tuple[str, ...] = ()
    """The facts that the source named was written for, by the last `save`."""

    def unkept(self, record: Record) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Units that history does not keep: as they were when the form was drawn, and as they are now."""
        return {}, {}

    def own_fields(self) -> list:
        """In the order of the page: the form's own, the late ones, the source."""
        return sorted(super().own_fields(), key=lambda f: (not f.unit, f.short_name in self.late))

    def units(self) -> dict[str, Any]:
        """As typed, without references to records the form may not offer: nobody clears what they do not see."""
        unseen = {f.short_name for f in self.own_fields() if isinstance(f, RecordField) and f.holds_unseen}
        return {name: value for name, value in super().units().items() if name not in unseen}

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        """Put the messages of the codes an action answered with at their fields."""
        super().refuse(explained(error, MESSAGES, self._fields) if not isinstance(error, str) else error)

    def values(self, units: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The units as actions take them (default: as typed): pairs of texts joined, nothing typed as None."""
        units = self.units() if units is None else units
        made: dict[str, Any] = {}
        for name, value in units.items():
            stem = name[:-3]
            if name.endswith("_en") and f"{stem}_cs" in units:
                continue
            if name.endswith("_cs") and f"{stem}_en" in units:
                pair = Pair(value or "", units[f"{stem}_en"] or "")
                made[stem] = pair if pair or stem in ("name", "title") else None
            else:
                made[name] = None if value == "" else value
        return made

    def joined(self, record: Record, sets: Sets = no_sets) -> stale.Settled | None:
        """The form's values with those others wrote since it was opened; None when it names a version that never was."""
        s = page.session()
        theirs = base = self._aligned(standing(record, sets))
        changed = None
        if self.version.data != record.version:
            then = queries.values_then(s, record, self.version.data)
            if then is None:
                return None
            base = self._aligned(then.values | dict(sets(then.change_id)))
            last = queries.changed_last(s, record)
            changed = stale.Changed(last[0] or _("somebody"), last[1]) if last else None
        self._keep_untouched(base)
        drawn, now = (self._aligned(values) for values in self.unkept(record))
        base, theirs = base | drawn, theirs | now
        ticked = {f.short_name: _yes_or_no for f in self.own_fields() if isinstance(f, CheckField)}
        return stale.settle(self, base=base, theirs=theirs, version=record.version, changed=changed, shown=ticked)

    def _aligned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the record by field; sets in the order, and within the limits, of what the form offers."""
        made = {}
        for field in self.own_fields():
            name = field.short_name
            if name not in values or not field.unit:
                continue
            value = values[name]
            if isinstance(field, (RecordsField, ChoicesField)):
                offered = field.offered if isinstance(field, RecordsField) else field.choices
                value = [key for key, _label in offered if key in value]
            made[name] = value
        return made

    def _keep_untouched(self, base: Mapping[str, Any]) -> None:
        """A date or an amount sent back as it was written on the page is not changed, whatever its text says read anew."""
        for field in self.own_fields():
            if isinstance(field, Typed) and field.raw is not None and base.get(field.short_name) is not None:
                typed, field.data = field.data, base[field.short_name]
                if field.write() != field.raw:
                    field.data = typed

    def borne_by_source(self, record: Record, settled: stale.Settled) -> tuple[str, ...]:
        """The facts among what is to be written: those that can rest on the source named."""
        moved = (*settled.merged.taken, *settled.merged.agreed)
        changed = {unit.removesuffix("_cs").removesuffix("_en") for unit in moved}
        return tuple(field for field in facts_of_kind(record.kind) if field in changed)

    def saved_words(self, record: Record) -> str:
        """That it is saved; with a source, what rests on it now: it is soon taken for the source of the whole record."""
        if not self.borne:
            return _("Saved.")
        named = ", ".join(field_label(record.kind, field) for field in self.borne)
        return _("Saved. The source named carries: %(facts)s.", facts=named)


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def save(
    form: FactsForm, record: Record, write: Callable, *, title: str, cancel: str, sets: Sets = no_sets
) -> Response | bool:
    """Write one edit. True when it is written; the page of clashes (409) when somebody must choose; False when a rule
    refused it, with the messages at the fields. `write(values, support)` calls the action."""
    s, who = page.session(), page.actor()
    settled = None
    try:
        with page.writing(reason=form.reason):
            # Within the change: on PostgreSQL only now nobody else writes.
            settled = form.joined(record, sets)
            if settled is not None and not settled.open:
                written = form.borne_by_source(record, settled)
                borne = written if form.names_source else ()
                if form.names_source and not borne and not form.cites_unchanged:
                    raise InvalidInput({"source": _unborne(record)})
                cited = () if form.names_source or form.reason else _cited(record, written)
                write(form.values(settled.values), form.support(s, who))
                form.borne = borne
                if cited:
                    _warn(record, [field for field in cited if field not in _cited(record, cited)])
                return True
    except (InvalidInput, Refused) as error:
        if settled is not None and settled.changed is not None:
            form.take(settled.values, record.version)
            form.form_errors.append(
                _("%(who)s changed the record meanwhile. Both changes are joined below.", who=settled.changed.who)
            )
        form.refuse(error)
        return False
    if settled is None:
        form.form_errors.append(_("The form lost track of the version it edits. Reload the page."))
        return False
    return stale.page_of(settled, title=title, cancel=cancel)


def _cited(record: Record, fields: Iterable[str]) -> list[str]:
    """The facts among these whose leading statement rests on a source the person sees."""
    stated = queries.facts_of(page.session(), page.actor(), record)[record.id]
    return [field for field in fields if stated[field].lead is not None and stated[field].lead.cited]


def _warn(record: Record, bare: list[str]) -> None:
    """Say of which facts a value without source and reason leads now, where one that a source states led before: nobody
    could tell later why it changed."""
    if bare:
        page.flash(str(NOW_BARE) % {"facts": ", ".join(field_label(record.kind, field) for field in bare)}, "warn")


def _unborne(record: Record) -> Markup:
    """That nothing to be written rests on the source named, with links to the facts for which it can be cited as they stand: to
    those without a source, if there are any. They open beside the form, so that nothing typed is lost. Only what the person
    sees stated is named."""
    stated = queries.facts_of(page.session(), page.actor(), record)[record.id]
    held = [f.field for f in facts_of_kind(record.kind).values() if f.type != YEARS and _leads(stated[f.field])]
    bare = [field for field in held if not stated[field].lead.cited]
    link = Markup('<a href="{}" target="_blank" rel="noopener">{}<span class="vh"> {}</span></a>')
    links = Markup(", ").join(
        link.format(
            url_for("sources.fact", record_id=record.id, field=field),
            field_label(record.kind, field), _("(opens in a new tab)"),
        )
        for field in bare or held
    )  # fmt: skip
    said = _("Facts without a source:") if bare else _("Facts stated:") if held else ""
    return Markup("{} {} {}").format(MESSAGES["rests_on_nothing"], said, links)


def _leads(view: queries.FactView) -> bool:
    return view.lead is not None and bool(view.lead.value)
