"""The lists of organisations and countries."""

from __future__ import annotations

from portal.kernel.search import matching
from portal.partners.models import Country, Organisation
from portal.portfolio import choices
from portal.portfolio.queries import partner_rows
from portal.sources.queries import responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort
from portal.web.listing.values import archived, coded, coded_or_none, equals


def _role(participant) -> Choice:
    """The role in which somebody takes part: in the frameworks chosen before it, if any, and what lies below them."""
    return Choice(
        "role", _l("Role"), coded("participation_roles"),
        lambda c, v: partner_rows.takes_part(v.actor, participant, v.values.get("framework", ()), c), any=_l("Any"),
    )  # fmt: skip


ORGANISATIONS = Listing(
    filters=(
        Search("q", _l("Search organisations"), lambda text, v: matching(v.s, v.actor, text, Organisation.id)),
        Choice(
            "framework", _l("Framework"), choices.frameworks, lambda i, v: partner_rows.takes_part(v.actor, Organisation.id, [i])
        ),
        Choice("kind", _l("Kind"), coded_or_none("organisation_kinds"), lambda c, v: equals(Organisation.kind_code, c)),
        Choice("country", _l("Country"), choices.all_countries, lambda i, v: Organisation.country_id == int(i)),
        _role(Organisation.id),
        Choice("certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Organisation, c)),
        responsible(Organisation),
        archived(Organisation),
    ),
    sorts=(Sort("name", _l("Organisation"), lambda v: [Organisation.order_cs if v.lang == "cs" else Organisation.order_en]),),
    key=Organisation.id,
)  # fmt: skip
COUNTRIES = Listing(
    filters=(
        Search("q", _l("Search countries"), lambda text, v: matching(v.s, v.actor, text, Country.id)),
        Choice(
            "framework", _l("Framework"), choices.frameworks,
            lambda i, v: partner_rows.takes_part(v.actor, Country.id, [i]) | partner_rows.has_project(v.actor, int(i)),
        ),
        _role(Country.id),
        Choice(
            "use", _l("Shown"), choices.use_of_countries,
            lambda c, v: partner_rows.country_in_use(v.actor) if c == "portfolio" else Country.id.is_not(None),
        ),
    ),
    sorts=(Sort("name", _l("Country"), lambda v: [Country.order_cs if v.lang == "cs" else Country.order_en]),),
    key=Country.id,
)  # fmt: skip
