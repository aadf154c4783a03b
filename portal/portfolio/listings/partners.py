"""The lists of organisations and countries."""

from __future__ import annotations

from sqlalchemy import exists

from portal.kernel.search import matching
from portal.partners.models import Country, Organisation, Participation
from portal.partners.queries import told_of
from portal.portfolio import choices
from portal.portfolio.choices import or_none
from portal.portfolio.queries import partner_rows
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort


def _holds(actor, role: str):
    return exists().where(
        Participation.participant_id == Organisation.id, Participation.role == role, told_of(actor, Participation)
    )


ORGANISATIONS = Listing(
    filters=(
        Search("q", _l("Search organisations"), lambda text, v: matching(v.s, v.actor, text, Organisation.id)),
        Choice("kind", _l("Kind"), choices.listed_or_none("organisation_kinds"), lambda c, v: or_none(Organisation.kind_code, c)),
        Choice("country", _l("Country"), choices.all_countries, lambda i, v: Organisation.country_id == int(i)),
        Choice("role", _l("Role"), choices.listed("participation_roles"), lambda c, v: _holds(v.actor, c), any=_l("Any")),
        Choice("certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Organisation, c)),
    ),
    sorts=(Sort("name", _l("Organisation"), lambda v: [Organisation.order_cs if v.lang == "cs" else Organisation.order_en]),),
    key=Organisation.id,
)  # fmt: skip
COUNTRIES = Listing(
    filters=(
        Search("q", _l("Search countries"), lambda text, v: matching(v.s, v.actor, text, Country.id)),
        Choice(
            "use", _l("Shown"), choices.use_of_countries,
            lambda c, v: partner_rows.country_in_use(v.actor) if c == "portfolio" else Country.id.is_not(None),
        ),
    ),
    sorts=(Sort("name", _l("Country"), lambda v: [Country.order_cs if v.lang == "cs" else Country.order_en]),),
    key=Country.id,
)  # fmt: skip
