"""Times of tracks."""


def clock(seconds):
    """Writes seconds as minutes and seconds such as `4:05`."""
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d}"
