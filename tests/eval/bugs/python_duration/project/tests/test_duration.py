import unittest

from duration import format_duration, parse_duration


class DurationTest(unittest.TestCase):
    def test_reads_one_part(self):
        self.assertEqual(parse_duration("2d"), 172800)

    def test_reads_several_parts(self):
        self.assertEqual(parse_duration("1h 5m"), 3900)

    def test_reads_parts_without_blanks(self):
        self.assertEqual(parse_duration("1h30m"), 5400)

    def test_refuses_other_text(self):
        for text in ["", "  ", "soon", "5x"]:
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_duration(text)

    def test_writes_a_duration(self):
        self.assertEqual(format_duration(93780), "1d 2h 3m")
        self.assertEqual(format_duration(0), "0s")

    def test_reads_what_it_writes(self):
        self.assertEqual(parse_duration(format_duration(45)), 45)
