package lists

import (
	"reflect"
	"testing"
)

func TestOnly(t *testing.T) {
	got := Only([]string{"Red", "blue", "RED"}, "red")
	if !reflect.DeepEqual(got, []string{"Red", "RED"}) {
		t.Errorf("got %q", got)
	}
}

func TestJoin(t *testing.T) {
	for want, words := range map[string][]string{
		"":           nil,
		"a":          {"a"},
		"a and b":    {"a", "b"},
		"a, b and c": {"a", "b", "c"},
	} {
		if got := Join(words); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
