package price

import "testing"

func TestHiddenNoDiscountBelowTwenty(t *testing.T) {
	for _, pieces := range []int{1, 9, 10, 19} {
		if got := Total([]Line{{"pen", 100, pieces}}); got != 100*pieces {
			t.Errorf("%d pieces: got %d", pieces, got)
		}
	}
}

func TestHiddenDiscountFromTwenty(t *testing.T) {
	if got := Total([]Line{{"pen", 100, 20}}); got != 1800 {
		t.Errorf("got %d", got)
	}
	if got := Total([]Line{{"pen", 100, 12}, {"pad", 200, 13}}); got != 3420 {
		t.Errorf("got %d", got)
	}
}
