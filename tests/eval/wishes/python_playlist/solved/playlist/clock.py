"""Times of tracks."""


def clock(seconds):
    """Writes seconds as minutes and seconds such as `4:05`, from an hour on as `1:04:05`."""
    minutes, seconds = divmod(seconds, 60)
    if minutes >= 60:
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes}:{seconds:02d}"
