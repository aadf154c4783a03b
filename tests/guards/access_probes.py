"""Further questions to every address: can a hidden record be told from none, does anything change for who may not know,
does reading write, does a forged form pass."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from portal.kernel import clock
from tests.guards.access_matrix import Matrix, expected
from tests.guards.access_world import CANARY, NOON, SEARCHED, World

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


def readable(matrix: Matrix, situations: tuple[str, ...] = ("own", "elsewhere")) -> Iterator[tuple[str, str]]:
    """(endpoint, address) of everything that is read, filters and searches included."""
    for rule in matrix.rules():
        if "GET" not in rule.methods or rule.endpoint in ("static", "language"):
            continue
        for situation in situations if matrix.of_a_record(rule) else situations[:1]:
            for address in matrix.addresses(rule, situation):
                yield rule.endpoint, address
                if not matrix.of_a_record(rule):
                    for query in queries():
                        yield rule.endpoint, f"{address}?{query}"


def queries() -> list[str]:
    """Query strings by which a list or a search would find the secret records. Their ids are the same in every world."""
    kinds = ("framework", "country", "organisation", "instrument", "theme", "project", "document")
    return [f"q={SEARCHED}", *(f"{kind}={SECRET_IDS[kind]}" for kind in kinds if kind in SECRET_IDS)]


SECRET_IDS: dict[str, int] = {}


def learn_ids(world: World) -> None:
    """Note which ids the secret records have, for questions to worlds without them."""
    SECRET_IDS.update(world.records.get("secret", {}))


def differences(matrix: Matrix, other: Matrix) -> list[str]:
    """Pages and files that somebody not named gets differently from the same portfolio without secrets."""
    learn_ids(matrix.world)
    wrong = []
    with clock.stopped_at(NOON):
        for endpoint, address in readable(matrix):
            for case in UNNAMED:
                if endpoint.startswith("accounts.") and "person" in address:
                    continue
                for at in (address, f"/k/{matrix.world.before_secrecy}{address}"):
                    with_secrets, without = matrix.ask(case, "GET", at), other.ask(case, "GET", at)
                    if (with_secrets.status, with_secrets.words) != (without.status, without.words):
                        wrong.append(
                            f"{case} {at} ({endpoint}): {_first_difference(with_secrets.words, without.words)}"
                        )
                    if CANARY in with_secrets.text.lower():
                        wrong.append(f"{case} {at} ({endpoint}): shows a confidential record")
    return wrong


def _first_difference(one: str, two: str) -> str:
    lines = [line for line in difflib.ndiff(two.splitlines(), one.splitlines()) if line[:2] in ("- ", "+ ")]
    return " | ".join(line.strip()[:160] for line in lines[:4]) or "status"


def secrets_seen(matrix: Matrix, case: str) -> set[str]:
    """Endpoints at which somebody named meets the secret records."""
    learn_ids(matrix.world)
    with clock.stopped_at(NOON):
        return {
            endpoint
            for endpoint, address in readable(matrix, ("own", "elsewhere", "secret"))
            if CANARY in matrix.ask(case, "GET", address).text.lower()
        }


def read_all(matrix: Matrix, case: str) -> list[str]:
    """Read everything, in the present and in the past; returns the addresses."""
    learn_ids(matrix.world)
    asked = []
    with clock.stopped_at(NOON):
        for _endpoint, address in readable(matrix, ("own", "elsewhere", "secret")):
            for at in (address, f"/k/{matrix.world.before_secrecy}{address}"):
                matrix.ask(case, "GET", at)
                asked.append(at)
    return asked


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
