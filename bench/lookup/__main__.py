"""``make bench-lookup``: how long support waits for each key, with ten thousand workers and a million.

The register is copied into a database of its own, with invoices, calls of a bank and enrolments. Then
the service's own statements are timed, each key beside a read by the primary key.
"""

from __future__ import annotations

import argparse
import time

from bench.ground import ground
from bench.lookup.asking import questions
from bench.lookup.loading import Register
from bench.lookup.measuring import Measured, measure

SMALL = 10_000
MOST_MS = 20
MOST_GROWTH = 1.5


def main() -> None:
    asked = _arguments()
    with ground() as place:
        register, measured = Register(place), []
        for size in (SMALL, asked.workers):
            begun = time.perf_counter()
            register.grow(size)
            print(f"{size:>9,} workers after {time.perf_counter() - begun:.0f} s", flush=True)
            measured.append(measure(place, questions(place, size, asked.looks)))
    print(*_told(asked.workers, *measured), sep="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.lookup")
    parser.add_argument("--workers", type=int, default=1_000_000)
    parser.add_argument("--looks", type=int, default=400, help="of each key, at each size")
    return parser.parse_args()


def _told(size: int, few: Measured, many: Measured) -> list[str]:
    slowest = max(map(many.first_p95, many.first))
    growth = max(many.ratio(name) / few.ratio(name) for name in few.best)
    return [
        "",
        f"{'In the database, p95':<26}{f'{SMALL:,} workers':>24}{f'{size:,} workers':>26}",
        f"{'':<26}{'first':>9}{'best':>8}{'ratio':>7}{'first':>11}{'best':>8}{'ratio':>7}"
        f"{'growth':>9}{'found':>8}",
        *(_line(name, few, many) for name in few.first),
        "",
        "In milliseconds. First: asked for the first time; best: the quickest of three. Ratio: of the",
        "best, to the read by the primary key in the same run; growth: of that ratio.",
        f"Slowest first {slowest:.2f} ms (aim: under {MOST_MS}); most growth {growth:.2f} "
        f"(aim: at most {MOST_GROWTH}).",
    ]


def _line(name: str, few: Measured, many: Measured) -> str:
    def columns(measured: Measured) -> str:
        return f"{measured.best_p95(name):>8.2f}{measured.ratio(name):>7.2f}"

    growth = many.ratio(name) / few.ratio(name)
    found = many.found[name] / len(many.first[name])
    return (
        f"{name:<26}{few.first_p95(name):>9.2f}{columns(few)}"
        f"{many.first_p95(name):>11.2f}{columns(many)}{growth:>9.2f}{found:>8.1f}"
    )


if __name__ == "__main__":
    main()
