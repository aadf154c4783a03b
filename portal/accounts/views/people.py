"""The administration of people: who has an account, what they may do, disabling, new passwords."""

from __future__ import annotations

from flask import Response, abort, session, url_for

from portal.accounts import actions, queries
from portal.accounts.forms import EditPersonForm, NewPersonForm, problem
from portal.accounts.views import wording
from portal.accounts.views.blueprint import bp
from portal.kernel.errors import InvalidInput, Refused
from portal.web import page, stale
from portal.web.access import needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _, lang

SHOWN_ONCE = "shown_once"


@bp.get("/people")
@needs("people.manage")
def people() -> Response:
    return page.render("accounts/people.html", rows=queries.people(page.live_session(), page.actor()))


@bp.route("/people/add", methods=["GET", "POST"])
@needs("people.manage")
def add_person() -> Response:
    form, tree = NewPersonForm(data={"role": "viewer"}), _tree()
    form.frameworks.offer([(i, name) for i, name, _depth in tree])
    if form.validate_on_submit():
        with page.unlocked():
            password = actions.random_password()
            hashed = actions.hashed(password, form.login.data)
        try:
            person = actions.add_person(page.live_session(), page.actor(), password=hashed, **form.units())
        except InvalidInput as error:
            form.refuse(error)
        else:
            return _show_once(person, password)
    return page.render("accounts/add.html", form=form, tree=tree)


@bp.route("/people/<int:person_id>", methods=["GET", "POST"])
@needs("people.manage")
def edit_person(person_id: int) -> Response:
    s, who, tree = page.live_session(), page.actor(), _tree()
    person = queries.person(s, who, person_id, locked=page.unsafe())
    form = EditPersonForm(data=_stored(person) | {"version": person.version})
    form.frameworks.offer([(i, name) for i, name, _depth in tree])
    form.remember(_stored(person))
    if form.validate_on_submit():
        written = _write(form, person)
        if written is not None:
            return written
    return page.render(
        "accounts/edit.html", form=form, tree=tree, person=person,
        story=wording.story(s, who, queries.security_log(s, who, person_id)),
    )  # fmt: skip


@bp.route("/people/<int:person_id>/disable", methods=["GET", "POST"])
@needs("people.manage")
def disable_person(person_id: int) -> Response:
    s, who = page.live_session(), page.actor()
    person, form = queries.person(s, who, person_id), ButtonForm()
    if form.validate_on_submit():
        try:
            actions.disable_person(s, who, person)
        except Refused as error:
            form.refuse(error)
        else:
            page.flash(_("%(name)s can no longer sign in; open sessions have ended.", name=person.name))
            return page.redirect_to("accounts.people")
    return page.render(
        "accounts/disable.html", form=form, person=person, alone=queries.records_read_by_nobody_else(s, person)
    )


@bp.post("/people/<int:person_id>/enable")
@needs("people.manage")
def enable_person(person_id: int) -> Response:
    person, form = queries.person(page.live_session(), page.actor(), person_id), ButtonForm()
    if not form.validate_on_submit():
        abort(400)
    actions.enable_person(page.live_session(), page.actor(), person)
    page.flash(_("%(name)s can sign in again, with the rights and the password as before.", name=person.name))
    return page.redirect_to("accounts.edit_person", person_id=person_id)


@bp.route("/people/<int:person_id>/password", methods=["GET", "POST"])
@needs("people.manage")
def set_password(person_id: int) -> Response:
    person, form = queries.person(page.live_session(), page.actor(), person_id), ButtonForm()
    if form.validate_on_submit():
        login = person.login
        with page.unlocked():
            password = actions.random_password()
            hashed = actions.hashed(password, login)
        person = queries.person(page.live_session(), page.actor(), person_id)
        actions.set_password(page.live_session(), page.actor(), person, hashed)
        return _show_once(person, password)
    return page.render("accounts/set_password.html", form=form, person=person)


@bp.get("/people/<int:person_id>/password/shown-once")
@needs("people.manage")
def show_password(person_id: int) -> Response:
    person = queries.person(page.live_session(), page.actor(), person_id)
    shown = session.pop(SHOWN_ONCE, None)
    password = shown["password"] if shown and shown["person"] == person_id else None
    return page.render("accounts/shown_once.html", person=person, password=password)


def _show_once(person, password: str) -> Response:
    """The password waits in the administrator's own cookie for the one page that shows it."""
    session[SHOWN_ONCE] = {"person": person.id, "password": password}
    return page.redirect_to("accounts.show_password", person_id=person.id)


def _tree() -> list[tuple[int, str, int]]:
    return queries.framework_tree(page.live_session(), page.actor(), lang())


def _stored(person) -> dict[str, object]:
    return {
        "name": person.name,
        "role": person.role,
        "everywhere": person.everywhere,
        "lang": person.lang,
        "frameworks": queries.frameworks_given(page.live_session(), person.id),
    }


def _write(form: EditPersonForm, person) -> Response | None:
    """Write one edit, joined with what others stored since the form was drawn; the page of clashes (409) where somebody must
    choose; None where it is refused."""
    s, who, stored, version = page.live_session(), page.actor(), _stored(person), person.version
    if form.version.data > version:
        form.refuse(_("The form lost track of the version it edits. Reload the page."))
        return None
    changed = None
    if form.version.data != version:
        rights = form.differs(stored, "role", "everywhere", "frameworks")
        last = queries.rights_changed_last(s, who, person.id) if rights else None
        changed = stale.Changed(*last) if last else stale.Changed(_("somebody"))
    settled = form.joined(stored, changed, version)
    if settled.open:
        return stale.page_of(settled, title=person.name, cancel=url_for("accounts.edit_person", person_id=person.id))
    try:
        # Two fitting sides can give rights that do not fit together.
        if wrong := problem(settled.values):
            raise InvalidInput(wrong)
        actions.edit_person(s, who, person, version=version, **settled.values)
    except (InvalidInput, Refused) as error:
        if changed is not None:
            form.go_on(settled, stored, version)
            form.form_errors.append(
                _("%(who)s changed the record meanwhile. Both changes are joined below.", who=changed.who)
            )
        form.refuse(error)
        return None
    page.flash(_("Saved. The rights hold from now on."))
    return page.redirect_to("accounts.people")
