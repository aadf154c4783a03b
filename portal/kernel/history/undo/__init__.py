"""Taking a change back: what it did to each row is worked out from the twins and put back by SQL, in a new change.

    with change(s, actor_id, "form", …, undoes=7):
        plan = undo.plan(s, 7)                 # also outside a change, to show beforehand what would happen
        if not plan.conflicts:
            undo.apply(s, plan)

A row the change made is removed, one it removed comes back under its own key, of one it changed the units it changed go back;
what later changes wrote into other units stays. `version` becomes the highest the row ever had, plus one. Values never pass
through Python, which would reformat JSON and round numbers. All of it or nothing: a plan with conflicts is not applied.

`partly` does what can be done and leaves the rest (separating what was merged).

`ties`          what the planning must know of a table: units, unique values, references
`rows`          what a change did to each row, read from the twins, as exact text
`deciding`      pure: what goes back, and where a later change stands in the way
`surroundings`  conflicts with rows the change did not touch: children, parents, unique values
`ordering`      pure: in which order rows are written so that every reference and unique value holds at each step
`writing`       the SQL
"""

from portal.kernel.history.undo.deciding import Conflict, Op
from portal.kernel.history.undo.partly import WHOLE, Wishes, carry_out, plan_partly, touched
from portal.kernel.history.undo.planning import Plan, apply, plan
from portal.kernel.history.undo.rows import Row

__all__ = [
    "WHOLE", "Conflict", "Op", "Plan", "Row", "Wishes", "apply", "carry_out", "plan", "plan_partly", "touched",
]  # fmt: skip
