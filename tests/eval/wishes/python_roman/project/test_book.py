import unittest

from book import chapter_title, contents


class BookTest(unittest.TestCase):
    def test_title_ends_with_the_words(self):
        self.assertTrue(chapter_title(1, "The Calm").endswith(": The Calm"))

    def test_contents(self):
        self.assertEqual(contents(["One", "Three"], 12), ["1 ...... One", "2 .... Three"])

    def test_contents_of_long_titles(self):
        self.assertEqual(contents(["A long title"], 5), ["1 ... A long title"])


if __name__ == "__main__":
    unittest.main()
