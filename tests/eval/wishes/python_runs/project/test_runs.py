import unittest

from runs import longest, runs


class RunsTest(unittest.TestCase):
    def test_runs(self):
        self.assertEqual(runs("aab"), [("a", 2), ("b", 1)])
        self.assertEqual(runs(""), [])

    def test_longest(self):
        self.assertEqual(longest("abbaa"), ("b", 2))
        self.assertIsNone(longest(""))


if __name__ == "__main__":
    unittest.main()
