"""``make bench-bulk``: files of drivers, from the first byte sent to completed.

Ours: the file is received, divided, sealed and kept; every row is judged, looked up, sealed and
written with its outcome, by one bulk process and by two. The yardstick: a plain COPY of the same
final rows into the same tables (``bench.bulk.plain_copy``). All take turns on one machine.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import count
from pathlib import Path

from bench.bulk import plain_copy
from bench.bulk.contest import AIMS, Contest, Cost
from bench.bulk.foreground import register
from bench.bulk.plain_copy import Plain, plain
from bench.bulk.sending import Sent, begin, send, standing, wait
from bench.bulk.stage import Stage, stage
from bench.drivers import lines, villages, write_csv
from bench.ground import ground
from bench.people import registrations
from bench.serving import cpu_of

UNBOUND = 100
_firsts = count(step=2_000_000)


class Files:
    """Files in a directory, each of other drivers."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.places = villages()

    def new(self, rows: int) -> tuple[Path, int]:
        """Its path, and how many of its rows are good."""
        first = next(_firsts)
        path = self.directory / f"{first}.csv"
        good = write_csv(
            path, lines(rows, places=self.places, seed=1, first=first, about=f"{rows}")
        )
        return path, good


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="jaring-files-") as directory, ground() as place:
        plain_copy.prepare(place)
        files = Files(Path(directory))
        with stage(place) as jaring, plain(place, jaring.partner_id) as yardstick:
            _warm_up(jaring, files)
            if asked.only in (None, "rate"):
                _compete(jaring, yardstick, files, asked.rows, asked.runs)
            if asked.only in (None, "sizes"):
                _straight(jaring, files, [10_000, 100_000, *([1_000_000] if asked.long else [])])
            if asked.only in (None, "foreground"):
                _foreground(jaring, files, 1_000_000 if asked.long else 200_000)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.bulk")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=("rate", "sizes", "foreground"))
    parser.add_argument("--long", action="store_true", help="with a file of 1,000,000 rows")
    return parser.parse_args()


def _warm_up(jaring: Stage, files: Files) -> None:
    with jaring.working(1, UNBOUND):
        _send(jaring, files, 5_000)


def _compete(jaring: Stage, yardstick: Plain, files: Files, rows: int, runs: int) -> None:
    contest = Contest(rows)
    for _ in range(runs):
        for processes in AIMS:
            with jaring.working(processes, UNBOUND):
                _send(jaring, files, 1_000)  # they have started
                spent = jaring.processor()
                sent = _send(jaring, files, rows)
                ours = Cost(sent.seconds, jaring.processor() - spent)
            made = yardstick.made_by(sent.batch_id)
            spent = cpu_of(jaring.ground.database)
            seconds = yardstick.copied(made)
            contest.add(processes, ours, Cost(seconds, cpu_of(jaring.ground.database) - spent))
    _tell(f"{rows:,} rows, medians of {runs} runs", *contest.told())


def _straight(jaring: Stage, files: Files, sizes: list[int]) -> None:
    """Whether ten times the rows take ten times as long, and how much memory they take."""
    with jaring.working(1, UNBOUND):
        for size in sizes:
            sent = _send(jaring, files, size)
            bulk, web = jaring.memory()
            _tell(
                f"{size:>9,} rows: {sent.seconds:8.2f} s, {sent.rate:9,.0f} rows/s"
                f" (received in {sent.received_in:.2f} s);"
                f" most held: bulk {bulk} MB, receiving {web} MB"
            )


def _foreground(jaring: Stage, files: Files, rows: int) -> None:
    forms = registrations(jaring.ground.ports)
    register(jaring, forms, 100)
    idle = register(jaring, forms, 500)
    path, _ = files.new(rows)
    with jaring.working(1):
        batch_id = begin(jaring, path)
        busy = register(
            jaring,
            forms,
            1_000,
            lambda: standing(jaring, batch_id)["completed_at"] is None,
        )
        done = standing(jaring, batch_id)["processed"]
        wait(jaring, batch_id)
    _tell(
        f"registrations one by one, while {rows:,} rows are worked off"
        f" ({len(busy.answers)} of them during {done:,} rows)",
        *(
            f"{name:<6} p50 {each.percentile(50):6.1f} ms   p99 {each.percentile(99):6.1f} ms"
            for name, each in (("idle", idle), ("busy", busy))
        ),
        f"p50 x {busy.percentile(50) / idle.percentile(50):.1f} (aim: at most 3; p99 under 50 ms)",
    )


def _send(jaring: Stage, files: Files, rows: int) -> Sent:
    path, good = files.new(rows)
    try:
        return send(jaring, path, good=good)
    finally:
        path.unlink()


def _tell(*said: str) -> None:
    print("", *said, sep="\n", flush=True)


if __name__ == "__main__":
    main()
