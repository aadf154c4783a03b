"""The list of flows, the page of one, booking and editing."""

from __future__ import annotations

from flask import Flask, Response, request
from jinja2 import pass_context

from portal.funding import actions, queries, sheet
from portal.funding.forms import FlowForm
from portal.funding.naming import told_apart
from portal.funding.queries import lines, listings
from portal.funding.views.blueprint import bp
from portal.kernel.errors import InvalidInput, NotFound
from portal.kernel.permission import need
from portal.sources import profiles
from portal.sources.forms import readers_of
from portal.sources.queries import disputed
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l
from portal.web.links import record_url
from portal.workbooks.exports import Export, register

DOUBTS = {
    "same_amount_booked": _l(
        "This record already has a flow of the same amount: %(name)s. If both say the same of the same money, keep only one. If "
        "this one is part of that one, include it there; if it states that one anew, let it supersede it."
    ),
    "same_amount_at_umbrella": _l(
        "The umbrella project already has a flow of the same amount: %(name)s. If it is the same money, it belongs to the whole "
        "and not to this part: keep only that one, or include this flow in it."
    ),
    "same_amount_at_part": _l(
        "A part of this project already has a flow of the same amount: %(name)s. If it is the same money, keep only one, or "
        "include that flow in this one."
    ),
    "umbrella_has_a_sum": _l(
        "The umbrella project already has a sum: %(name)s. If this amount is a part of it, choose it under “Included in another "
        "flow”; then it is shown and not added. Else it adds to that sum."
    ),
    "parts_exceed_whole": _l("The flows included in %(name)s are together more than that flow. Check the amounts."),
    "misfits_its_whole": _l(
        "As they stand now, this flow does not fit into %(name)s. Check amounts, currencies and where the two are booked."
    ),
    "part_misfits": _l(
        "As they stand now, %(name)s does not fit into this flow. Check amounts, currencies and where the two are booked."
    ),
    "instrument_differs": _l(
        "The contract %(name)s is given under another instrument than this flow. Check which holds."
    ),
    "before_the_contract": _l(
        "It is dated before its contract %(name)s was signed. Check both dates, and whether it belongs under that contract."
    ),
    "elsewhere_than_contract": _l(
        "Its contract %(name)s is for another project or framework than the one it is booked at. Check where it belongs."
    ),
    "superseded_twice": _l(
        "%(name)s supersedes the same flow, so both count. If the two are the same money, let one supersede the other."
    ),
    "misfits_what_it_supersedes": _l(
        "As they stand now, this flow cannot supersede %(name)s. Check where the two are booked, their contracts and types."
    ),
    "addendum_differs": _l("The addendum %(name)s belongs to another contract than this flow. Check which holds."),
}
UNSOURCED = _l(
    "No source states the amount of %(name)s. Until one is cited on the page of its amount, it counts only in totals by all "
    "statements."
)


@bp.get("/flows")
@needs("flow.read")
def flows() -> Response:
    s, actor = page.session(), page.actor()
    v = listings.FLOWS.open(s, actor, request.args, page.lang())
    rows = v.rows(listings.select_flows(actor))
    conflicts = disputed(s, actor, "amount", [row.id for row in rows])
    return page.render("funding/flows.html", v=v, rows=rows, disputed=conflicts,
        adding=queries.adding(s, actor, rows),
    )  # fmt: skip


@bp.get("/flows/<int:flow_id>")
@needs("flow.read")
def flow(flow_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = _found(flow_id)
    included = queries.included_flows(s, actor, flow_id)
    adding = queries.adding(s, actor, [found, *included])
    return page.render(
        "funding/flow.html", flow=found, included=included, doubts=worded(queries.doubts(s, actor, found)),
        adding=adding, by_documents=queries.adding(s, actor, [found], "documents").get(found.id),
        none_of_them_adds=all(adding[one.id].reason for one in included),
        **profiles.context(found, *included, *filter(None, (found.included_in, found.supersedes)), *found.superseded_by),
    )  # fmt: skip


@bp.route("/flows/add", methods=["GET", "POST"])
@needs("flow.add", under="booked instrument contract addendum")
def book_flow() -> Response:
    """`?booked=<id>` names the record; `?contract=<id>` or `?addendum=<id>` what the money is given under."""
    s, who = page.session(), page.actor()
    given = {name: page.asked_id(name) for name in ("booked", "instrument", "contract", "addendum")}
    form = FlowForm(data=given | readers_of(s, who, None))
    form.offer(s, who)
    place = find_record(s, who, given["booked"]) if given["booked"] else None

    def act(values, support):
        made = actions.book_flow(s, who, values, support)
        _ask_again(s, who, form, made)
        return made

    return profiles.saved_new(form, "funding/book_flow.html", act, to_place, _("The flow is booked."), place=place)


@bp.route("/flows/<int:flow_id>/edit", methods=["GET", "POST"])
@needs("flow.edit")
def edit_flow(flow_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _found(flow_id)
    need(who, "flow.edit", found)
    form = profiles.opened(FlowForm, found)
    known = [other.id for _code, other in _same_money(s, who, found)]

    def act(values, support):
        _ask_again(s, who, form, actions.edit_flow(s, who, found, values, support), known)

    return profiles.saved(form, found, "funding/edit_flow.html", act, lambda: to_place(found))


def _ask_again(s, who, form: FlowForm, made, known=()) -> None:
    """Refuse what looks like the same money a second time, until the person says that it is different money. `known`: ids of
    flows it looked like before.

    Raises InvalidInput; the change is rolled back and what was typed stays.
    """
    doubts = [(code, other) for code, other in _same_money(s, who, made) if other.id not in known]
    if doubts and not form.different.data:
        raise InvalidInput({"different": " ".join([*worded(doubts), _("If it is different money, tick this box.")])})


def _same_money(s, who, made) -> list:
    """Doubts whether a flow tells of money that another one tells of already. Whether a part of an umbrella is inside its sum is
    asked once, when it is booked: the answer is in the booking."""
    same = [(code, other) for code, other in queries.doubts(s, who, made) if code.startswith("same_amount")]
    met = {other.id for _code, other in same}
    return same + [("umbrella_has_a_sum", one) for one in queries.umbrella_sums(s, who, made) if one.id not in met]


def to_place(made) -> Response:
    """The money of the record the flow is booked at, with what is worth a second look; the list, if that is hidden."""
    s, who = page.session(), page.actor()
    seen = queries.flow(s, who, made.id)
    if seen is None:
        return page.redirect_to("funding.flows")
    for text in worded(queries.doubts(s, who, seen)):
        page.flash(text, "warn")
    if seen.amount is not None and seen.certainty == "uncited":
        page.flash(str(UNSOURCED) % {"name": _called(seen)}, "warn")
    return page.redirect_back(record_url(seen.booked), "funding.flow", flow_id=seen.id)


def worded(doubts) -> list[str]:
    """Doubts as sentences."""
    return [str(DOUBTS[code]) % {"name": _called(other)} for code, other in doubts]


def _called(other) -> str:
    return told_apart(other, lang()) if other.kind == "flow" else other.name(lang())


def _found(flow_id: int):
    found = queries.flow(page.session(), page.actor(), flow_id)
    if found is None:
        raise NotFound("flow", id=flow_id)
    return found


def install(app: Flask) -> None:
    app.jinja_env.filters["told_apart"] = pass_context(lambda _context, flow: told_apart(flow, lang()))


def offer(app: Flask) -> None:
    register(
        app,
        Export(sheet.FLOWS, listings.FLOWS, lambda v: listings.select_flows(v.actor), "flow.read", lines.of_flows),
    )
