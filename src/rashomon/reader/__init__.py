"""Text → parsed text: an ordinary spaCy Doc with tags, heads, sentences and entities."""

from rashomon.reader.english import parse, parse_one

__all__ = ["parse", "parse_one"]
