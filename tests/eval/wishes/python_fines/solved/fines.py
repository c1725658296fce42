"""What readers pay for books that come back late."""

CENTS_A_DAY = 20
MOST_CENTS = 500
FREE_DAYS = 3


def days_late(due, returned):
    """The number of days by which a book came back late; 0 where it was in time."""
    return max(0, (returned - due).days)


def fine(due, returned):
    """The fine in cents: 20 for each day after the third, at most 500."""
    return min(MOST_CENTS, max(0, days_late(due, returned) - FREE_DAYS) * CENTS_A_DAY)


def notice(title, due, returned):
    """A line for the reader, None where nothing is owed."""
    cents = fine(due, returned)
    if cents == 0:
        return None
    return f"{title}: {days_late(due, returned)} days late, {cents / 100:.2f} EUR"
