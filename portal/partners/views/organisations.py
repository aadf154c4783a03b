"""Adding and editing organisations."""

from __future__ import annotations

from flask import Response, url_for

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.partners import actions, queries
from portal.partners.forms import OrganisationForm
from portal.partners.views.blueprint import bp
from portal.sources.forms import readers_of, save, standing
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang


@bp.route("/organisations/add", methods=["GET", "POST"])
@needs("organisation.add")
def add_organisation() -> Response:
    s, who = page.session(), page.actor()
    form = OrganisationForm(data=readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                organisation = actions.add_organisation(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            return _to_profile(organisation, _("The organisation is added."))
    return page.render("partners/add_organisation.html", form=form)


@bp.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@needs("organisation.edit")
def edit_organisation(organisation_id: int) -> Response:
    s, who = page.session(), page.actor()
    organisation = queries.organisation(s, who, organisation_id)
    if organisation is None:
        raise NotFound("organisation", id=organisation_id)
    need(who, "organisation.edit", organisation)
    form = OrganisationForm(data=standing(organisation) | readers_of(s, who, organisation))
    form.offer(s, who, organisation)
    name = organisation.name(lang())
    if form.validate_on_submit():
        saved = save(
            form, organisation,
            lambda values, support: actions.edit_organisation(s, who, organisation, values, support),
            title=name, cancel=url_for("portfolio.organisation", organisation_id=organisation_id),
        )  # fmt: skip
        if saved is True:
            return _to_profile(organisation, form.saved_words(organisation))
        if saved:
            return saved
    return page.render("partners/edit_organisation.html", form=form, organisation_id=organisation_id, name=name)


def _to_profile(organisation, said: str) -> Response:
    """Its profile; the list, where the actor has hidden it from themselves."""
    page.flash(said)
    if queries.organisation(page.session(), page.actor(), organisation.id) is None:
        return page.redirect_to("portfolio.organisations")
    return page.redirect_to("portfolio.organisation", organisation_id=organisation.id)
