"""Sums up measured values."""

from weather.reading import Reading


def coldest(readings):
    """The reading with the lowest temperature; None without readings."""
    return min(readings, key=lambda reading: reading.celsius, default=None)


def mean_of(readings, station):
    """The mean of one station as a reading of its own."""
    values = [reading.celsius for reading in readings if reading.station == station]
    return Reading(station, sum(values) / len(values))
