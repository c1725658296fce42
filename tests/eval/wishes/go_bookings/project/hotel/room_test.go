package hotel

import "testing"

func TestBookTwice(t *testing.T) {
	var r Room
	if err := r.Book(Stay{"Ada", 3, 5}); err != nil {
		t.Error(err)
	}
	if err := r.Book(Stay{"Bo", 8, 9}); err != nil {
		t.Error(err)
	}
	if got := r.Nights(); got != 3 {
		t.Errorf("got %d nights", got)
	}
}

func TestTakenRoom(t *testing.T) {
	var r Room
	if err := r.Book(Stay{"Ada", 3, 6}); err != nil {
		t.Error(err)
	}
	if err := r.Book(Stay{"Bo", 4, 5}); err == nil {
		t.Error("the room is taken")
	}
}

func TestNoNight(t *testing.T) {
	var r Room
	if err := r.Book(Stay{"Ada", 3, 3}); err != ErrNoNight {
		t.Errorf("got %v", err)
	}
}
