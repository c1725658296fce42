"""A log of runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    day: str
    metres: int
    seconds: int


def of_month(runs, month):
    """The runs of a month such as `2024-05`."""
    return [run for run in runs if run.day.startswith(month + "-")]
