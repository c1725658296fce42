"""Recipes and the shopping lists that follow from them."""

from dataclasses import dataclass


@dataclass
class Ingredient:
    name: str
    grams: int


class Recipe:
    """A dish for a number of people."""

    def __init__(self, title, people, ingredients):
        self.title = title
        self.people = people
        self.ingredients = ingredients

    def scaled(self, people):
        """The ingredients of the same dish for `people` people."""
        return [
            Ingredient(each.name, each.grams * people // self.people)
            for each in self.ingredients
        ]


def shopping_list(recipes, people, extra=[]):
    """Lists what must be bought to cook all recipes for `people` people.

    Returns pairs of name and grams in the order in which they are needed; `extra`
    holds pairs that are bought in addition and stand first.
    """
    wanted = extra
    for recipe in recipes:
        for ingredient in recipe.scaled(people):
            wanted.append((ingredient.name, ingredient.grams))
    return wanted


def total_weight(wanted):
    """The weight of a shopping list in grams."""
    return sum(grams for _, grams in wanted)
