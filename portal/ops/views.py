"""What a load balancer or a colleague on call asks: is the portal well?"""

from __future__ import annotations

from flask import Blueprint, jsonify
from sqlalchemy.exc import SQLAlchemyError

from portal.ops import schema
from portal.web.access import needs, public

bp = Blueprint("ops", __name__)


@bp.get("/healthz")
@needs(public)
def healthz():
    """JSON: `ok`, `database` (ok or failing), `migration` (reached, needed). 200 when all is well, else 503."""
    try:
        state = schema.state_served()
    except SQLAlchemyError:
        return jsonify(ok=False, database="failing", migration=None), 503
    migration = {"reached": state.reached, "needed": state.needed}
    return jsonify(ok=state.current, database="ok", migration=migration), 200 if state.current else 503
