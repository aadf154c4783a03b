"""Adding and editing people in public office, who take part in events. Their page stands in `portfolio`."""

from __future__ import annotations

from flask import Response, url_for

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.partners import actions, queries
from portal.partners.forms import RoleHolderForm
from portal.partners.views.blueprint import bp
from portal.sources.forms import readers_of, save, standing
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang


@bp.route("/role-holders/add", methods=["GET", "POST"])
@needs("role_holder.add")
def add_role_holder() -> Response:
    s, who = page.session(), page.actor()
    form = RoleHolderForm(data=readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                holder = actions.add_role_holder(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            return _onwards(holder.id, _("The office holder is added."))
    return page.render("partners/add_role_holder.html", form=form)


@bp.route("/role-holders/<int:role_holder_id>/edit", methods=["GET", "POST"])
@needs("role_holder.edit")
def edit_role_holder(role_holder_id: int) -> Response:
    s, who = page.session(), page.actor()
    holder = queries.role_holder(s, who, role_holder_id)
    if holder is None:
        raise NotFound("role_holder", id=role_holder_id)
    need(who, "role_holder.edit", holder)
    form = RoleHolderForm(data=standing(holder) | readers_of(s, who, holder))
    form.offer(s, who, holder)
    name, profile = holder.name(lang()), url_for("portfolio.role_holder", role_holder_id=role_holder_id)
    if form.validate_on_submit():
        saved = save(
            form, holder, lambda values, support: actions.edit_role_holder(s, who, holder, values, support),
            title=name, cancel=profile,
        )  # fmt: skip
        if saved is True:
            return _onwards(role_holder_id, form.saved_words(holder))
        if saved:
            return saved
    return page.render("partners/edit_role_holder.html", form=form, holder=holder, name=name, profile=profile)


def _onwards(holder_id: int, said: str) -> Response:
    """The page one came from, else the office holder's; the home page, where the actor has hidden it from themselves."""
    page.flash(said)
    if queries.role_holder(page.session(), page.actor(), holder_id) is None:
        return page.redirect_back(None)
    return page.redirect_back(url_for("portfolio.role_holder", role_holder_id=holder_id))
