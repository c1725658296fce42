import unittest

from book import chapter_title, contents
from roman import to_roman


class HiddenTest(unittest.TestCase):
    def test_numerals(self):
        known = {
            1: "I", 2: "II", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 90: "XC",
            400: "CD", 944: "CMXLIV", 1994: "MCMXCIV", 2024: "MMXXIV", 3999: "MMMCMXCIX",
        }
        for number, numeral in known.items():
            self.assertEqual(to_roman(number), numeral)

    def test_other_numbers(self):
        for number in (0, -3, 4000):
            with self.assertRaises(ValueError):
                to_roman(number)

    def test_title_of_a_chapter(self):
        self.assertEqual(chapter_title(4, "The Storm"), "Chapter IV: The Storm")
        self.assertEqual(chapter_title(12, "The End"), "Chapter XII: The End")

    def test_contents_are_as_before(self):
        self.assertEqual(contents(["One"], 12), ["1 ...... One"])
