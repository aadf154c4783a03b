"""The forms of an event and of a follow-up."""

from __future__ import annotations

from portal.events import queries
from portal.events.models import Event, FollowUp
from portal.events.rules import OPEN
from portal.kernel import codes
from portal.kernel.permission import Actor, permits
from portal.partners.forms import with_kinds
from portal.partners.queries import countries
from portal.projects.forms import places
from portal.sources.forms import PlainForm, say
from portal.sources.queries import names_of_kinds
from portal.web.forms import AddressField, AreaField, ChoiceField, RecordField, TextField, WhenField, pair
from portal.web.forms.choices import CHOOSE
from portal.web.forms.values import WholeField
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "count_impossible": _l("Write how many took part, from 1 to 1,000,000. Leave it empty if it is not known."),
        "event_missing": _l("Choose the event it follows from."),
        "open_but_done": _l("It has a day on which it was done. Say that it is done, or clear the day."),
    }
)


class EventForm(PlainForm):
    """Booking and editing an event; fields are called as the units of `actions.edit_event`."""

    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    kind_code = ChoiceField(_l("Kind"), choices=lambda: codes.choices("event_kinds", lang()))
    under = RecordField(_l("Framework or project"), blank=_l("none: it stands by itself"))
    held = WhenField(_l("Date"))
    change = ChoiceField(
        _l("Postponed or cancelled"), blank=_l("no"), choices=lambda: codes.choices("event_changes", lang())
    )
    place_cs, place_en = pair(_l("Place"), TextField)
    country = RecordField(_l("In which country"))
    host_cs, host_en = pair(_l("Host"), TextField)
    attendance = WholeField(
        _l("Number of participants"), low=1,
        hint=_l("As a source states it. Who took part is written as roles, once the event is saved."),
    )  # fmt: skip
    topics_cs, topics_en = pair(_l("Topics"), AreaField)
    outcome_cs, outcome_en = pair(_l("Outcome"), AreaField)
    website = AddressField(_l("Website"))

    def offer(self, s, actor: Actor, event: Event | None = None) -> None:
        """Everything there is to choose from, for this actor and this event (None: a new one)."""
        self.under.offer(places(s, actor, event.under_id if event is not None else None))
        if not permits(actor, "event.add", Event()) and (event is None or event.under_id):
            self.under.required, self.under.blank = True, CHOOSE
        order = "order_cs" if lang() == "cs" else "order_en"
        known = sorted(s.scalars(countries(actor)), key=lambda c: (getattr(c, order), c.id))
        self.country.offer((c.id, c.name(lang())) for c in known)
        self.offer_people(s, actor, event)
        self.offer_sources(s, actor)


class FollowUpForm(PlainForm):
    """Writing down and editing what is to be done after an event."""

    name_cs, name_en = pair(_l("What is to be done"), AreaField, rows=2, required=True, limit=1000)
    event = RecordField(_l("After which event"), required=True)
    owner = RecordField(_l("Who promised it"), hint=_l("An organisation or a country."))
    due = WhenField(_l("By when"))
    state = ChoiceField(
        _l("State"), layout="radio", blank=False, default=OPEN, required=True,
        choices=lambda: codes.choices("follow_up_states", lang()),
    )  # fmt: skip
    done = WhenField(_l("Done on"), hint=_l("Only where it is done."))

    def offer(self, s, actor: Actor, follow_up: FollowUp | None = None) -> None:
        """Everything there is to choose from, for this actor and this follow-up (None: a new one)."""
        self.event.offer(queries.offered_events(s, actor, lang()))
        self.owner.offer(with_kinds(names_of_kinds(s, actor, lang(), ("organisation", "country")), "organisation"))
        self.offer_people(s, actor, follow_up)
        self.offer_sources(s, actor)
