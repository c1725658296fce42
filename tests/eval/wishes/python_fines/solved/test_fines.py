import unittest
from datetime import date

from fines import days_late, fine, notice

DUE = date(2024, 3, 1)


class FinesTest(unittest.TestCase):
    def test_in_time(self):
        self.assertEqual(days_late(DUE, date(2024, 2, 27)), 0)
        self.assertEqual(fine(DUE, DUE), 0)

    def test_the_first_days_are_free(self):
        self.assertEqual(fine(DUE, date(2024, 3, 2)), 0)
        self.assertEqual(fine(DUE, date(2024, 3, 5)), 20)

    def test_upper_bound(self):
        self.assertEqual(fine(DUE, date(2024, 6, 1)), 500)

    def test_notice(self):
        self.assertIsNone(notice("Emma", DUE, DUE))
        self.assertEqual(notice("Emma", DUE, date(2024, 3, 11)), "Emma: 10 days late, 1.40 EUR")


if __name__ == "__main__":
    unittest.main()
