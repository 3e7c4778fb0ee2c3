"""Pages and claims → stories, points, verdicts.

find(pages)            which pages tell the same story
find_with_gaps(pages)  the same, and which pages may tell two
Stream                 the same online
align(pages, claims)   one story's claims → points with verdicts
copies(pages)          which pages repeat another's text
names.join(pages)      entities of several pages that are one
"""

from __future__ import annotations

from rashomon.stories import names
from rashomon.stories.align import align
from rashomon.stories.copies import copies
from rashomon.stories.stream import Stream, find, find_with_gaps

__all__ = ["Stream", "align", "copies", "find", "find_with_gaps", "names"]
