import unittest

from words import longest, most_frequent, words_of


class WordsTest(unittest.TestCase):
    def test_splits_at_signs_and_figures(self):
        self.assertEqual(words_of("One, two -- 3 three_four!"), ["one", "two", "three", "four"])

    def test_keeps_apostrophes_within_words(self):
        self.assertEqual(words_of("Don't 'quote' me"), ["don't", "quote", "me"])

    def test_reads_german(self):
        self.assertEqual(words_of("Schöne Grüße"), ["schöne", "grüße"])

    def test_ranks_equal_words_by_alphabet(self):
        self.assertEqual(most_frequent("b a c a b d", 3), [("a", 2), ("b", 2), ("c", 1)])

    def test_finds_the_longest_word(self):
        self.assertEqual(longest("a über-mäßig long text"), "mäßig")

    def test_no_words_no_longest(self):
        self.assertIsNone(longest("1 2 3"))
