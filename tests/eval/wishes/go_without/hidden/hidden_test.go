package lists

import (
	"reflect"
	"testing"
)

func TestHiddenWithoutLeavesOut(t *testing.T) {
	words := []string{"Red", "blue", "RED", "green", "blue"}
	if got := Without(words, "red"); !reflect.DeepEqual(got, []string{"blue", "green", "blue"}) {
		t.Errorf("got %q", got)
	}
	if !reflect.DeepEqual(words, []string{"Red", "blue", "RED", "green", "blue"}) {
		t.Errorf("the words became %q", words)
	}
}

func TestHiddenWithoutGivesANewSlice(t *testing.T) {
	words := []string{"a", "b"}
	got := Without(words, "c")
	if !reflect.DeepEqual(got, words) {
		t.Fatalf("got %q", got)
	}
	got[0] = "x"
	if words[0] != "a" {
		t.Error("both share one array")
	}
}

func TestHiddenWithoutOfNothing(t *testing.T) {
	if got := Without(nil, "a"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	if got := Without([]string{"a", "A"}, "a"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}
