"""Adding and editing results. Lists and profiles stand in `portfolio`."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.results import actions, queries
from portal.results.forms import FORMS, ValueForm
from portal.sources.forms import readers_of, save, standing
from portal.sources.queries import record as find_record
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.links import record_url

bp = Blueprint("results", __name__)
EITHER = ("project", "framework")


@bp.route("/projects/<int:project_id>/milestones/add", methods=["GET", "POST"])
@needs("milestone.add", under="project_id")
def add_milestone(project_id: int) -> Response:
    return _add("milestone", project_id, ("project",), actions.set_milestone)


@bp.route("/projects/<int:project_id>/activities/add", methods=["GET", "POST"])
@needs("activity.add", under="project_id")
def add_activity(project_id: int) -> Response:
    return _add("activity", project_id, ("project",), actions.plan_activity)


@bp.route("/records/<int:record_id>/indicators/add", methods=["GET", "POST"])
@needs("indicator.add", under="record_id")
def add_indicator(record_id: int) -> Response:
    return _add("indicator", record_id, EITHER, actions.choose_indicator)


@bp.route("/records/<int:record_id>/risks/add", methods=["GET", "POST"])
@needs("risk.add", under="record_id")
def add_risk(record_id: int) -> Response:
    return _add("risk", record_id, EITHER, actions.name_risk)


@bp.route("/milestones/<int:milestone_id>/edit", methods=["GET", "POST"])
@needs("milestone.edit")
def edit_milestone(milestone_id: int) -> Response:
    return _edit("milestone", milestone_id, actions.edit_result)


@bp.route("/activities/<int:activity_id>/edit", methods=["GET", "POST"])
@needs("activity.edit")
def edit_activity(activity_id: int) -> Response:
    return _edit("activity", activity_id, actions.edit_result)


@bp.route("/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
@needs("indicator.edit")
def edit_indicator(indicator_id: int) -> Response:
    return _edit("indicator", indicator_id, actions.edit_indicator)


@bp.route("/risks/<int:risk_id>/edit", methods=["GET", "POST"])
@needs("risk.edit")
def edit_risk(risk_id: int) -> Response:
    return _edit("risk", risk_id, actions.edit_result)


@bp.route("/indicators/<int:indicator_id>/values/add", methods=["GET", "POST"])
@needs("indicator_value.add", under="indicator_id")
def add_value(indicator_id: int) -> Response:
    s, who = page.session(), page.actor()
    indicator = _result("indicator", indicator_id)
    need(who, "indicator.edit", indicator)
    form = ValueForm()
    form.offer_sources(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                values = {**form.values(), "indicator": indicator_id}
                actions.measure_indicator(s, who, values, form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The value is saved."))
            return page.redirect_back(record_url(indicator, _anchor="values"))
    return page.render("results/add_value.html", form=form, indicator=indicator, profile=record_url(indicator))


@bp.route("/indicator-values/<int:value_id>/edit", methods=["GET", "POST"])
@needs("indicator_value.edit")
def edit_value(value_id: int) -> Response:
    s, who = page.session(), page.actor()
    value = queries.value(s, who, value_id)
    if value is None:
        raise NotFound("indicator_value", id=value_id)
    need(who, "indicator_value.edit", value)
    form = ValueForm(data=standing(value))
    form.offer_sources(s, who)
    indicator, profile = value.indicator, record_url(value.indicator, _anchor="values")
    if form.validate_on_submit():
        saved = save(
            form, value, lambda values, support: actions.correct_value(s, who, value, values, support),
            title=indicator.name(lang()), cancel=profile,
        )  # fmt: skip
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_back(profile)
        if saved:
            return saved
    return page.render("results/edit_value.html", form=form, value=value, indicator=indicator, profile=profile)


def _add(kind: str, of_id: int, kinds: tuple[str, ...], add: Callable) -> Response:
    """The button "Save and write another" leads back here."""
    s, who = page.session(), page.actor()
    of = find_record(s, who, of_id)
    if of is None or of.kind not in kinds:
        raise NotFound("record", id=of_id)
    need(who, f"{of.kind}.edit", of)
    form = FORMS[kind](data={"of": of_id} | readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                made = add(s, who, form.values(), form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("Saved."))
            if "another" in request.form:
                return page.redirect_to(request.endpoint, **(request.view_args or {}))
            return page.redirect_back(record_url(made.of, _anchor="results"))
    return page.render("results/add.html", form=form, kind=kind, of=of, profile=record_url(of, _anchor="results"))


def _edit(kind: str, result_id: int, put: Callable) -> Response:
    s, who = page.session(), page.actor()
    record = _result(kind, result_id)
    need(who, f"{kind}.edit", record)
    form = FORMS[kind](data=standing(record) | readers_of(s, who, record))
    form.offer(s, who, record)
    name, profile = record.name(lang()), record_url(record)
    if form.validate_on_submit():
        saved = save(
            form, record, lambda values, support: put(s, who, record, values, support), title=name, cancel=profile
        )
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_back(_after(record))
        if saved:
            return saved
    return page.render(
        "results/edit.html", form=form, kind=kind, record=record, name=name, profile=profile,
        action=url_for(request.endpoint, **(request.view_args or {})),
    )  # fmt: skip


def _after(record) -> str:
    """Its page; that of what it belongs to, where the actor has hidden it from themselves."""
    s, who = page.session(), page.actor()
    seen = queries.result(s, who, record.kind, record.id)
    return record_url(seen) if seen is not None else record_url(record.of)


def _result(kind: str, result_id: int):
    found = queries.result(page.session(), page.actor(), kind, result_id)
    if found is None:
        raise NotFound(kind, id=result_id)
    return found
