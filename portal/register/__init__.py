"""The register of what was sent: each file with its bytes, hash and everything it was made from; made again; compared.

Invariants: the stored file is the truth, and neither it nor what is said of it is ever changed or deleted (triggers of the
database refuse it). A file was made from the portal as of one change, as the person who sent it saw the portal then, so that it
can be made again to the same bytes by anybody who may see everything in it; who may not is refused, and told so.
"""
