"""Lists whose URL is the view: filters, order, pages and counts of any SELECT, without a feature inside.

    LISTING = Listing(
        filters=(
            Search("q", _l("Search projects"), lambda text, v: Project.id.in_(matches(text, v.lang)), hint=_l("e.g. gruzie")),
            Choice("status", _l("Status"), lambda v: STATUSES, lambda code, v: Project.status == code),
            Choice("framework", _l("Framework"), lambda v: queries.framework_options(v.s, v.actor), below_framework, many=True),
            Text("year", _l("Year"), year_predicate),        # predicate may raise ValueError(message): shown as a notice
        ),
        sorts=(
            Sort("name", _l("Project"), lambda v: [Record.order_cs if v.lang == "cs" else Record.order_en]),
            Sort("end", _l("End"), lambda v: [Project.ended_to], nullable=True),        # unknown last, both ways
        ),
        key=Project.id,                                      # breaks ties; its column must be in the SELECT's FROM
    )

    v = LISTING.open(page.session(), page.actor(), request.args, page.lang())
    rows = v.rows(queries.projects_of(page.actor()))         # two queries: the page and the count
    return page.render("projects/index.html", v=v, rows=rows)

`rows` are what the SELECT gives (entities for a single entity, else Row). In SQL the filters are added to the SELECT by
`where`, so its FROM must hold the filtered tables. Paging is by the values of the last row (keyset): stable while others
write, and the back button works. Counts are exact to 1,000, beyond that on request (`?count=exact`).
"""

from portal.web.listing.declared import Choice, Search, Sort, Text
from portal.web.listing.listing import Listing
from portal.web.listing.view import Chip, Count, View

__all__ = ["Chip", "Choice", "Count", "Listing", "Search", "Sort", "Text", "View"]
