// Package invoice writes bills.
package invoice

import (
	"fmt"
	"strings"

	"example.org/shop/price"
)

// Write returns a line for each article and one for the total.
func Write(lines []price.Line) string {
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&b, "%d x %s\n", line.Pieces, line.Article)
	}
	total := price.Total(lines)
	fmt.Fprintf(&b, "Total: %d.%02d\n", total/100, total%100)
	return b.String()
}
