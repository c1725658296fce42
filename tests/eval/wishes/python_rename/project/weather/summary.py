"""Sums up measured values."""

from weather.reading import Rec


def coldest(readings):
    """The reading with the lowest temperature; None without readings."""
    return min(readings, key=lambda reading: reading.val, default=None)


def mean_of(readings, station):
    """The mean of one station as a reading of its own."""
    values = [reading.val for reading in readings if reading.station == station]
    return Rec(station, sum(values) / len(values))
