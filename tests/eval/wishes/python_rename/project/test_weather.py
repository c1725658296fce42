import unittest

from weather.reading import Rec, parse
from weather.report import report
from weather.summary import coldest, mean_of

READINGS = [Rec("Rome", 14.0), Rec("Oslo", -3.5), Rec("Rome", 16.0)]


class WeatherTest(unittest.TestCase):
    def test_parse(self):
        self.assertEqual(parse("Oslo; -3.5"), Rec("Oslo", -3.5))

    def test_coldest(self):
        self.assertEqual(coldest(READINGS).station, "Oslo")
        self.assertIsNone(coldest([]))

    def test_mean(self):
        self.assertEqual(mean_of(READINGS, "Rome").val, 15.0)

    def test_report(self):
        self.assertEqual(report(READINGS), "Oslo: -3.5 °C\nRome: 16.0 °C\nRome: 14.0 °C")


if __name__ == "__main__":
    unittest.main()
