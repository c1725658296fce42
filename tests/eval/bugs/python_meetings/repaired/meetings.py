"""Meetings of people in different time zones."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone


@dataclass(frozen=True)
class Meeting:
    title: str
    start: datetime
    minutes: int

    @property
    def end(self):
        return self.start + timedelta(minutes=self.minutes)


def in_utc(moment):
    """The same moment in UTC; a moment without a time zone is taken as UTC."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def agenda(meetings):
    """Lines such as `2024-05-01 07:00 Stand-up (15 min)`, in UTC, the earliest first."""
    ordered = sorted(meetings, key=lambda meeting: in_utc(meeting.start))
    return [
        f"{in_utc(meeting.start):%Y-%m-%d %H:%M} {meeting.title} ({meeting.minutes} min)"
        for meeting in ordered
    ]


def overlap(first, second):
    """Whether two meetings share at least one moment."""
    return in_utc(first.start) < in_utc(second.end) and in_utc(second.start) < in_utc(first.end)
