"""Adding and editing projects, and the themes they have. Lists and profiles of projects stand in `portfolio`."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.projects import actions, queries
from portal.projects.forms import ProjectForm, ThemeForm
from portal.sources.facts import NOTHING
from portal.sources.forms import readers_of, save, standing
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, lang
from portal.web.links import record_url

bp = Blueprint("projects", __name__)
ONLY_ITS_OWN = (
    "status", "status_basis", "status_on", "actual_start", "actual_end", "reference", "file_mark", "acronym", "placeholder",
    "confidential", "version", "note_cs", "note_en", "light", "light_on", "reported_on",
)  # fmt: skip
"""Units of a project that a duplicate does not take over."""
NAMED = 3
"""Projects of the same name that are named."""
COPY = {"cs": "(kopie)", "en": "(copy)"}


@bp.route("/projects/add", methods=["GET", "POST"])
@needs("project.add")
def add() -> Response:
    s, who = page.session(), page.actor()
    form = ProjectForm(data=_first_values(s, who) | readers_of(s, who, None))
    form.offer(s, who)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason):
                values = form.values()
                _ask_again(s, who, form, values["name"])
                project = actions.add_project(s, who, values, form.support(s, who))
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            return _to_profile(project, _("The project is added."))
    return page.render("projects/add.html", form=form)


def _ask_again(s, who, form: ProjectForm, name) -> None:
    """Refuse the name of a project that the person sees, until they say that theirs is another one.

    Raises InvalidInput; what was typed stays.
    """
    found = [] if form.another.data else queries.namesakes(s, who, name.cs, name.en)
    if not found:
        return
    link = Markup('<a href="{}" target="_blank" rel="noopener">{}<span class="vh"> {}</span></a>')
    beside = _("(opens in a new tab)")
    links = Markup(", ").join(link.format(record_url(one), one.name(lang()), beside) for one in found[:NAMED])
    said = _("There is a project of this name already:"), _("If yours is another one, tick this box.")
    raise InvalidInput({"another": Markup("{} {}. {}").format(said[0], links, said[1])})


def _first_values(s, who) -> dict:
    """What the form of a new project holds at first: `?framework=` and `?umbrella=` place it, `?like=<id>` fills it with what
    another project is, without what only that one was: its status, its real dates, and whatever its sources say of it."""
    like = queries.project(s, who, page.asked_id("like") or 0)
    if like is None:
        return {name: request.args.get(name, type=int) for name in ("framework", "umbrella")}
    values = standing(like, partial(queries.sets_of, s, like.id))
    for name in ONLY_ITS_OWN:
        values.pop(name, None)
    copied = {
        f"name_{code}": f"{values[f'name_{code}']} {word}" for code, word in COPY.items() if values.get(f"name_{code}")
    }
    return values | copied


@bp.route("/projects/<int:project_id>/edit", methods=["GET", "POST"])
@needs("project.edit")
def edit(project_id: int) -> Response:
    s, who = page.session(), page.actor()
    project = queries.project(s, who, project_id)
    if project is None:
        raise NotFound("project", id=project_id)
    need(who, "project.edit", project)
    sets = partial(queries.sets_of, s, project_id)
    form = ProjectForm(data=standing(project, sets) | readers_of(s, who, project))
    form.offer(s, who, project)
    name = project.name(lang())
    if form.validate_on_submit():
        saved = save(
            form, project, lambda values, support: actions.edit_project(s, who, project, values, support), sets=sets,
            title=name, cancel=url_for("portfolio.project", project_id=project_id),
        )  # fmt: skip
        if saved is True:
            return _to_profile(project, form.saved_words(project))
        if saved:
            return saved
    return page.render("projects/edit.html", form=form, project_id=project_id, name=name)


def _to_profile(project, said: str) -> Response:
    """Its profile; the list, where the actor has hidden it from themselves."""
    page.flash(said)
    if queries.project(page.session(), page.actor(), project.id) is None:
        return page.redirect_to("portfolio.projects")
    return page.redirect_to("portfolio.project", project_id=project.id)


@bp.get("/themes")
@needs("project.read")
def themes() -> Response:
    return page.render("projects/themes.html", rows=queries.themes_used(page.session(), page.actor(), lang()))


@bp.route("/themes/add", methods=["GET", "POST"])
@needs("theme.add")
def add_theme() -> Response:
    s, who = page.session(), page.actor()
    form = ThemeForm()
    if form.validate_on_submit():
        values = form.values()
        try:
            with page.writing(reason=form.reason):
                actions.add_theme(s, who, values["name"].cs, values["name"].en, note=values["note"] or NOTHING)
        except InvalidInput as error:
            form.refuse(error)
        else:
            page.flash(_("The theme is added. Tick it in the form of a project."))
            return page.redirect_to("projects.themes")
    return page.render("projects/edit_theme.html", form=form, name=None, action=url_for("projects.add_theme"))


@bp.route("/themes/<int:theme_id>/edit", methods=["GET", "POST"])
@needs("theme.edit")
def edit_theme(theme_id: int) -> Response:
    s, who = page.session(), page.actor()
    theme = queries.theme(s, who, theme_id)
    if theme is None:
        raise NotFound("theme", id=theme_id)
    form = ThemeForm(data=standing(theme))
    name, cancel = theme.name(lang()), url_for("projects.themes")
    if form.validate_on_submit():
        saved = save(
            form, theme, lambda values, support: actions.edit_theme(s, who, theme, values), title=name, cancel=cancel
        )
        if saved is True:
            page.flash(_("Saved."))
            return page.redirect_to("projects.themes")
        if saved:
            return saved
    action = url_for("projects.edit_theme", theme_id=theme_id)
    return page.render("projects/edit_theme.html", form=form, name=name, action=action)
