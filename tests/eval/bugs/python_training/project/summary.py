"""Sums up a log of runs."""

from log import of_month
from units import to_hours, to_kilometres, to_minutes


def pace(run):
    """Minutes for a kilometre."""
    return to_minutes(run.seconds) / to_kilometres(run.metres)


def speed(run):
    """Kilometres in an hour."""
    return to_kilometres(run.metres) / to_hours(run.seconds)


def month_line(runs, month):
    """A line such as `2024-05: 2 runs, 15.0 km, fastest 12.0 km/h`."""
    chosen = of_month(runs, month)
    if not chosen:
        return f"{month}: no runs"
    distance = to_kilometres(sum(run.metres for run in chosen))
    fastest = max(speed(run) for run in chosen)
    return f"{month}: {len(chosen)} runs, {distance:.1f} km, fastest {fastest:.1f} km/h"
