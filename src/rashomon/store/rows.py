"""Rows by the dozen, in the one way that is quick on each database, and text as a database can hold it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sql

Row = Any
"""A row of a query, whose columns are attributes."""


def next_number(link: sql.Connection, table: sql.Table) -> int:
    """The number that comes next in a table; only inside the transaction that may write."""
    last = link.execute(sql.select(sql.func.max(table.c.number))).scalar()
    return 0 if last is None else int(last) + 1


def among(link: sql.Connection, column: sql.Column[Any], values: Iterable[Any]) -> sql.ColumnElement[bool]:
    """Whether a column has one of many values."""
    found = list(values)
    if link.dialect.name == "postgresql":
        return column == sql.func.any(sql.bindparam(None, found, type_=sql.ARRAY(column.type)))
    # One parameter however many values there are, so that the statement is compiled once.
    given = sql.bindparam(None, json.dumps(found), type_=sql.Text)
    each = sql.func.json_each(given).table_valued("value", name="given")
    return column.in_(sql.select(sql.cast(each.c.value, column.type)))


def many(link: sql.Connection, table: sql.Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that have a value for each column, in the order of the table's."""
    if not rows:
        return
    names = ", ".join(f'"{column.name}"' for column in table.columns)  # one is a word of SQL's own
    if link.dialect.name == "postgresql":
        columns = ", ".join(f"CAST(%s AS {_type(column.type)}[])" for column in table.columns)
        link.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({columns})",
            tuple([list(values) for values in zip(*rows, strict=True)]),
        )
        return
    marks = ", ".join("?" for _ in table.columns)
    link.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", [tuple(row) for row in rows])


def _type(kind: Any) -> str:
    if isinstance(kind, sql.Integer):
        return "bigint"
    for name, plain in (("double precision", sql.Float), ("boolean", sql.Boolean), ("bytea", sql.LargeBinary)):
        if isinstance(kind, plain):
            return name
    return "text"


def storable(text: str) -> str:
    """The text without what a database cannot hold: NUL, and lone surrogates."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
