"""Money for charts and their files."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.money import Money
from portal.kernel.transaction import change
from portal.kernel.when import When
from tests.factories import frameworks, funding

NASTY = "<b>&amp;%{x}$y$</script><!--"


@pytest.fixture
def money(engine) -> None:
    """Two currencies, cents, a rounded amount, an unknown one, and more providers than a drawing names."""
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        framework, programme = frameworks.framework(s, "Rámec"), funding.instrument(s, NASTY)
        project = funding.project(s, "Projekt", framework=framework)
        given = [funding.organisation(s, f"Dárce {n:02}").id for n in range(20)]
        for n, provider in enumerate(given):
            paid = {"type_code": "2", "valued": "2013"}
            funding.flow(s, project, f"{1000 + n}.10", instrument=programme, provider=provider, **paid)
        rough = {"certainty": "public", "amount_mark": "rounded"}
        funding.flow(s, project, "0.20", type_code="3", valued=When("2014-05"), provider=given[0], **rough)
        about = {"type_code": "2", "valued": When("2015/2016"), "amount_mark": "rounded"}
        funding.flow(s, project, Money.of("777.70", "CZK"), **about)
        funding.flow(s, project, None)
