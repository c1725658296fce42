package invoice

import (
	"testing"

	"example.org/shop/price"
)

func TestWrite(t *testing.T) {
	got := Write([]price.Line{{Article: "pen", Cents: 105, Pieces: 2}})
	if got != "2 x pen\nTotal: 2.10\n" {
		t.Errorf("got %q", got)
	}
}
