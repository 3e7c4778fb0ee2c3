"""The JSON Schema of a report, and the check that every report passes before it is written.

The schema is generated from the records of `rashomon.model`: their types by msgspec, and the line of
prose under each field by reading the module's own source.
"""

from __future__ import annotations

import ast
import inspect
from typing import Any

import msgspec

from rashomon import model

ID = "urn:rashomon:report:1"
"""A name, not an address: the digit goes up when a key goes away or changes its meaning."""


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `rashomon report --format json` writes."""
    generated = msgspec.json.schema(model.Report)
    definitions: dict[str, Any] = generated["$defs"]
    for record, fields in _prose().items():
        for key, sentence in fields.items():
            properties = definitions.get(record, {}).get("properties", {})
            if key in properties:
                properties[key] = {"description": sentence, **properties[key]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "rashomon report",
        "$ref": generated["$ref"],
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def checked(data: Any) -> Any:
    """The plain report again, once it is known to have the published form.

    Raises msgspec.ValidationError, which names the key, where it has not: that is a defect of ours.
    """
    msgspec.convert(data, model.Report, strict=True)
    return data


def written(data: Any, *, indent: int = 2) -> bytes:
    """Plain data as JSON in UTF-8 with a newline at its end; `indent` 0 puts it on one line.

    Lone surrogates, which UTF-8 has no bytes for, become U+FFFD.
    """
    try:
        encoded = msgspec.json.encode(data)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_encodable(data))
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded) + b"\n"


def _encodable(data: Any) -> Any:
    """The data with every lone surrogate replaced; each stays one character, so offsets hold."""
    if isinstance(data, str):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in data)
    if isinstance(data, dict):
        return {key: _encodable(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_encodable(value) for value in data]
    return data


def _prose() -> dict[str, dict[str, str]]:
    """For each record, the prose under each of its fields."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(model)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        names: list[str] = []
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                names.append(statement.target.id)
            elif names and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.setdefault(node.name, {})[names[-1]] = " ".join(str(statement.value.value).split())
    return found
