import unittest
from datetime import date

from birthdays import Birthdays, remind


class HiddenTest(unittest.TestCase):
    def setUp(self):
        self.birthdays = Birthdays()
        for name, month, day in [("Zoe", 3, 4), ("Ada", 3, 4), ("Kim", 3, 4), ("Bo", 3, 2)]:
            self.birthdays.add(name, month, day)

    def test_everybody_is_listed(self):
        names = [name for _, name in self.birthdays.upcoming(date(2024, 3, 1))]
        self.assertEqual(names, ["Bo", "Ada", "Kim", "Zoe"])

    def test_remind_tells_everybody(self):
        self.assertEqual(
            remind(self.birthdays, date(2024, 3, 3)), ["tomorrow: Ada", "tomorrow: Kim", "tomorrow: Zoe"]
        )

    def test_days_are_bounded(self):
        self.assertEqual(self.birthdays.upcoming(date(2024, 3, 1), days=2), [(date(2024, 3, 2), "Bo")])

    def test_second_entry_replaces(self):
        self.birthdays.add("Zoe", 3, 2)
        names = [name for _, name in self.birthdays.upcoming(date(2024, 3, 1))]
        self.assertEqual(names, ["Bo", "Zoe", "Ada", "Kim"])
        self.assertEqual(len(self.birthdays), 4)
