import unittest

from log import Run, of_month
from summary import month_line, pace

RUNS = [
    Run("2024-04-30", 5000, 1800),
    Run("2024-05-02", 10000, 3000),
    Run("2024-05-09", 5000, 1650),
]


class SummaryTest(unittest.TestCase):
    def test_pace_in_minutes(self):
        self.assertEqual(pace(RUNS[0]), 6.0)

    def test_chooses_a_month(self):
        self.assertEqual([run.day for run in of_month(RUNS, "2024-05")], ["2024-05-02", "2024-05-09"])

    def test_month_without_runs(self):
        self.assertEqual(month_line(RUNS, "2024-06"), "2024-06: no runs")

    def test_month_with_runs(self):
        self.assertEqual(month_line(RUNS, "2024-05"), "2024-05: 2 runs, 15.0 km, fastest 12.0 km/h")


if __name__ == "__main__":
    unittest.main()
