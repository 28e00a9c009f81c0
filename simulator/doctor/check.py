"""One finding of `vivavoce doctor`."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, and what to do about it if it is not well."""

    name: str
    status: Status
    found: str
    advice: str = ""
