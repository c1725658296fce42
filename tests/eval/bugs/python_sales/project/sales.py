"""Reads sales from CSV and ranks them."""

import csv
import io


def read_sales(text):
    """Reads lines of `region,seller,amount` with a header; returns one dictionary for each."""
    return [dict(row) for row in csv.DictReader(io.StringIO(text.strip()))]


def total(sales, region=None):
    """The sum of all amounts, or of those of one region."""
    return sum(float(sale["amount"]) for sale in sales if region in (None, sale["region"]))


def best(sales, limit=1):
    """The sellers of the largest single sales, the largest first."""
    ranked = sorted(sales, key=lambda sale: sale["amount"], reverse=True)
    return [sale["seller"] for sale in ranked[:limit]]


def by_region(sales):
    """The total of each region, regions by alphabet."""
    regions = sorted({sale["region"] for sale in sales})
    return {region: total(sales, region) for region in regions}
