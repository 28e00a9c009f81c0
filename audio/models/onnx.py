"""The one file that imports onnxruntime."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.audio.errors import ModelError
from vivavoce.audio.models.cpu_threads import one_a_computation

Array = NDArray[np.float32]


class Network(Protocol):
    """A loaded network: named arrays in, arrays out."""

    def run(self, outputs: None, inputs: Mapping[str, NDArray[Any]]) -> list[Array]:
        """Return every output for `inputs`."""
        ...


def load(path: Path) -> Network:
    """Return the network in `path`, on one thread: two of these and Whisper share a laptop's cores.

    Raises:
        ModelError: there is no such file, or it is not a network.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # the switch on Windows, where the system collects them
    one_a_computation()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest run's memory for ever
    options.log_severity_level = 4
    try:
        network: Any = onnxruntime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime's own exceptions have no common base
        raise ModelError(f"cannot load {path.name}; run: vivavoce models verify") from error
    loaded: Network = network
    return loaded
