// Package price knows what orders cost.
package price

// Line is an article of an order, its price in cents.
type Line struct {
	Article string
	Cents   int
	Pieces  int
}

const (
	discountFrom    = 10
	discountPercent = 5
)

// Pieces returns the number of pieces of all lines.
func Pieces(lines []Line) int {
	pieces := 0
	for _, line := range lines {
		pieces += line.Pieces
	}
	return pieces
}

// Total returns the price of an order in cents: 5 percent off from 10 pieces on. What is taken off is
// rounded down to whole cents.
func Total(lines []Line) int {
	cents := 0
	for _, line := range lines {
		cents += line.Cents * line.Pieces
	}
	if Pieces(lines) >= discountFrom {
		cents -= cents * discountPercent / 100
	}
	return cents
}
