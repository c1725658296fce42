package hotel

import "testing"

func hiddenBooked(t *testing.T) *Room {
	t.Helper()
	r := &Room{}
	if err := r.Book(Stay{"Ada", 3, 5}); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestHiddenArrivalOnTheDayOfDeparture(t *testing.T) {
	if err := hiddenBooked(t).Book(Stay{"Bo", 5, 7}); err != nil {
		t.Error(err)
	}
}

func TestHiddenDepartureOnTheDayOfArrival(t *testing.T) {
	if err := hiddenBooked(t).Book(Stay{"Bo", 1, 3}); err != nil {
		t.Error(err)
	}
}

func TestHiddenTakenNights(t *testing.T) {
	for _, stay := range []Stay{{"Bo", 3, 5}, {"Bo", 4, 5}, {"Bo", 2, 4}, {"Bo", 4, 9}, {"Bo", 1, 9}} {
		if err := hiddenBooked(t).Book(stay); err == nil {
			t.Errorf("day %d to day %d should be refused", stay.From, stay.To)
		}
	}
}
