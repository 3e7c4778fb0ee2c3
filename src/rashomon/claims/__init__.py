"""Page → claims: who says what, how many, when, what happened, how sure, on what evidence."""

from rashomon.claims.reading import Extraction, deferred, read_out, settled

__all__ = ["Extraction", "deferred", "read_out", "settled"]
