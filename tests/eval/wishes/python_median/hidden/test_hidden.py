import unittest

import stats


class HiddenTest(unittest.TestCase):
    def test_odd_number(self):
        self.assertEqual(stats.median([9, 1, 4]), 4)

    def test_even_number(self):
        self.assertEqual(stats.median([10, 1, 4, 3]), 3.5)

    def test_one_value(self):
        self.assertEqual(stats.median([7]), 7)

    def test_no_values(self):
        with self.assertRaises(ValueError):
            stats.median([])

    def test_list_stays(self):
        values = [3, 1, 2]
        stats.median(values)
        self.assertEqual(values, [3, 1, 2])

    def test_mean_is_as_before(self):
        self.assertEqual(stats.mean([1, 2]), 1.5)
