"""One measured value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """A temperature at a station in degrees Celsius."""

    station: str
    celsius: float


def parse(line):
    """Reads a line such as `Oslo;-3.5`."""
    station, _, value = line.partition(";")
    return Reading(station.strip(), float(value))
