"""The code lists name what the features know: every fact has a label and a type, every code a feature uses a name."""

from __future__ import annotations

import pytest

from portal.frameworks import facts as _frameworks  # noqa: F401  each registers its kinds
from portal.frameworks import models as frameworks
from portal.funding import facts as _funding  # noqa: F401
from portal.funding import models as funding
from portal.kernel import codes
from portal.kernel.currency import EXPONENTS
from portal.kernel.record import CERTAINTIES
from portal.legal import facts as _legal  # noqa: F401
from portal.legal import models as legal
from portal.partners import facts as _partners  # noqa: F401
from portal.partners import models as partners
from portal.progress import facts as _progress  # noqa: F401
from portal.progress.rules import APPROVALS
from portal.projects import facts as _projects  # noqa: F401
from portal.projects import models as projects
from portal.sources import models as sources
from portal.sources.facts import FURTHER, facts_of_kind
from tests.seed.values import records

KINDS = tuple(codes.code_list("record_kinds").codes)


def test_every_declared_fact_has_a_label_and_the_type_its_feature_gives_it():
    wrong = [
        (kind, f.field)
        for kind in KINDS
        for f in facts_of_kind(kind).values()
        if codes.fact_label(kind, f.field, "cs") == f.field
        or codes.fact_type(kind, f.field) != ("text" if f.type == FURTHER else f.type)
    ]
    assert wrong == []


def test_every_fact_in_the_seed_has_a_label():
    assert {
        f.field for r in records().values() for f in r.facts if codes.fact_label(r.kind, f.field, "cs") == f.field
    } == set()


def test_every_code_list_a_fact_names_exists():
    named = {f.code_list for kind in KINDS for f in facts_of_kind(kind).values() if f.code_list}
    assert len(named) >= 8
    assert named <= set(codes.names())


@pytest.mark.parametrize(
    ("name", "used"),
    [
        ("framework_kinds", frameworks.KINDS),
        ("framework_statuses", frameworks.STATUSES),
        ("activity_status", projects.STATUSES),
        ("status_bases", projects.STATUS_BASES),
        ("lights", projects.LIGHTS),
        ("approvals", APPROVALS),
        ("participation_roles", partners.ROLES),
        ("legal_kinds", legal.KINDS),
        ("legal_statuses", legal.STATUSES),
        ("addendum_kinds", funding.ADDENDUM_KINDS),
        ("rate_regimes", funding.RATE_REGIMES),
        ("rounding_rules", funding.ROUNDING_RULES),
        ("unknown_reasons", funding.UNKNOWN_REASONS),
        ("certainties", CERTAINTIES),
        ("precisions", sources.PRECISIONS),
        ("document_origins", sources.ORIGINS),
        ("currencies", tuple(EXPONENTS)),
    ],
)
def test_a_list_has_the_codes_its_feature_uses_and_no_other(name, used):
    assert set(codes.code_list(name).codes) == set(used)


@pytest.mark.parametrize(
    ("name", "used"), [("transaction_types", funding.FLOW_TYPES), ("amount_marks", funding.AMOUNT_MARKS)]
)
def test_a_list_has_at_least_the_codes_its_feature_uses(name, used):
    assert set(used) <= set(codes.code_list(name).codes)
