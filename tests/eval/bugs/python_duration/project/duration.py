"""Durations as people write them: `90s`, `1h 30m`, `2d`."""

import re

SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}

PART = re.compile(r"\s*(\d)\s*([dhms])")


def parse_duration(text):
    """Reads a duration and returns its seconds.

    Parts may stand in any order, with or without blanks. ValueError where the text
    is no duration.
    """
    seconds = 0
    position = 0
    while position < len(text.rstrip()):
        part = PART.match(text, position)
        if part is None:
            raise ValueError(f"no duration: {text!r}")
        seconds += int(part.group(1)) * SECONDS[part.group(2)]
        position = part.end()
    if position == 0:
        raise ValueError("an empty text is no duration")
    return seconds


def format_duration(seconds):
    """Writes seconds as `1h 30m`, without parts that are zero."""
    parts = []
    for unit, length in SECONDS.items():
        amount, seconds = divmod(seconds, length)
        if amount:
            parts.append(f"{amount}{unit}")
    return " ".join(parts) or "0s"
