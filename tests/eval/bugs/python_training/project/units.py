"""Conversions between units of sport."""


def to_kilometres(metres):
    """Metres in kilometres."""
    return metres / 1000


def to_minutes(seconds):
    """Seconds in minutes."""
    return seconds / 60


def to_hours(seconds):
    """Seconds in hours."""
    return seconds / 60
