"""Sound in and out: devices, voices, recognisers, and where model weights come from.

Some of the libraries that it loads would tell their makers that they are used. Python runs this file before
any other of the package, in every process, so none of them is loaded before it was told not to: whoever loads
one lives in this package or imports it first (docs/decisions/0015-silence.md).
"""

import os

SILENT = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, which faster_whisper and piper load too
    "HF_HUB_DISABLE_TELEMETRY": "1",  # the model hub's client
    "HF_HUB_DISABLE_XET": "1",  # its second client, a native one with statistics, logs and a cache
    "DO_NOT_TRACK": "1",  # whoever else heeds it
}
# What the user's environment asked for in vain, for `vivavoce doctor` to say.
OVERRULED = [name for name in SILENT if os.environ.get(name, "1").lower() in ("0", "false", "no", "off")]
os.environ.update(SILENT)
