"""`python -m portal`: the command line without the installed command."""

from portal.ops import main

main()
