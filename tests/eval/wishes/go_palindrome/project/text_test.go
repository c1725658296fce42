package text

import "testing"

func TestLetters(t *testing.T) {
	if got := Letters("It's 5 o'clock!"); got != "its5oclock" {
		t.Errorf("got %q", got)
	}
}

func TestCount(t *testing.T) {
	if got := Count("äbä", 'ä'); got != 2 {
		t.Errorf("got %d", got)
	}
}
