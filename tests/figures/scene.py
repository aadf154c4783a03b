"""The Targeted Initiative and its neighbours, in small, for tests of figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.frameworks.models import Framework
from portal.funding.models import Flow, Instrument
from portal.kernel.permission import SYSTEM
from portal.partners.actions import link
from portal.partners.models import Organisation
from portal.projects.models import Project
from tests.factories import changing, funding
from tests.factories.frameworks import framework


@dataclass
class Scene:
    """Two frameworks, the Initiative with its parts, ERIS, two projects in Georgia that may be one, a public-only project."""

    prague: Framework
    georgia: Framework
    commission: Organisation
    programme: Instrument
    initiative: Project
    parts: list[Project]
    eris: Project
    flagship: Project
    reintegration: Project
    armenia: Project
    top_up: Flow
    whole: Flow
    tig: Flow
    eris_flow: Flow
    extra: dict = field(default_factory=dict)


def targeted_initiative(s: Session) -> Scene:
    """As the sources have it: EUR 600,000 by a document, 3.6 and 3.0 million rounded by public sources, the rest unknown."""
    with changing(s):
        prague, georgia = framework(s, "Pražský proces"), framework(s, "Partnerství pro mobilitu s Gruzií")
        commission, programme = funding.organisation(s), funding.instrument(s)
        initiative = funding.project(s, "Cílená iniciativa", framework=prague)
        parts = [funding.project(s, f"PP{n}", umbrella=initiative, placeholder=n != 3) for n in range(1, 8)]
        eris = funding.project(s, "ERIS", framework=prague)
        flagship = funding.project(s, "Vlajkový projekt", framework=georgia)
        reintegration = funding.project(s, "Podpora reintegrace", framework=georgia)
        armenia = funding.project(s, "Arménie", certainty="public")
        whole = funding.flow(s, initiative, 3600000, certainty="public", amount_mark="rounded", provider=commission.id)
        top_up = funding.flow(s, initiative, 600000, provider=commission.id, included_in=whole)
        tig = funding.flow(s, reintegration, 3000000, certainty="public", amount_mark="rounded")
        eris_flow = funding.flow(s, eris, None, instrument=programme)
        link(s, SYSTEM, flagship, "possibly_same", reintegration, funding.support(s, "public"))
    return Scene(
        prague, georgia, commission, programme, initiative, parts, eris, flagship, reintegration, armenia, top_up, whole,
        tig, eris_flow,
    )  # fmt: skip
