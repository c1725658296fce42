package price

import "testing"

func TestPiecesOfAllLines(t *testing.T) {
	if got := Pieces([]Line{{"pen", 100, 3}, {"pad", 250, 4}}); got != 7 {
		t.Errorf("got %d", got)
	}
}

func TestNoDiscount(t *testing.T) {
	if got := Total([]Line{{"pen", 100, 9}}); got != 900 {
		t.Errorf("got %d", got)
	}
}

func TestDiscount(t *testing.T) {
	if got := Total([]Line{{"pen", 100, 6}, {"pad", 250, 4}}); got != 1520 {
		t.Errorf("got %d", got)
	}
}
