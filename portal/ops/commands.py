"""The commands of `portal`, thin: each reads the settings, calls one function and says what was done."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.config import Settings
from portal.kernel.permission import ROLES

if TYPE_CHECKING:
    from portal.accounts.actions import Draft, Hashed


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def portal() -> None:
    """Portal of international cooperation. Settings come from the environment: docs/settings.md."""


def _migrated(settings: Settings | None = None) -> Engine:
    from portal.ops import schema

    engine = schema.open_engine(settings)
    if not schema.state(engine).current:
        raise click.ClickException("the database is not up to date: run `portal migrate` first")
    return engine


def _show_once(accounts: Iterable[Draft]) -> None:
    click.echo("\nFirst accounts; the passwords are shown only now:\n")
    for one in accounts:
        click.echo(f"  {one.role:<20}{one.login:<12}{one.password}")


@portal.command()
@click.option("--prepare", is_flag=True, help="First migrate, seed an empty portfolio and make the first accounts.")
def serve(prepare: bool) -> None:
    """Serve the portal on HOST and PORT."""
    from portal.ops import schema, server

    settings = Settings.from_environment()
    server.check_free(settings)
    if prepare:
        from portal.ops.prepare import prepare as prepare_all

        engine = schema.open_engine(settings)
        accounts = prepare_all(engine, settings, click.echo)
        engine.dispose()
        if accounts:
            _show_once(accounts)
    else:
        _migrated(settings).dispose()
    if settings.hosts is None:
        click.echo("Listening on every network for any host name; PORTAL_TRUSTED_HOSTS would limit it.", err=True)
    server.serve(settings)


@portal.command()
def worker() -> None:
    """Do the scheduled work (e-mail, daily cleaning) in a process of its own; the servers run with PORTAL_JOBS=0."""
    from portal.ops import server

    settings = Settings.from_environment()
    _migrated(settings).dispose()
    server.work(settings)


@portal.command()
def migrate() -> None:
    """Bring the database up to date. Does nothing when it is."""
    from portal.ops import schema

    settings = Settings.from_environment()
    engine = schema.open_engine(settings)
    with schema.alone(engine, settings):
        before = schema.state(engine)
        after = before if before.current else schema.migrate(engine)
    click.echo(f"{'Already at' if before.current else 'Now at'} {after.reached or 'no migration'}")


@portal.command()
@click.option("--if-empty", is_flag=True, help="Do nothing if the portfolio has any record.")
def seed(if_empty: bool) -> None:
    """Load the seed portfolio. Loading it twice changes nothing."""
    from portal.kernel import transaction
    from portal.ops import prepare, seeding

    with transaction.unit(_migrated()) as s:
        if if_empty and not prepare.portfolio_is_empty(s):
            click.echo("The portfolio is not empty; nothing was loaded.")
            return
        seeding.seed(s)
    click.echo("The seed portfolio is loaded.")


@portal.command()
@click.option("--projects", type=click.IntRange(1, 1_000_000), required=True, help="How many projects to add.")
@click.option("--seed", "number", type=click.IntRange(0), default=1, show_default=True, help="Same seed, same data.")
def generate(projects: int, number: int) -> None:
    """Add a made-up portfolio for measuring. Not for a database that people work in."""
    from portal.kernel import transaction
    from portal.ops import generating

    with transaction.unit(_migrated()) as s:
        generating.generate(s, projects, number, click.echo)
    click.echo(f"{projects} made-up projects added.")


@portal.command()
def check() -> None:
    """Look for damage: schema, references, history against tables, what is derived. Exit code 1 if any."""
    from portal.ops import checks, schema

    found = 0
    for name, troubles in checks.run(schema.open_engine()):
        click.echo(f"{'ok  ' if not troubles else 'BAD '}{name}")
        for trouble in troubles[:20]:
            click.echo(f"      {trouble}")
        if len(troubles) > 20:
            click.echo(f"      … and {len(troubles) - 20} more")
        found += len(troubles)
    sys.exit(1 if found else 0)


@portal.group()
def user() -> None:
    """People and their accounts."""


def _password(login: str, ask: bool) -> tuple[Hashed, str]:
    """The hashed password, and what to say about it afterwards. Slow: before writing begins."""
    from portal.accounts.actions import hashed, random_password

    if ask:
        return hashed(click.prompt("Password", hide_input=True, confirmation_prompt=True), login), ""
    password = random_password()
    return hashed(password, login), f" Password, shown only now: {password}"


_ASK = click.option("--ask", is_flag=True, help="Type the password instead of having a random one made.")


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="Name as shown to others.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--framework", "keys", multiple=True, help="Key of a framework to write in; may be repeated.")
@click.option("--everywhere", is_flag=True, help="Writes in every framework.")
@_ASK
def add(login: str, name: str, role: str, keys: tuple[str, ...], everywhere: bool, ask: bool) -> None:
    """Make an account."""
    from portal.accounts import actions
    from portal.kernel import transaction
    from portal.kernel.permission import SYSTEM

    engine = _migrated()
    password, shown = _password(login, ask)
    with transaction.unit(engine) as s:
        actions.add_person(
            s,
            SYSTEM,
            name=name,
            login=login,
            role=role,
            password=password,
            everywhere=everywhere,
            frameworks=[_framework(s, key) for key in keys],
        )
    click.echo(f"{login} can sign in.{shown}")


def _framework(s: Session, key: str) -> int:
    from portal.kernel.record import Record

    found = s.scalar(select(Record.id).where(Record.kind == "framework", Record.key == key))
    if found is None:
        raise click.UsageError(f"there is no framework with the key {key!r}")
    return found


@user.command()
@click.argument("login")
def disable(login: str) -> None:
    """Disable an account; its open sessions end at once."""
    from portal.accounts import actions, queries
    from portal.kernel import transaction
    from portal.kernel.permission import SYSTEM

    with transaction.unit(_migrated()) as s:
        actions.disable_person(s, SYSTEM, queries.person_by_login(s, login))
    click.echo(f"{login} can no longer sign in.")


@user.command()
@click.argument("login")
@_ASK
def password(login: str, ask: bool) -> None:
    """Give an account a new password; its open sessions end at once."""
    from portal.accounts import actions, queries
    from portal.kernel import transaction
    from portal.kernel.permission import SYSTEM

    engine = _migrated()
    new, shown = _password(login, ask)
    with transaction.unit(engine) as s:
        actions.set_password(s, SYSTEM, queries.person_by_login(s, login), new)
    click.echo(f"{login} has a new password.{shown}")
