import unittest
from datetime import date, timedelta

from fines import days_late, fine, notice

DUE = date(2024, 3, 1)


def late(days):
    return DUE + timedelta(days=days)


class HiddenTest(unittest.TestCase):
    def test_three_days_are_free(self):
        self.assertEqual([fine(DUE, late(days)) for days in (-1, 0, 1, 2, 3)], [0, 0, 0, 0, 0])

    def test_later_days_cost(self):
        self.assertEqual([fine(DUE, late(days)) for days in (4, 5, 13)], [20, 40, 200])

    def test_upper_bound(self):
        self.assertEqual([fine(DUE, late(days)) for days in (27, 28, 29, 100)], [480, 500, 500, 500])

    def test_free_days_need_no_notice(self):
        self.assertIsNone(notice("Emma", DUE, late(3)))

    def test_notice_tells_all_days(self):
        self.assertEqual(notice("Emma", DUE, late(5)), "Emma: 5 days late, 0.40 EUR")
        self.assertEqual(days_late(DUE, late(5)), 5)
