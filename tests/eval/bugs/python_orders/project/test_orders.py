import unittest

from shop.orders import OrderRefused, place_order
from shop.stock import Stock


class OrdersTest(unittest.TestCase):
    def setUp(self):
        self.stock = Stock({"cup": 5, "plate": 2})

    def test_takes_pieces_off_the_shelf(self):
        self.assertEqual(place_order(self.stock, {"cup": 3}), 3)
        self.assertEqual(self.stock.available("cup"), 2)

    def test_refuses_more_than_there_is(self):
        with self.assertRaisesRegex(OrderRefused, "plate"):
            place_order(self.stock, {"plate": 3})

    def test_a_refused_order_takes_nothing(self):
        with self.assertRaises(OrderRefused):
            place_order(self.stock, {"cup": 2, "plate": 9})
        self.assertEqual(self.stock.available("cup"), 5)

    def test_sells_out(self):
        self.assertEqual(place_order(self.stock, {"cup": 5, "plate": 2}), 7)
        self.assertEqual(self.stock.available("plate"), 0)

    def test_refuses_unknown_articles(self):
        with self.assertRaisesRegex(OrderRefused, "fork"):
            place_order(self.stock, {"fork": 1})


if __name__ == "__main__":
    unittest.main()
