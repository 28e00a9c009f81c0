"""Each command has a file that is called as the command is, and every such file is a command."""

from pathlib import Path

from vivavoce.simulator.commands import parser

FOLDER = Path(parser.__file__ or "").parent


def test_a_command_s_file_carries_its_name() -> None:
    files = {path.stem for path in FOLDER.glob("*/*.py")} - {"__init__"}

    assert {name if name != "import" else "import_session" for name in parser.COMMANDS} == files
    for name, command in parser.COMMANDS.items():
        assert str(command.run.__module__).split(".")[-1].startswith(name)
        assert f"`vivavoce {name}`" in (command.__doc__ or "")
