package price

import "testing"

func TestPiecesOfAllLines(t *testing.T) {
	if got := Pieces([]Line{{"pen", 100, 3}, {"pad", 250, 4}}); got != 7 {
		t.Errorf("got %d", got)
	}
}

func TestNoDiscount(t *testing.T) {
	if got := Total([]Line{{"pen", 100, 19}}); got != 1900 {
		t.Errorf("got %d", got)
	}
}

func TestDiscount(t *testing.T) {
	if got := Total([]Line{{"pen", 100, 16}, {"pad", 250, 4}}); got != 2340 {
		t.Errorf("got %d", got)
	}
}
