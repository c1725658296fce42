import unittest
from datetime import datetime, timedelta, timezone

from meetings import Meeting, agenda, overlap

BERLIN = timezone(timedelta(hours=2))
TOKYO = timezone(timedelta(hours=9))


def on_may_first(hour, zone=None):
    return datetime(2024, 5, 1, hour, 0, tzinfo=zone)


class MeetingsTest(unittest.TestCase):
    def test_end_follows_from_minutes(self):
        self.assertEqual(Meeting("Plan", on_may_first(9), 90).end, datetime(2024, 5, 1, 10, 30))

    def test_agenda_without_meetings_is_empty(self):
        self.assertEqual(agenda([]), [])

    def test_agenda_takes_a_bare_time_as_utc(self):
        self.assertEqual(agenda([Meeting("Plan", on_may_first(9), 30)]), ["2024-05-01 09:00 Plan (30 min)"])

    def test_agenda_puts_the_earliest_first(self):
        lines = agenda([Meeting("Berlin", on_may_first(9, BERLIN), 15), Meeting("Tokyo", on_may_first(10, TOKYO), 15)])
        self.assertEqual(lines, ["2024-05-01 01:00 Tokyo (15 min)", "2024-05-01 07:00 Berlin (15 min)"])

    def test_meetings_of_one_zone_overlap(self):
        first = Meeting("Plan", on_may_first(9, BERLIN), 60)
        self.assertTrue(overlap(first, Meeting("Review", on_may_first(9, BERLIN), 15)))
        self.assertFalse(overlap(first, Meeting("Review", on_may_first(10, BERLIN), 15)))

    def test_same_hour_in_two_cities_does_not_overlap(self):
        first = Meeting("Berlin", on_may_first(9, BERLIN), 60)
        self.assertFalse(overlap(first, Meeting("Tokyo", on_may_first(9, TOKYO), 60)))


if __name__ == "__main__":
    unittest.main()
