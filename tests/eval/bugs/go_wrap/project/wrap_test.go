package wrap

import (
	"reflect"
	"testing"
)

func TestLines(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		width int
		want  []string
	}{
		{"empty", "  ", 10, nil},
		{"fits", "one two", 7, []string{"one two"}},
		{"wraps", "one two three", 8, []string{"one two", "three"}},
		{"long word", "a verylongword b", 5, []string{"a", "verylongword", "b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Lines(test.text, test.width); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestLinesOfOtherLetters(t *testing.T) {
	if got := Lines("größe für fünf", 9); !reflect.DeepEqual(got, []string{"größe für", "fünf"}) {
		t.Errorf("got %q", got)
	}
}

func TestCentre(t *testing.T) {
	if got := Centre("äö", 6); got != "  äö" {
		t.Errorf("got %q", got)
	}
}

func TestCentreOfALongLine(t *testing.T) {
	if got := Centre("abcdef", 4); got != "abcdef" {
		t.Errorf("got %q", got)
	}
}
