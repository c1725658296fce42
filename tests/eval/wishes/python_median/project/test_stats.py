import unittest

from stats import mean, spread


class StatsTest(unittest.TestCase):
    def test_mean(self):
        self.assertEqual(mean([1, 2, 6]), 3)

    def test_spread(self):
        self.assertEqual(spread([4, -1, 2]), 5)

    def test_no_values(self):
        for figure in (mean, spread):
            with self.assertRaises(ValueError):
                figure([])


if __name__ == "__main__":
    unittest.main()
