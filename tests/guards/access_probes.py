"""Further questions to every address: can a hidden record be told from none, does anything change for who may not know,
does reading write, does a forged form pass."""

from __future__ import annotations

import os
from collections.abc import Iterator

from werkzeug.routing import Rule

from portal.kernel import clock
from tests import machine
from tests.guards.access_matrix import Answer, Matrix
from tests.guards.access_table import expected
from tests.guards.access_world import CANARY, NOON, SEARCHED

NOBODY = 999_999
"""The id of no record."""

UNNAMED = ("viewer", "administrator")
"""Who compares: the least and the most that somebody not named may do."""


def tell_apart(matrix: Matrix) -> list[str]:
    """Addresses at which a hidden record answers otherwise than one that does not exist."""
    wrong = []
    with clock.stopped_at(NOON):
        for rule in matrix.rules():
            if not matrix.of_a_record(rule) or "GET" not in rule.methods:
                continue
            for address in matrix.addresses(rule, "secret"):
                ids = [str(i) for i in matrix.world.records["secret"].values()]
                none = "/".join(str(NOBODY) if part in ids else part for part in address.split("/"))
                for case in UNNAMED:
                    hidden, missing = matrix.ask(case, "GET", address), matrix.ask(case, "GET", none)
                    same = hidden.words.replace(address, none) == missing.words
                    if hidden.status != missing.status or not same:
                        wrong.append(f"{case} {address} ({rule.endpoint}) is told from {none}")
    return wrong


def readable(matrix: Matrix, situations: tuple[str, ...]) -> Iterator[tuple[Rule, str, bool]]:
    """Rule and address of everything that is read, and whether it is the first of its endpoint."""
    met: set[str] = set()
    for rule in matrix.rules():
        if "GET" not in rule.methods or rule.endpoint in ("static", "language"):
            continue
        for situation in situations if matrix.of_a_record(rule) else situations[:1]:
            for address in matrix.addresses(rule, situation):
                yield rule, address, rule.endpoint not in met
                met.add(rule.endpoint)


def queries(answer: Answer, secret: dict[str, int]) -> list[str]:
    """Query strings by which this list, search or file would find the secret records."""
    kinds = (
        "framework", "country", "organisation", "instrument", "theme", "project", "document", "responsible", "adopted_by",
    )  # fmt: skip
    asked = [f"q={SEARCHED}", *(f"{kind}={secret[kind]}" for kind in kinds if kind in secret)]
    if answer.body[:4] == b"PK\x03\x04" and not machine.prove():
        return []  # a workbook holds the rows of the plain file beside it
    if b"<html" not in answer.body:
        return asked[:2]  # a file takes the same filters as its page
    return [query for query in asked if f'name="{query.partition("=")[0]}"' in answer.text]


def differences(matrix: Matrix, other: Matrix) -> list[str]:
    """Pages and files that somebody not named gets otherwise than from the same portfolio without secrets.

    `other` is built on that portfolio. Filters and the past are asked at one address of each endpoint, everything at full size.
    """
    wrong: list[str] = []
    past = f"/k/{matrix.world.before_secrecy}"
    with clock.stopped_at(NOON):
        for rule, address, first in readable(matrix, ("own", "elsewhere")):
            if "person_id" in rule.arguments:
                continue  # the security log tells an administrator who was named, though not for what
            for case in UNNAMED if machine.prove() else UNNAMED[-1:]:
                plain = _compare(matrix, other, case, address, wrong)
                if not matrix.of_a_record(rule) and (first or machine.prove()):
                    for query in queries(plain, matrix.world.records["secret"]):
                        _compare(matrix, other, case, f"{address}?{query}", wrong)
                if first or machine.prove():
                    _compare(matrix, other, case, past + address, wrong)
    return wrong


def _compare(matrix: Matrix, other: Matrix, case: str, address: str, wrong: list[str]) -> Answer:
    with_secrets, without = matrix.ask(case, "GET", address), other.ask(case, "GET", address)
    if (with_secrets.status, with_secrets.words) != (without.status, without.words):
        wrong.append(f"{case} {address}: {_first_difference(with_secrets.words, without.words)}")
    if CANARY in with_secrets.text.lower():
        wrong.append(f"{case} {address}: shows a confidential record")
    if with_secrets.status >= 500:
        wrong.append(f"{case} {address}: answers {with_secrets.status}")
    return with_secrets


def _first_difference(one: str, two: str) -> str:
    """Where the two texts part: what stands there with secrets, and without."""
    at = len(os.path.commonprefix([one, two]))
    if at == len(one) == len(two):
        return "status"
    return f"…{one[max(at - 60, 0) : at]}[{one[at : at + 60]}], without secrets [{two[at : at + 60]}]"


def read_all(matrix: Matrix, case: str) -> tuple[list[str], set[str]]:
    """Read everything, in the past too: the addresses, and the endpoints at which the secret records were met."""
    addresses, met = [], set()
    with clock.stopped_at(NOON):
        for rule, address, first in readable(matrix, ("secret", "own")):
            past = [f"/k/{matrix.world.before_secrecy}{address}"] if first or machine.prove() else []
            for at in (address, *past, *([f"{address}?q={SEARCHED}"] if rule.endpoint == "portfolio.search" else [])):
                answer = matrix.ask(case, "GET", at)
                assert answer.status < 500, f"{case} {at} answers {answer.status}"
                addresses.append(at)
                if CANARY in answer.text.lower():
                    met.add(rule.endpoint)
    return addresses, met


def forge(matrix: Matrix) -> list[str]:
    """Send every form without its token, with a wrong one, with another person's, and from another site."""
    case, wrong = "administrator_named", []
    with clock.stopped_at(NOON):
        good, theirs = matrix.form(case), matrix.form("editor_everywhere")
        attempts = {
            "without a token": ({}, {}),
            "with a wrong token": ({"csrf_token": "x" + good["csrf_token"][1:]}, {}),
            "with another person's token": (theirs, {}),
            "from another site": (good, {"Origin": "https://evil.example"}),
            "from another site by the browser's word": (good, {"Sec-Fetch-Site": "cross-site"}),
        }
        for rule in matrix.rules():
            if "POST" not in rule.methods:
                continue
            permission = matrix.app.view_functions[rule.endpoint].needs
            assert permission == "public" or expected(case, permission, "own")
            for address in matrix.addresses(rule, "own"):
                for how, (data, headers) in attempts.items():
                    answer = matrix.ask(case, "POST", address, data, headers)
                    if answer.status != 400:
                        wrong.append(f"POST {address} ({rule.endpoint}) {how} answers {answer.status}, not 400")
    return wrong
