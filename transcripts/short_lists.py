"""Lists for people that stay short, however much came in."""

from collections.abc import Iterable, Iterator

NAMED = 5


def few(items: Iterable[str], more: str) -> Iterator[str]:
    """Yield the first NAMED of `items`, then in one line how many `more` there are, such as "{:,} more"."""
    rest = iter(items)
    for _, item in zip(range(NAMED), rest, strict=False):
        yield item
    left = sum(1 for _ in rest)
    if left:
        yield more.format(left)
