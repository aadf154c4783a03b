"""The command line `portal`: serve, migrate, seed, people, checks, a generated portfolio.

Invariants: settings come from the environment only (`portal.config`); each command is one transaction or
none; a command that fails says so in one line and leaves with 1, one that was asked wrongly with 2.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line with `args` (default: this process's) and leave the process."""
    from sqlalchemy.exc import OperationalError

    from portal.config import BadSetting
    from portal.kernel.errors import NotFound, PortalError
    from portal.ops.commands import portal
    from portal.ops.seed_files import SeedError

    try:
        portal.main(args, prog_name="portal")
    except BadSetting as error:
        print(f"portal: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except NotFound as error:
        print(f"portal: there is no {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except (PortalError, SeedError) as error:
        print(f"portal: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except OperationalError as error:
        print(f"portal: the database does not answer: {str(error.orig).strip()}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
