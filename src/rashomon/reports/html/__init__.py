"""The report as one HTML file: nothing is loaded when it is viewed, and it can be read with JavaScript off.

render(report)   Report → the file's text

Words of pages reach the file only as escaped text, in elements that isolate their direction; addresses become links
only where they are http or https. A Content-Security-Policy in the file allows its own style sheet and script, by
their hashes, and nothing else.
"""

from __future__ import annotations

from rashomon.reports.html.page import render

__all__ = ["render"]
