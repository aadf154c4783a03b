"""Forms of organisations, of role holders, of roles in frameworks, projects and events, and of links between records."""

from __future__ import annotations

from collections.abc import Iterable

from portal.kernel import codes
from portal.kernel.permission import Actor, writes_everywhere
from portal.kernel.record import Record
from portal.partners import queries
from portal.partners.models import LEGAL_INSTRUMENT, OF_LEGAL, Organisation, RoleHolder
from portal.sources.forms import FactsForm, PlainForm, say
from portal.web.forms import (
    AddressField,
    AreaField,
    ChoiceField,
    Form,
    RecordField,
    TextField,
    WhenField,
    pair,
)
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "role_given_already": _l(
            "It has this role here already. Choose another role, or write other words of the source."
        ),
        "not_a_participant": _l("Choose an organisation, a country or an office holder."),
        "linked_already": _l("The two records are related so already."),
        "linked_to_itself": _l("A record cannot be related to itself. Choose another."),
        "begins_at_a_legal_instrument": _l(
            "Only a legal or policy document relates to others so. Choose another relation."
        ),
        "ends_at_a_legal_instrument": _l("For this relation choose a legal or policy document."),
    }
)


ROLE_HINT = _l("The nearest one of the list; the words of the source go beside it.")


def with_kinds(rows: Iterable[tuple[int, str, str]], plain: str) -> list[tuple[int, str]]:
    """(id, name) of rows (id, name, kind); what is not of the kind one expects says its kind."""
    return [
        (i, name if kind == plain else f"{name} ({codes.label('record_kinds', kind, lang())})")
        for i, name, kind in rows
    ]


class OrganisationForm(PlainForm):
    """Adding and editing an organisation; fields are called as the units of `actions.edit_organisation`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    abbreviation = TextField(_l("Abbreviation"), limit=40, width="s")
    kind_code = ChoiceField(_l("Kind"), choices=lambda: codes.choices("organisation_kinds", lang()))
    type_code = ChoiceField(_l("Type by IATI"), choices=lambda: codes.choices("organisation_types", lang()))
    country = RecordField(_l("Country"))
    parent = RecordField(_l("Part of"), blank=_l("no other organisation"))
    ref = TextField(
        _l("Identifier by IATI"), limit=80, width="m", hint=_l("For example XM-DAC-47066; leave empty if it has none.")
    )
    channel_code = TextField(_l("OECD channel code"), limit=16, width="s")
    founded = WhenField(_l("Founded"))
    seat = TextField(_l("Seat"))
    website = AddressField(_l("Website"))

    def offer(self, s, actor: Actor, organisation: Organisation | None = None) -> None:
        """Everything there is to choose from, for this actor and this organisation (None: a new one)."""
        rows = queries.takes_part_as(s, actor, lang())
        own = organisation.id if organisation is not None else None
        countries = [(i, name) for i, name, kind in rows if kind == "country"]
        if organisation is not None and organisation.country_id not in (None, *dict(countries)):
            del self.country  # one the actor may not know of: it stays as it is
        else:
            self.country.offer(countries)
        self.parent.offer((i, name) for i, name, kind in rows if kind == "organisation" and i != own)
        may_hide = writes_everywhere(actor, None) if organisation is None else None
        self.offer_people(s, actor, organisation, may_hide=may_hide)
        self.offer_sources(s, actor)


class RoleHolderForm(PlainForm):
    """Adding and editing a person in public office; fields are called as the units of `actions.edit_role_holder`."""

    name_cs, name_en = pair(
        _l("Name"), TextField, required=True, hint=_l("Only people in public office, as public sources name them.")
    )
    office_cs, office_en = pair(_l("Office"), TextField)
    country = RecordField(_l("Country"))
    organisation = RecordField(_l("Organisation"))
    held_on = WhenField(_l("In office on"), hint=_l("A day or year for which a source says so."))

    def offer(self, s, actor: Actor, holder: RoleHolder | None = None) -> None:
        """Everything there is to choose from, for this actor and this role holder (None: a new one)."""
        rows = queries.takes_part_as(s, actor, lang())
        for name in ("country", "organisation"):
            offered = [(i, label) for i, label, kind in rows if kind == name]
            held = getattr(holder, f"{name}_id", None)
            if held not in (None, *dict(offered)):
                del self[name]  # one the actor may not know of: it stays as it is
            else:
                self[name].offer(offered)
        self.offer_people(s, actor, holder, may_hide=writes_everywhere(actor, None) if holder is None else None)
        self.offer_sources(s, actor)


class RoleForm(FactsForm):
    """Who takes part in a record, and as what: the typed role beside the words of the source."""

    participant = RecordField(_l("Who takes part"), required=True)
    role = ChoiceField(
        _l("Role"),
        required=True,
        choices=lambda: codes.choices("participation_roles", lang()),
        hint=ROLE_HINT,
        more="role",
    )
    words_cs, words_en = pair(_l("Role in the words of the source"), TextField)

    def offer(self, s, actor: Actor) -> None:
        """Whoever may take part, and the sources."""
        self.participant.offer(with_kinds(queries.takes_part_as(s, actor, lang()), "organisation"))
        self.offer_sources(s, actor)


class LinkForm(FactsForm):
    """How two records are related."""

    relation = ChoiceField(
        _l("This record"), required=True, blank=False, layout="radio",
        choices=lambda: codes.choices("link_relations", lang()),
    )  # fmt: skip
    target = RecordField(_l("Which record"), required=True)
    note_cs, note_en = pair(_l("Note"), AreaField, rows=2)

    def offer(self, s, actor: Actor, source: Record) -> None:
        """How a record of its kind relates to others, the records it can be related to, and the sources."""
        rows = codes.choices("link_relations", lang())
        self.relation.offer(row for row in rows if source.kind == LEGAL_INSTRUMENT or row[0] not in OF_LEGAL)
        self.target.offer(with_kinds(queries.linkable(s, actor, lang(), source), source.kind))
        self.offer_sources(s, actor)


class EditRoleForm(FactsForm):
    """A role that stands: as what somebody takes part, in what words, on what source, with a note."""

    cites_unchanged = True
    role = ChoiceField(
        _l("Role"),
        required=True,
        choices=lambda: codes.choices("participation_roles", lang()),
        hint=ROLE_HINT,
        more="role",
    )
    words_cs, words_en = pair(_l("Role in the words of the source"), TextField)
    note_cs, note_en = pair(_l("Note"), AreaField, rows=2)


class EditLinkForm(FactsForm):
    """A relation that stands: its note, and on what source it rests."""

    cites_unchanged = True
    note_cs, note_en = pair(_l("Note"), AreaField, rows=2)


class EndForm(Form):
    """Taking a role or a relation away: why, for history keeps it."""

    reason = TextField(_l("Why"), required=True, hint=_l("For example: entered by mistake. Kept in the history."))
