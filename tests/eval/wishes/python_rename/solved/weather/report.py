"""Writes measured values for people."""


def line(reading):
    """A line such as `Oslo: -3.5 °C`."""
    return f"{reading.station}: {reading.celsius:.1f} °C"


def report(readings):
    """Lines by station; of one station the warmest first."""
    ordered = sorted(readings, key=lambda reading: (reading.station, -reading.celsius))
    return "\n".join(line(reading) for reading in ordered)
