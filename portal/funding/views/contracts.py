"""The list of contracts, the pages of contracts and of their addenda, their forms."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, request

from portal.funding import actions, queries, sheet
from portal.funding.forms import AddendumForm, ContractForm
from portal.funding.queries import lines, listings
from portal.funding.views.blueprint import bp
from portal.kernel.errors import NotFound
from portal.kernel.money import Money
from portal.kernel.permission import need
from portal.kernel.years import years
from portal.rates.queries import book
from portal.rates.rules import Agreed, beside
from portal.sources import profiles
from portal.sources.facts import fact
from portal.sources.forms import readers_of
from portal.sources.yearly import year_of
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _
from portal.workbooks.exports import Export, register

COFINANCING = "cofinancing"


@bp.get("/contracts")
@needs("contract.read")
def contracts() -> Response:
    s, actor = page.session(), page.actor()
    v = listings.CONTRACTS.open(s, actor, request.args, page.lang())
    rows = v.rows(listings.select_contracts(actor))
    return page.render("funding/contracts.html", v=v, rows=lines.of_contracts(s, actor, rows))


@bp.get("/contracts/<int:contract_id>")
@needs("contract.read")
def contract(contract_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = _contract(contract_id)
    addenda, flows = queries.addenda_of(s, actor, contract_id), queries.flows_under(s, actor, contract_id)
    told = profiles.context(found, *addenda, *flows)
    return page.render(
        "funding/contract.html", contract=found, addenda=addenda, flows=flows, years=_years(found, told["facts"]),
        early=queries.before(found, flows), adding=queries.adding(s, actor, flows),
        **_in_euros(found, flows),
        **told,
    )  # fmt: skip


@bp.route("/contracts/add", methods=["GET", "POST"])
@needs("contract.add", under="for instrument")
def sign_contract() -> Response:
    """`?for=<id>` names the project or framework, `?instrument=<id>` the instrument."""
    s, who = page.session(), page.actor()
    given = {name: page.asked_id(name) for name in ("for", "instrument")}
    form = ContractForm(data=given | readers_of(s, who, None))
    form.offer(s, who)

    def act(values, support):
        return actions.sign_contract(s, who, values, support)

    def onwards(made) -> Response:
        return _to_contract(made.id)

    return profiles.saved_new(
        form, "funding/sign_contract.html", act, onwards, _("The contract is added."), given=given
    )


@bp.route("/contracts/<int:contract_id>/edit", methods=["GET", "POST"])
@needs("contract.edit")
def edit_contract(contract_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _contract(contract_id)
    need(who, "contract.edit", found)
    sets = partial(queries.sets_of, s, contract_id)
    return profiles.saved(
        profiles.opened(ContractForm, found, sets), found, "funding/edit_contract.html",
        lambda values, support: actions.edit_contract(s, who, found, values, support), lambda: _to_contract(contract_id),
        sets,
    )  # fmt: skip


@bp.get("/addenda/<int:addendum_id>")
@needs("addendum.read")
def addendum(addendum_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = _addendum(addendum_id)
    flows = queries.flows_of_addendum(s, actor, addendum_id)
    return page.render(
        "funding/addendum.html",
        addendum=found,
        flows=flows,
        adding=queries.adding(s, actor, flows),
        **profiles.context(found, *flows),
    )


@bp.route("/contracts/<int:contract_id>/addenda/add", methods=["GET", "POST"])
@needs("addendum.add", under="contract_id")
def add_addendum(contract_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _contract(contract_id)
    need(who, "addendum.add", found)
    form = AddendumForm(data={"contract": contract_id} | readers_of(s, who, None))
    form.offer(s, who)

    def act(values, support):
        return actions.add_addendum(s, who, values, support)

    def onwards(made) -> Response:
        return _to_contract(made.contract_id)

    return profiles.saved_new(
        form, "funding/add_addendum.html", act, onwards, _("The addendum is added."), contract=found
    )


@bp.route("/addenda/<int:addendum_id>/edit", methods=["GET", "POST"])
@needs("addendum.edit")
def edit_addendum(addendum_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = _addendum(addendum_id)
    need(who, "addendum.edit", found)
    return profiles.saved(
        profiles.opened(AddendumForm, found), found, "funding/edit_addendum.html",
        lambda values, support: actions.edit_addendum(s, who, found, values, support),
        lambda: _to_contract(found.contract_id),
    )  # fmt: skip


def _in_euros(contract, flows) -> dict:
    """The flows in another currency under each regime side by side, with the day up to which daily rates are known."""
    foreign = [flow for flow in flows if flow.amount and flow.amount.currency != "EUR"]
    if not foreign:
        return {"converted": [], "converting": None, "known_until": None}
    agreed = Agreed(
        contract.start, contract.end, contract.rate_regime, contract.fixed_rate, contract.fixed_currency, contract.rounding,
    )  # fmt: skip
    rates = book(page.session(), page.actor(), {flow.amount.currency for flow in foreign})
    converted = [(flow, beside(flow.amount, flow.valued, agreed, rates)) for flow in foreign]
    return {"converted": converted, "converting": agreed, "known_until": rates.known_until()}


def _years(contract, facts) -> list[tuple[int, str, Money | None]]:
    """(budget year, its fact, amount) of co-financing, in order; None where it was stated once and is not known any more."""
    now = {f"{COFINANCING}_{year}": (year, amount) for year, amount in years(contract.cofinancing)}
    stated = (fact(contract.kind, field) for field in facts.by_field)
    now = {f.field: (year_of(f), None) for f in stated if f.part_of == COFINANCING} | now
    return sorted((year, field, amount) for field, (year, amount) in now.items())


def _to_contract(contract_id: int) -> Response:
    """The contract's page; the list, where the actor has hidden it from themselves."""
    if queries.contract(page.session(), page.actor(), contract_id) is None:
        return page.redirect_to("funding.contracts")
    return page.redirect_to("funding.contract", contract_id=contract_id)


def _contract(contract_id: int):
    found = queries.contract(page.session(), page.actor(), contract_id)
    if found is None:
        raise NotFound("contract", id=contract_id)
    return found


def _addendum(addendum_id: int):
    found = queries.addendum(page.session(), page.actor(), addendum_id)
    if found is None:
        raise NotFound("addendum", id=addendum_id)
    return found


def offer(app: Flask) -> None:
    register(
        app,
        Export(
            sheet.CONTRACTS, listings.CONTRACTS, lambda v: listings.select_contracts(v.actor), "contract.read",
            lines.of_contracts,
        ),
    )  # fmt: skip
