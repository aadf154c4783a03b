"""The page of a version of a budget, its comparison with the one before, its forms."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, request, url_for

from portal.budgets import actions, queries
from portal.budgets.forms import AgreeForm, BudgetForm
from portal.budgets.rules import (
    AGREED,
    BY_ADDENDUM,
    HEADINGS,
    INDIRECT,
    ORIGINAL,
    PERCENT,
    RESERVE,
    SUBTOTAL,
    Limits,
    share,
)
from portal.budgets.views.blueprint import bp
from portal.funding.queries import contract as contract_by_id
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.sources import profiles
from portal.sources.forms import readers_of
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _


@bp.get("/budgets/<int:budget_id>")
@needs("budget.read")
def budget(budget_id: int) -> Response:
    found = found_budget(budget_id)
    return _page(found, AgreeForm(data={"version": found.version}))


@bp.post("/budgets/<int:budget_id>")
@needs("budget.edit")
def agree(budget_id: int) -> Response:
    """`agree` or `reopen` among what is sent says which."""
    s, who = page.session(), page.actor()
    found = found_budget(budget_id)
    need(who, "budget.edit", found)
    form = AgreeForm(data={"version": found.version})
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason.data):
                s.refresh(found)
                if "reopen" in request.form:
                    actions.reopen_budget(s, who, found, form.version.data, form.reason.data or "")
                else:
                    actions.agree_budget(s, who, found, form.version.data)
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The budget is a draft again.") if "reopen" in request.form else _("The budget is agreed."))
            return page.redirect_to("budgets.budget", budget_id=budget_id)
    return _page(found, form)


@bp.get("/budgets/<int:budget_id>/comparison")
@needs("budget.read")
def compare(budget_id: int) -> Response:
    s, actor = page.session(), page.actor()
    found = found_budget(budget_id)
    compared = queries.comparison(s, actor, found)
    return page.render("budgets/comparison.html", budget=found, compared=compared, headings=HEADINGS)


@bp.route("/contracts/<int:contract_id>/budgets/add", methods=["GET", "POST"])
@needs("budget.add", under="contract_id")
def add(contract_id: int) -> Response:
    """`?copy=<id>` names the version whose lines the new one begins with."""
    s, who = page.session(), page.actor()
    contract = contract_by_id(s, who, contract_id)
    if contract is None:
        raise NotFound("contract", id=contract_id)
    need(who, "budget.add", contract)
    asked = page.asked_id("copy")
    copied = queries.budget(s, who, asked) if asked else None
    if copied is not None and copied.contract_id != contract_id:
        copied = None
    given = {
        "contract": contract_id, "currency": copied.currency if copied else contract.currency or "EUR",
        "kind_code": BY_ADDENDUM if copied else ORIGINAL,
    }  # fmt: skip
    given |= {unit: getattr(copied, unit) for unit in PERCENT} if copied else {}
    form = BudgetForm(data=given | readers_of(s, who, None))
    form.offer(s, who, contract_id=contract_id)

    def act(values, support):
        return actions.draw_up_budget(s, who, values, support, copied=copied)

    return profiles.saved_new(
        form,
        "budgets/add.html",
        act,
        to_page,
        _("The budget is drawn up, as a draft."),
        contract=contract,
        copied=copied,
    )


@bp.route("/budgets/<int:budget_id>/edit", methods=["GET", "POST"])
@needs("budget.edit")
def edit(budget_id: int) -> Response:
    s, who = page.session(), page.actor()
    found = found_budget(budget_id)
    need(who, "budget.edit", found)
    return profiles.saved(
        profiles.opened(BudgetForm, found), found, "budgets/edit.html",
        lambda values, support: actions.edit_budget(s, who, found, values, support), lambda: to_page(found),
    )  # fmt: skip


def to_page(made) -> Response:
    """Its page; that of the contract, where the actor has hidden it from themselves."""
    if queries.budget(page.session(), page.actor(), made.id) is None:
        return page.redirect_to("funding.contract", contract_id=made.contract_id)
    return page.redirect_to("budgets.budget", budget_id=made.id)


def found_budget(budget_id: int):
    """The budget of an address."""
    found = queries.budget(page.session(), page.actor(), budget_id)
    if found is None:
        raise NotFound("budget", id=budget_id)
    return found


def limits_of(sums: Mapping[int, int], limits: Limits) -> dict[int, int]:
    """By heading 8 and 10: the most it may be by the sums of the headings, minor units."""
    return {INDIRECT: share(sums[SUBTOTAL], limits.indirect), RESERVE: share(sums[SUBTOTAL], limits.reserve)}


def _page(found, form: AgreeForm) -> Response:
    s, actor = page.session(), page.actor()
    version, compared = queries.version(s, found), queries.comparison(s, actor, found)
    return page.render(
        "budgets/budget.html", budget=found, version=version, compared=compared, form=form, headings=HEADINGS,
        allowed=limits_of(version.totals, version.limits),
        others=queries.budgets_of(s, actor, found.contract_id), **profiles.context(found),
    )  # fmt: skip


def _card(contract) -> dict:
    """The versions of a contract's budget with their totals, for its page; a new one begins with the last agreed."""
    found = queries.versions(page.session(), page.actor(), contract.id)
    agreed = [one.budget for one in found if one.budget.state == AGREED]
    last = agreed[-1] if agreed else found[-1].budget if found else None
    return {
        "versions": found, "headings": HEADINGS,
        "add": url_for("budgets.add", contract_id=contract.id, **({"copy": last.id} if last else {})),
    }  # fmt: skip


def install(app: Flask) -> None:
    app.jinja_env.globals["budgets_of"] = _card
