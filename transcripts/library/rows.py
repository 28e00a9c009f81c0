"""What was computed of a session as JSON and back, by its types: frozen dataclasses of plain values.

The file may have been damaged or written by another version, so nothing is believed: a row is what its type
says, or it is refused.
"""

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
MANY: Mapping[object, Callable[[Any], Any]] = {tuple: tuple, frozenset: frozenset}
UNIONS = (types.UnionType, Union)
PLAIN = (str, int, float, bool)


def written(value: object) -> str:
    """Return `value` as JSON."""
    return json.dumps(_row(value), ensure_ascii=False, separators=(",", ":"))


def read(kind: type[T], text: str) -> T:
    """Return the value of this `kind` that `text` holds.

    Raises:
        ValueError: it holds none.
    """
    of: Any = kind
    try:
        found: T = _of(of)(json.loads(text))
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from None
    return found


def _row(value: Any) -> Any:
    if is_dataclass(value):
        return [_row(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(_row, value))
    if isinstance(value, tuple | list):
        return [_row(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _row(one) for key, one in value.items()}
    if value is None or isinstance(value, PLAIN):
        return value
    raise TypeError(type(value))


@cache
def _of(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a value of this `kind` out of its row."""
    kind = getattr(kind, "__supertype__", kind)
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record(kind, [one.name for one in fields(kind)])
    if isinstance(kind, type) and issubclass(kind, tuple):  # a named one
        return _record(kind, kind._fields)  # type: ignore[attr-defined]
    if kind is date:
        return date.fromisoformat
    if origin in MANY:
        return _many(MANY[origin], _of(inner[0]))
    if origin in UNIONS and type(None) in inner:
        (of,) = (_of(one) for one in inner if one is not type(None))
        return lambda row: None if row is None else of(row)
    if origin is not None and issubclass(origin, Mapping):
        of = _of(inner[1])
        return lambda row: {str(key): of(one) for key, one in row.items()}
    if kind in PLAIN:
        return _plain(kind)
    raise TypeError(f"{kind} cannot be kept")


def _record(kind: Any, names: Sequence[str]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    parts = [_of(hints[name]) for name in names]

    def made(row: Any) -> Any:
        return kind(**{name: of(one) for name, of, one in zip(names, parts, row, strict=True)})

    return made


def _many(gathered: Callable[[Any], Any], of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def made(row: Any) -> Any:
        if not isinstance(row, list):
            raise TypeError(type(row))
        return gathered(of(one) for one in row)

    return made


def _plain(kind: type) -> Callable[[Any], Any]:
    def made(row: Any) -> Any:
        if type(row) is not kind and not (kind is float and type(row) is int):
            raise TypeError(type(row))
        return row

    return made
