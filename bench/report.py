"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.contest import Contestant

_HEADING = (
    f"{'':<24}{'per second':>11}{'p50 ms':>9}{'p99 ms':>9}"
    f"{'server CPU ms':>15}{'database CPU ms':>17}{'asking':>8}"
)


def written(registering: Sequence[Contestant], reading: Sequence[Contestant]) -> str:
    bare, ours, twin, house, one_row = registering
    plain, coverage = reading
    lines = [
        *_table("Registrations", registering),
        *_table("Coverage reads", reading),
        "",
        f"{'Ratios (median over rounds)':<54}{'rate':>6}{'CPU':>8}",
        _ratio("coverage reads against the bare view", coverage, plain, 0.6),
        _ratio("registrations against the bare view", ours, bare, 0.35),
        _ratio("registrations against the twin, everything written", ours, twin, 1.0),
        _ratio("our web layer against the twin, one row written", house, one_row, 1.0),
    ]
    return "\n".join(lines)


def _table(title: str, contestants: Sequence[Contestant]) -> Iterator[str]:
    yield from ("", title, _HEADING)
    yield from map(_line, contestants)


def _line(each: Contestant) -> str:
    server, database = each.cpu
    return (
        f"{each.name:<24}{each.rate:>11.0f}"
        f"{each.percentile(50) * 1000:>9.1f}{each.percentile(99) * 1000:>9.1f}"
        f"{server * 1000:>15.2f}{database * 1000:>17.2f}{each.generator_share:>8.0%}"
    )


def _ratio(what: str, ours: Contestant, other: Contestant, aim: float) -> str:
    rate, thrift = ours.against(other), ours.thrift_against(other)
    return f"  {what:<52}{rate:>6.2f}{thrift:>8.2f}   aim {aim:.2f}"
