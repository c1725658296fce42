import unittest
from datetime import date

from birthdays import Birthdays, remind


class BirthdaysTest(unittest.TestCase):
    def setUp(self):
        self.birthdays = Birthdays()
        self.birthdays.add("Ada", 12, 30)
        self.birthdays.add("Bo", 1, 2)

    def test_upcoming_over_new_year(self):
        self.assertEqual(
            self.birthdays.upcoming(date(2023, 12, 29)),
            [(date(2023, 12, 30), "Ada"), (date(2024, 1, 2), "Bo")],
        )

    def test_nobody(self):
        self.assertEqual(self.birthdays.upcoming(date(2024, 5, 1)), [])

    def test_remind(self):
        self.assertEqual(remind(self.birthdays, date(2023, 12, 30)), ["today: Ada", "in 3 days: Bo"])


if __name__ == "__main__":
    unittest.main()
