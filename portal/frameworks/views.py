"""Adding and editing frameworks and the phases of programmes. Lists and profiles stand in `portfolio`."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from portal.frameworks import actions, queries
from portal.frameworks.forms import FrameworkForm, PhaseForm
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.sources.forms import readers_of, save, standing
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang

bp = Blueprint("frameworks", __name__)


@bp.route("/frameworks/add", methods=["GET", "POST"])
@needs("framework.add", under="under")
def add() -> Response:
    s, who = page.session(), page.actor()
    form = FrameworkForm(data={"parent": request.args.get("under", type=int)} | readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                framework = actions.add_framework(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            return _to_profile(framework, _("The framework is added."))
    return page.render("frameworks/add.html", form=form)


@bp.route("/frameworks/<int:framework_id>/edit", methods=["GET", "POST"])
@needs("framework.edit")
def edit(framework_id: int) -> Response:
    s, who = page.session(), page.actor()
    framework = queries.framework(s, who, framework_id)
    if framework is None:
        raise NotFound("framework", id=framework_id)
    need(who, "framework.edit", framework)
    form = FrameworkForm(data=standing(framework) | readers_of(s, who, framework))
    form.offer(s, who, framework)
    name = framework.name(lang())
    if form.validate_on_submit():
        saved = save(
            form, framework, lambda values, support: actions.edit_framework(s, who, framework, values, support),
            title=name, cancel=url_for("portfolio.framework", framework_id=framework_id),
        )  # fmt: skip
        if saved is True:
            return _to_profile(framework, form.saved_words(framework))
        if saved:
            return saved
    return page.render("frameworks/edit.html", form=form, framework_id=framework_id, name=name)


def _to_profile(framework, said: str) -> Response:
    """Its profile; the list, where the actor has hidden it from themselves."""
    page.flash(said)
    if queries.framework(page.session(), page.actor(), framework.id) is None:
        return page.redirect_to("portfolio.frameworks")
    return page.redirect_to("portfolio.framework", framework_id=framework.id)


@bp.route("/frameworks/<int:framework_id>/phases/add", methods=["GET", "POST"])
@needs("phase.add", under="framework_id")
def add_phase(framework_id: int) -> Response:
    s, who = page.session(), page.actor()
    framework = queries.framework(s, who, framework_id)
    if framework is None:
        raise NotFound("framework", id=framework_id)
    need(who, "framework.edit", framework)
    standing_before = queries.phases_of(s, who, framework_id)
    form = PhaseForm(data={"framework": framework_id, "position": len(standing_before) + 1} | readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                phase = actions.add_phase(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The phase is added."))
            return page.redirect_to("portfolio.framework", framework_id=phase.framework_id, _anchor="phases")
    return page.render("frameworks/add_phase.html", form=form, framework=framework)


@bp.route("/phases/<int:phase_id>/edit", methods=["GET", "POST"])
@needs("phase.edit")
def edit_phase(phase_id: int) -> Response:
    s, who = page.session(), page.actor()
    phase = queries.phase(s, who, phase_id)
    if phase is None:
        raise NotFound("phase", id=phase_id)
    need(who, "phase.edit", phase)
    form = PhaseForm(data=standing(phase) | readers_of(s, who, phase))
    form.offer(s, who, phase)
    name, profile = phase.name(lang()), url_for("portfolio.phase", phase_id=phase_id)
    if form.validate_on_submit():
        saved = save(
            form, phase, lambda values, support: actions.edit_phase(s, who, phase, values, support),
            title=name, cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_back(url_for("portfolio.framework", framework_id=phase.framework_id, _anchor="phases"))
        if saved:
            return saved
    return page.render("frameworks/edit_phase.html", form=form, phase=phase, name=name, profile=profile)
