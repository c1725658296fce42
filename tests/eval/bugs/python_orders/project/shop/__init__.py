"""A small shop: its stock and its orders."""
