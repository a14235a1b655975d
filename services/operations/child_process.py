"""Programs that we start: none outlives us, and none runs as more than it needs."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

# Whoever starts it may die before the kernel has been asked to tell of that.
_WHILE_WE_LIVE = ("/bin/sh", "-c", 'test "$PPID" = "$0" && exec "$@"')


class CannotStart(Exception):
    """A program cannot be started here; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """The user of the machine that a program runs as, in place of root."""

    uid: int
    gid: int

    @classmethod
    def owner_of(cls, path: Path) -> Self:
        status = path.stat()
        return cls(status.st_uid, status.st_gid)

    @classmethod
    def nobody(cls) -> Self:
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid)

    def privileges(self, paths: Iterable[Path]) -> list[str]:
        """Options of setpriv that leave root behind.

        Where a directory above one of the paths is closed to others (a home of
        mode 0700), the program keeps the one capability that looks past that:
        the directory itself is not ours to open.

        The secure bit is for access(2), with which initdb looks for its programs:
        that call forgets the capabilities of a user who is not root without it.
        """
        options = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        if all(_open_to_others(path) for path in paths):
            return [*options, "--inh-caps=-all"]
        kept = ["--inh-caps=-all,+dac_override", "--ambient-caps=+dac_override"]
        return [*options, *kept, "--securebits=+no_setuid_fixup"]


def start(
    command: Sequence[str | Path],
    *,
    on_our_death: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | None = None,
    account: Account | None = None,
    paths: Iterable[Path] = (),
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only us.

    If this process dies, however it dies, the program gets ``on_our_death``. Start it from a thread
    that lives on: to the kernel, the end of that thread is our death.

    :raises CannotStart: root has no way here to become someone else.
    """
    return subprocess.Popen(
        [*_setpriv(on_our_death, account, paths), *map(str, command)],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output and subprocess.STDOUT,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float) -> None:
    """Send one signal after the other, ``patience`` seconds apart, until it ends;
    then end whatever it started and left behind."""
    for each in (*signals, signal.SIGKILL):
        process.send_signal(each)
        try:
            process.wait(patience)
            break
        except subprocess.TimeoutExpired:
            continue
    end_group(process.pid)


def end_group(pid: int) -> None:
    """Kill what is left of a program's process group. The program must have
    ended; its number is not given away while members of the group live."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _setpriv(
    on_our_death: signal.Signals, account: Account | None, paths: Iterable[Path]
) -> list[str]:
    setpriv = shutil.which("setpriv")
    if setpriv is None and account is not None:
        raise CannotStart("root cannot run the database itself: install setpriv (util-linux)")
    if setpriv is None:  # not Linux
        return []
    # The kernel forgets this signal when the user changes: setpriv asks for it last.
    death = f"--pdeathsig={on_our_death.name.removeprefix('SIG')}"
    privileges = account.privileges(paths) if account else ()
    return [setpriv, death, *privileges, *_WHILE_WE_LIVE, str(os.getpid())]


def _open_to_others(path: Path) -> bool:
    return all(above.stat().st_mode & 0o001 for above in path.resolve().parents)
