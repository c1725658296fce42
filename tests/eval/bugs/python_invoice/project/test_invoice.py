import unittest
from decimal import Decimal

from invoice import Invoice, to_cents


class InvoiceTest(unittest.TestCase):
    def setUp(self):
        self.invoice = Invoice(Decimal("0.10"))

    def test_sums_lines(self):
        self.invoice.add("pen", "1.20", 3)
        self.invoice.add("paper", "4.00")
        self.assertEqual(self.invoice.net, Decimal("7.60"))

    def test_empty_invoice_costs_nothing(self):
        self.assertEqual(self.invoice.total, Decimal("0.00"))

    def test_adds_tax(self):
        self.invoice.add("desk", "120.00")
        self.assertEqual(self.invoice.tax, Decimal("12.00"))
        self.assertEqual(self.invoice.total, Decimal("132.00"))

    def test_rounds_to_the_nearest_cent(self):
        self.assertEqual(to_cents(Decimal("1.004")), Decimal("1.00"))
        self.assertEqual(to_cents(Decimal("1.006")), Decimal("1.01"))

    def test_rounds_tax_of_a_single_sticker(self):
        self.invoice.add("sticker", "0.85")
        self.assertEqual(self.invoice.tax, Decimal("0.09"))


if __name__ == "__main__":
    unittest.main()
