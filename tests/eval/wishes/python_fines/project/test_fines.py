import unittest
from datetime import date

from fines import days_late, fine, notice

DUE = date(2024, 3, 1)


class FinesTest(unittest.TestCase):
    def test_in_time(self):
        self.assertEqual(days_late(DUE, date(2024, 2, 27)), 0)
        self.assertEqual(fine(DUE, DUE), 0)

    def test_each_day_costs_20_cents(self):
        self.assertEqual(fine(DUE, date(2024, 3, 2)), 20)
        self.assertEqual(fine(DUE, date(2024, 3, 5)), 80)

    def test_upper_bound(self):
        self.assertEqual(fine(DUE, date(2024, 6, 1)), 500)

    def test_notice(self):
        self.assertIsNone(notice("Emma", DUE, DUE))
        self.assertEqual(notice("Emma", DUE, date(2024, 3, 11)), "Emma: 10 days late, 2.00 EUR")


if __name__ == "__main__":
    unittest.main()
