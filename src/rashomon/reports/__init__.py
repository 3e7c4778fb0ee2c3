"""Stories, points and claims → the report, and the forms that it is given in.

compose(pages, claims, gaps)   the report of a set of pages whose claims have been read
"""

from __future__ import annotations

from rashomon.reports.compose import compose

__all__ = ["compose"]
