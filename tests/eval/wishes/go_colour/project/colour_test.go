package colour

import "testing"

func TestGrey(t *testing.T) {
	if got := (Colour{255, 255, 255}).Grey(); got != (Colour{255, 255, 255}) {
		t.Errorf("got %v", got)
	}
	if got := (Colour{0, 100, 0}).Grey(); got != (Colour{58, 58, 58}) {
		t.Errorf("got %v", got)
	}
}

func TestIsDark(t *testing.T) {
	if !(Colour{0, 0, 255}).IsDark() || (Colour{255, 255, 0}).IsDark() {
		t.Error("blue is dark, yellow is not")
	}
}
