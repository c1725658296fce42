"""One measured value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rec:
    """A temperature at a station in degrees Celsius."""

    station: str
    val: float


def parse(line):
    """Reads a line such as `Oslo;-3.5`."""
    station, _, value = line.partition(";")
    return Rec(station.strip(), float(value))
