import unittest

from sales import best, by_region, read_sales, total

SALES = """
region,seller,amount
north,Ada,95.50
south,Bo,120.00
north,Cy,1000.00
south,Di,87.25
"""


class SalesTest(unittest.TestCase):
    def setUp(self):
        self.sales = read_sales(SALES)

    def test_reads_each_line(self):
        self.assertEqual(len(self.sales), 4)
        self.assertEqual(self.sales[0]["seller"], "Ada")

    def test_sums_all(self):
        self.assertEqual(total(self.sales), 1302.75)

    def test_sums_a_region(self):
        self.assertEqual(total(self.sales, "south"), 207.25)

    def test_finds_the_best_seller(self):
        self.assertEqual(best(self.sales), ["Cy"])

    def test_ranks_sellers(self):
        self.assertEqual(best(self.sales, 3), ["Cy", "Bo", "Ada"])

    def test_groups_by_region(self):
        self.assertEqual(by_region(self.sales), {"north": 1095.5, "south": 207.25})

    def test_no_sales_no_best(self):
        self.assertEqual(best([]), [])


if __name__ == "__main__":
    unittest.main()
