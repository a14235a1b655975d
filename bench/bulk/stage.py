"""A Jaring that receives files, and as many bulk processes as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from signal import SIGTERM
from subprocess import Popen
from uuid import UUID

import psutil

from bench.ground import Ground
from bench.serving import Application, Server, cpu_of, serving
from models.partner import Partner, PartnerSecret
from models.values.ids import new_id
from models.values.payer import PayerKind
from models.values.scope import Scope
from services.operations import child_process
from services.operations.programs import PROJECT
from services.ports import Ports
from services.tokens import Kind

PLENTY = 10_000_000


@dataclass(frozen=True)
class Stage:
    """:param bulk: the bulk processes that run."""

    ground: Ground
    web: Server
    partner_id: UUID
    bulk: list[Popen[bytes]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        """Of a call by the partner, now."""
        token = self.ground.ports.tokens.issue(
            Kind.PARTNER,
            str(self.partner_id),
            at=self.ground.ports.clock.now(),
            key=str(self.partner_id),
            scope=" ".join(Scope),
        )
        return {"Authorization": f"Bearer {token}"}

    @contextmanager
    def working(self, many: int, share: int | None = None) -> Iterator[None]:
        """So many bulk processes in the block; with their own share of a processor, unless told
        another."""
        program = self.ground.program("bulk")
        env = {**program.env} if share is None else {**program.env, "JARING_BULK_SHARE": str(share)}
        with (self.ground.data_dir / "bulk.log").open("ab") as output:
            for _ in range(many):
                started = child_process.start(program.command, env=env, cwd=PROJECT, output=output)
                self.bulk.append(started)
        try:
            yield
        finally:
            while self.bulk:
                child_process.stop(self.bulk.pop(), SIGTERM, patience=program.patience)

    def processor(self) -> float:
        """Seconds of processor time that all of it has used so far: receiving, working, storing."""
        pids = [self.web.process.pid, self.ground.database, *(each.pid for each in self.bulk)]
        return sum(map(cpu_of, pids))

    def memory(self) -> tuple[int, int]:
        """The most, in MB, that a bulk process and a receiving process have held so far."""
        web = psutil.Process(self.web.process.pid).children(recursive=True)
        return (
            max((_most_held(process.pid) for process in self.bulk), default=0),
            max((_most_held(process.pid) for process in web), default=0),
        )


@contextmanager
def stage(ground: Ground) -> Iterator[Stage]:
    partner_id = _partner(ground.ports)
    with serving(ground, (Application("wsgi:app"),)) as (web,):
        yield Stage(ground, web, partner_id)


def _partner(ports: Ports) -> UUID:
    partner_id, now = new_id(), ports.clock.now()
    with ports.transactions.begin() as session:
        session.add(
            Partner(
                id=partner_id,
                name="Ojek Kita",
                client_id="bench",
                payer_kind=PayerKind.PARTNER,
                messages_per_day=PLENTY,
                checks_per_day=PLENTY,
                created_at=now,
            )
        )
        session.flush()
        digest = ports.vault.digest("partner-secret", "bench")
        session.add(
            PartnerSecret(id=partner_id, partner_id=partner_id, digest=digest, created_at=now)
        )
    return partner_id


def _most_held(pid: int) -> int:
    """Linux keeps the peak of the resident set (proc(5), VmHWM, in kB)."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            lines = dict(line.split(":", 1) for line in status)
    except OSError:
        return 0
    return int(lines.get("VmHWM", "0").split()[0]) // 1024
