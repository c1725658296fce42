import pathlib
import re
import unittest

from weather import reading, report, summary


class HiddenTest(unittest.TestCase):
    def test_new_names(self):
        value = reading.Reading("Rome", 14.0)
        self.assertEqual(value.celsius, 14.0)
        self.assertEqual(reading.Reading(station="Rome", celsius=14.0), value)

    def test_old_names_are_gone(self):
        self.assertFalse(hasattr(reading, "Rec"))
        self.assertFalse(hasattr(reading.Reading("Rome", 14.0), "val"))
        for path in pathlib.Path("weather").glob("*.py"):
            self.assertIsNone(re.search(r"\bRec\b|\bval\b", path.read_text(encoding="utf-8")), path)

    def test_same_behaviour(self):
        readings = [reading.parse("Rome;2"), reading.parse("Oslo;-3.5"), reading.parse("Rome;4")]
        self.assertEqual(summary.coldest(readings).station, "Oslo")
        self.assertEqual(summary.mean_of(readings, "Rome"), reading.Reading("Rome", 3.0))
        self.assertEqual(report.report(readings), "Oslo: -3.5 °C\nRome: 4.0 °C\nRome: 2.0 °C")
