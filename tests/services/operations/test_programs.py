from services.operations.programs import programs
from tests.installation import DEVELOPMENT


def test_nobody_is_killed_while_granian_still_ends_its_workers():
    served = [p for p in programs(DEVELOPMENT, {}) if "granian" in p.command]
    assert {program.name for program in served} == {"web", "sandbox"}
    for program in served:
        option = program.command.index("--workers-kill-timeout")
        assert float(program.command[option + 1]) < program.patience <= 15
