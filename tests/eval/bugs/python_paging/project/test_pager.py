import unittest

from pager import Pager


class PagerTest(unittest.TestCase):
    def test_last_page_holds_the_rest(self):
        self.assertEqual(Pager(range(7), 3).page(3), [6])

    def test_counts_a_page_that_is_partly_full(self):
        self.assertEqual(Pager(range(7), 3).count, 3)

    def test_counts_full_pages(self):
        self.assertEqual(Pager(range(6), 3).count, 2)

    def test_empty_list_has_one_page(self):
        pager = Pager([])
        self.assertEqual(pager.count, 1)
        self.assertEqual(pager.page(1), [])

    def test_nothing_follows_the_last_page(self):
        self.assertEqual(Pager(range(20), 10).neighbours(2), (1, None))

    def test_page_zero_is_refused(self):
        with self.assertRaises(IndexError):
            Pager(range(7), 3).page(0)


if __name__ == "__main__":
    unittest.main()
