// Package order sums up what customers buy.
package order

import (
	"fmt"

	"example.org/shop/rates"
)

// Item is one article of an order.
type Item struct {
	Name  string
	Cents int
	Grams int
}

// FreeFrom is the value in cents from which shipping is free.
const FreeFrom = 10000

// Total returns what the customer pays, shipping included.
func Total(items []Item) (int, error) {
	cents, grams := 0, 0
	for _, item := range items {
		cents += item.Cents
		grams += item.Grams
	}
	shipping, ok := rates.For(grams)
	if !ok {
		return 0, fmt.Errorf("%d g are too heavy for one parcel", grams)
	}
	if cents >= FreeFrom {
		shipping = 0
	}
	return cents + shipping, nil
}
