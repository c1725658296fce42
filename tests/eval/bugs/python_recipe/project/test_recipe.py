import unittest

from recipe import Ingredient, Recipe, shopping_list, total_weight

DOUGH = Recipe("Dough", 2, [Ingredient("flour", 300), Ingredient("butter", 100)])
SAUCE = Recipe("Sauce", 4, [Ingredient("tomato", 800)])


class RecipeTest(unittest.TestCase):
    def test_scales_up(self):
        self.assertEqual(DOUGH.scaled(4), [Ingredient("flour", 600), Ingredient("butter", 200)])

    def test_lists_one_recipe(self):
        self.assertEqual(shopping_list([SAUCE], 2), [("tomato", 400)])

    def test_lists_several_recipes(self):
        wanted = shopping_list([DOUGH, SAUCE], 2)
        self.assertEqual(wanted, [("flour", 300), ("butter", 100), ("tomato", 400)])

    def test_keeps_what_the_caller_wants_besides(self):
        extra = [("salt", 5)]
        self.assertEqual(shopping_list([SAUCE], 4, extra), [("salt", 5), ("tomato", 800)])

    def test_weighs_a_list(self):
        self.assertEqual(total_weight([("flour", 300), ("salt", 5)]), 305)


if __name__ == "__main__":
    unittest.main()
