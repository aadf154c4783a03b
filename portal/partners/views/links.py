"""Relating two records, changing the note of the relation, and ending it."""

from __future__ import annotations

from flask import Response, request

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.partners import actions, queries
from portal.partners.forms import EditLinkForm, EndForm, LinkForm
from portal.partners.views.blueprint import bp
from portal.partners.views.roles import back_to
from portal.sources.facts import NOTHING
from portal.sources.forms import save, standing
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.links import record_url


@bp.route("/records/<int:record_id>/links/add", methods=["GET", "POST"])
@needs("link.add", under="record_id")
def add_link(record_id: int) -> Response:
    s, who = page.session(), page.actor()
    source = find_record(s, who, record_id)
    if source is None:
        raise NotFound("record", id=record_id)
    need(who, f"{source.kind}.edit", source)
    form = LinkForm(data={"relation": request.args.get("relation", "possibly_same")})
    form.offer(s, who, source)
    if form.validate_on_submit():
        values = form.values()
        try:
            with page.writing(reason=form.reason):
                target = find_record(s, who, values["target"])
                note = values.get("note") or NOTHING
                actions.link(s, who, source, values["relation"], target, form.support(s, who), note=note)
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The two records are related."))
            return back_to(source, "links")
    return page.render("partners/add_link.html", form=form, record=source)


@bp.route("/links/<int:link_id>/edit", methods=["GET", "POST"])
@needs("link.edit")
def edit_link(link_id: int) -> Response:
    s, who = page.session(), page.actor()
    link = queries.link(s, who, link_id)
    if link is None:
        raise NotFound("link", id=link_id)
    need(who, "link.edit", link)
    source, target = find_record(s, who, link.from_id), find_record(s, who, link.to_id)
    form = EditLinkForm(data=standing(link))
    form.offer_sources(s, who)
    profile = record_url(source, _anchor="links")
    if form.validate_on_submit():
        saved = save(
            form, link, lambda values, support: actions.edit_link(s, who, link, values, support),
            title=f"{source.name(lang())} – {target.name(lang())}", cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Saved."))
            return back_to(source, "links")
        if saved:
            return saved
    return page.render("partners/edit_link.html", form=form, record=source, link=link, target=target)


@bp.route("/links/<int:link_id>/end", methods=["GET", "POST"])
@needs("link.edit")
def end_link(link_id: int) -> Response:
    s, who = page.session(), page.actor()
    link = queries.link(s, who, link_id)
    if link is None:
        raise NotFound("link", id=link_id)
    source = find_record(s, who, link.from_id)
    need(who, f"{source.kind}.edit", source)
    form = EndForm()
    if form.validate_on_submit():
        with page.writing(reason=form.reason.data):
            actions.unlink(s, who, link)
        page.flash(_("The relation is taken away; the history keeps it."))
        return back_to(source, "links")
    return page.render(
        "partners/end_link.html", form=form, record=source, link=link, target=find_record(s, who, link.to_id)
    )
