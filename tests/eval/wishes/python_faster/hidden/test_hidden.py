import unittest

from primes import factors, is_prime, primes_below


class HiddenTest(unittest.TestCase):
    def test_small_numbers(self):
        self.assertEqual([n for n in range(-3, 30) if is_prime(n)], [2, 3, 5, 7, 11, 13, 17, 19, 23, 29])

    def test_limits(self):
        for limit in (-1, 0, 1, 2):
            self.assertEqual(primes_below(limit), [])
        self.assertEqual(primes_below(3), [2])
        self.assertEqual(len(primes_below(1000)), 168)

    def test_factors(self):
        for number in range(1, 200):
            product = 1
            for factor in factors(number):
                self.assertTrue(is_prime(factor))
                product *= factor
            self.assertEqual(product, number)
        self.assertEqual(factors(97), [97])
        self.assertEqual(factors(1024), [2] * 10)
