"""From many files to many results: what lacks one gets one, whatever became of an earlier run."""

from collections.abc import Callable
from dataclasses import dataclass

from vivavoce.simulator.batch.store import Store
from vivavoce.simulator.batch.work import Done, Engine, Job, Work, means
from vivavoce.simulator.errors import DocumentError

TOLD = 10  # times that a run says how far it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to."""

    written: int
    kept: int  # results that were there before, and are as they were
    failed: tuple[Done, ...]

    @property
    def bug(self) -> Exception | None:
        """The first that came to light."""
        return next((one.bug for one in self.failed if one.bug), None)


def run(work: Work, source: Store, target: Store, engine: Engine, tell: Callable[[str], None]) -> Outcome:
    """Do `work` on each file of `source` whose result is not in `target` yet, and write it there.

    Args:
        work: what is done to a file.
        source: where the files are; those below it count, too.
        target: where the results go, each by the name of its file from `source`; nothing there is replaced.
        engine: who works.
        tell: is given a line for each file that fails, at once, and now and then how far the run is.

    Raises:
        SettingsError: an address is not known, or a worker would judge otherwise.
        DocumentError: there is no such file, or a place cannot be reached; results so far stay.
        UnwritableError: a result cannot be written; those so far stay.
    """
    if source.holds(target):
        raise DocumentError(
            f"the reports cannot go into {source.address}, where they would be read; name another"
        )
    names = [name for name in source.names() if name.lower().endswith(work.endings)]
    if not names:
        raise DocumentError(
            f"there is no file in {source.address} whose name ends in {' '.join(work.endings)}"
        )
    there = set(target.names())
    missing = [name for name in names if work.result(name) not in there]
    job = Job(work=work, source=source, target=target, means=means())
    failed = []
    for number, one in enumerate(engine(job, missing), start=1):
        if one.why:
            failed.append(one)
            tell(one.why if one.name in one.why else f"{one.name}: {one.why}")
        if number * TOLD // len(missing) > (number - 1) * TOLD // len(missing):
            tell(f"{number:,} of {len(missing):,}")
    kept = len(names) - len(missing)
    return Outcome(written=len(missing) - len(failed), kept=kept, failed=tuple(failed))
