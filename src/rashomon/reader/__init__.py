"""Text → parsed text: an ordinary spaCy Doc with tags, heads, sentences and entities."""

from rashomon.reader.english import parse, parse_one
from rashomon.reader.written import written

__all__ = ["parse", "parse_one", "written"]
