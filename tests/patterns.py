"""All patterns of the product, and for each the texts that are hardest for it."""

import ast
import dataclasses
import importlib
import random
import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("audio", "personas", "simulator", "transcripts")
ANCHORED = {"match", "fullmatch"}
SEARCHING = ("search", "findall", "finditer", "sub", "split")
FLAGS = {"IGNORECASE": re.I, "I": re.I, "DOTALL": re.S, "MULTILINE": re.M, "ASCII": re.A}

# What a text of people's may hold a great deal of, whatever the pattern is.
RUNS = (
    *" aA1,.|-\n\t*_:;'(<[{&`\"#>/=\r\u2019\u00e9\u2026\u266a",
    *("a ", "A ", "a.", "a. ", "1,", "- ", "Aa ", "a's ", "I ", "1 ", "\n ", " |", "a\n"),
)
ENDS = ("", "\0")


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it stands, and whether all who use it hold it against a text's beginning alone."""

    where: str
    pattern: re.Pattern[Any]
    anchored: bool


def files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def module(file: Path) -> Any:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return importlib.import_module(".".join(["vivavoce", *(part for part in parts if part != "__init__")]))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def patterns() -> list[Used]:
    """Return each pattern once: those in modules' names and containers, and those written where they are."""
    names, found = uses(), {}
    for file in files():
        if file.stem == "__main__":
            continue
        for name, value in [*vars(module(file)).items(), *late(file)]:
            for inner, one in within(name, value, set()):
                how = names[file.stem, inner]
                used = Used(f"{file.stem}.{inner}", one, bool(how) and how <= ANCHORED)
                found.setdefault((one.pattern, one.flags), used)
        for call, how in calls(tree(file)):
            if isinstance(call.args[0], ast.Constant):
                one = re.compile(call.args[0].value, flags(call))
                found.setdefault((one.pattern, one.flags), Used(f"{file.stem}:{how}", one, how in ANCHORED))
    return list(found.values())


def late(file: Path) -> Iterator[tuple[str, Any]]:
    """Yield what a module compiles only when it is asked for."""
    if file.stem == "acts":
        yield "acts", module(file).acts()


def built() -> set[str]:
    """Return the functions that build a pattern out of something that they are given."""
    return {
        f"{file.stem}.{function.name}"
        for file in files()
        for function in ast.walk(tree(file))
        if isinstance(function, ast.FunctionDef)
        for call, _ in calls(function)
        if not isinstance(call.args[0], ast.Constant)
    }


def calls(within: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls of the re module that take a pattern, and which they are."""
    for node in ast.walk(within):
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute):
            how = node.func.attr
            if ast.unparse(node.func.value) == "re" and how in (*SEARCHING, *ANCHORED, "compile"):
                yield node, how


def flags(call: ast.Call) -> int:
    named = re.findall(r"\bre\.([A-Z]+)\b", ast.unparse(call))
    return sum({FLAGS[name] for name in named})


def uses() -> dict[tuple[str, str], set[str]]:
    """Return by module and name with which methods what is called so is used; "" stands for any other use."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in files():
        nodes = list(ast.walk(tree(file)))
        methods = {id(node.value): node.attr for node in nodes if isinstance(node, ast.Attribute)}
        homes = {
            alias.name: (node.module or "").split(".")[-1]
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in nodes:
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                name = node.id if isinstance(node, ast.Name) else node.attr
                found[homes.get(name, file.stem), name].add(methods.get(id(node), ""))
    return found


def within(name: str, value: Any, seen: set[int]) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns in `value`, and what they are called: itself, or in containers, data and classes."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif id(value) not in seen:
        seen.add(id(value))
        inner: list[tuple[str, Any]] = []
        if isinstance(value, dict):
            inner = [(name, one) for pair in value.items() for one in pair]
        elif isinstance(value, list | tuple | set | frozenset):
            inner = [(name, one) for one in value]
        elif isinstance(value, type) and value.__module__.startswith("vivavoce."):
            inner = [*vars(value).items()]
        elif dataclasses.is_dataclass(value):
            inner = [(name, getattr(value, field.name, None)) for field in dataclasses.fields(value)]
        for inside, one in inner:
            yield from within(inside, one, seen)


def hard_texts(pattern: re.Pattern[Any], most: int = 16) -> Iterator[Callable[[int], str]]:
    """Yield makers of texts of a length: runs of what `pattern` repeats, behind what leads to it."""
    chance = random.Random(1)
    nodes = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    own = {("", sample(nodes, chance)): None}
    for before, body in repeated(nodes, chance):
        own |= dict.fromkeys([(before, body), ("", body), ("", before + body), ("", body + before)])
    special = [one for one in own if one[1]]
    for before, run in [*(("", run) for run in RUNS), *chance.sample(special, min(most, len(special)))]:
        for end in ENDS:
            yield (
                lambda n, before=before, run=run, end=end: (  # type: ignore[misc]
                    before + (run * (n // len(run) + 1))[:n] + end
                )
            )


def repeated(nodes: Any, chance: random.Random, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield for each repetition what leads to it, and what it repeats."""
    for kind, value in nodes:
        inner = []
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield before, sample(value[2], chance)
            inner = [value[2]]
        elif kind is op.BRANCH:
            inner = value[1]
        elif kind is op.SUBPATTERN:
            inner = [value[3]]
        elif kind is op.ATOMIC_GROUP:
            inner = [value]
        for one in inner:
            yield from repeated(one, chance, before)
        before += sample([(kind, value)], chance)


def sample(nodes: Any, chance: random.Random) -> str:
    """Return a text that `nodes` match, or nearly do."""
    return "".join(_sample(kind, value, chance) for kind, value in nodes)


def _sample(kind: Any, value: Any, chance: random.Random) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.IN:
        return _member(value, chance)
    if kind is op.ANY:
        return chance.choice("a 1.-")
    if kind is op.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if kind is op.BRANCH:
        return sample(chance.choice(value[1]), chance)
    if kind is op.SUBPATTERN:
        return sample(value[3], chance)
    if kind is op.ATOMIC_GROUP:
        return sample(value, chance)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, body = value
        return "".join(sample(body, chance) for _ in range(min(3, chance.choice([least, least + 1]), most)))
    return ""  # a place, such as \b


_OF = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "a ",
    op.CATEGORY_SPACE: " \n",
    op.CATEGORY_NOT_SPACE: "a.",
    op.CATEGORY_WORD: "aA1",
    op.CATEGORY_NOT_WORD: " |,",
}


def _member(value: Any, chance: random.Random) -> str:
    listed = []
    for kind, one in value:
        if kind is op.LITERAL:
            listed.append(chr(one))
        elif kind is op.RANGE:
            listed += map(chr, one)
        elif kind is op.CATEGORY:
            listed += _OF[one]
    if value[0][0] is op.NEGATE:
        listed = [one for one in "aA1 .,-|:\n" if one not in listed]
    return chance.choice(listed or ["a"])


SHORT, TIMES_LONGER = 800, 4  # characters
QUICK, ENDLESS = 0.0001, 0.01  # seconds for SHORT: what needs no second look, and what needs none either
TINY = {20: 0.001, 200: 0.005}  # seconds by characters, more than which only what explodes takes
GROWTH = (
    3.0 * TIMES_LONGER
)  # of a linear pattern's time it is a third, of a quadratic one's nearly the triple


def slow_on(used: Used) -> str:
    """Return the beginning of a text of which a pattern's time grows faster than it; "" if there is none."""
    for text in hard_texts(used.pattern):
        for length, limit in TINY.items():
            if all(cost(used, text(length)) > limit for _ in range(3)):
                return repr(text(length))
        took = cost(used, text(SHORT))
        if took > QUICK and (min(took, cost(used, text(SHORT))) > ENDLESS or grows(used, text)):
            return repr(text(60))
    return ""


def grows(used: Used, text: Callable[[int], str]) -> bool:
    """Return whether the time grows much faster than the text: each time, as the machine may be busy."""
    short = min(cost(used, text(SHORT)) for _ in range(3))
    return all(cost(used, text(SHORT * TIMES_LONGER)) > GROWTH * short for _ in range(2))


def cost(used: Used, text: str) -> float:
    """Return the seconds of this thread that it takes to look for a pattern in `text`."""
    given = text.encode() if isinstance(used.pattern.pattern, bytes) else text
    before = time.thread_time()
    if used.anchored:
        used.pattern.match(given)
        used.pattern.fullmatch(given)
    else:
        for _ in used.pattern.finditer(given):
            pass
    return time.thread_time() - before
