"""Filters that lists of any kind of record share: who answers for it, how sure it is. Also names to choose from."""

from __future__ import annotations

from sqlalchemy import select

from portal.accounts.queries import colleagues
from portal.kernel.permission import visible_to
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice
from portal.web.listing.values import NONE, coded, equals


def responsible(model) -> Choice:
    """Who answers for the records of `model`: one of the people who can sign in, or nobody."""
    return Choice(
        "responsible", _l("Responsible"), lambda v: [(NONE, _("nobody")), *colleagues(v.s, v.actor)],
        lambda i, v: equals(model.responsible_id, i),
    )  # fmt: skip


def certainty(model) -> Choice:
    """How sure the records of `model` are, by the four certainties."""
    return Choice(
        "certainty", _l("How sure"), coded("certainties"), lambda code, v: equals(model.certainty, code), many=True
    )


def names_where(v, model, *conditions) -> list[tuple[object, str]]:
    """(id, name) of the visible records of `model` that meet the conditions, in the order of the language of the view."""
    order = model.order_cs if v.lang == "cs" else model.order_en
    rows = v.s.scalars(select(model).where(*conditions, visible_to(v.actor, model)).order_by(order, model.id))
    return [(row.id, row.name(v.lang)) for row in rows]
