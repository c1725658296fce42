package order

import "testing"

func TestSmallOrder(t *testing.T) {
	if got, err := Total([]Item{{"pen", 200, 30}}); err != nil || got != 590 {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestItemsAddUp(t *testing.T) {
	got, err := Total([]Item{{"book", 2000, 700}, {"book", 1500, 400}})
	if err != nil || got != 4050 {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestPackOfPaper(t *testing.T) {
	if got, err := Total([]Item{{"paper", 600, 2000}}); err != nil || got != 1150 {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestShippingIsFreeFromAValue(t *testing.T) {
	if got, err := Total([]Item{{"lamp", 10000, 1800}}); err != nil || got != 10000 {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestTooHeavy(t *testing.T) {
	if _, err := Total([]Item{{"anvil", 9000, 20000}}); err == nil {
		t.Error("no error")
	}
}
