package words

import (
	"reflect"
	"testing"
)

func TestDistinctKeepsTheOrder(t *testing.T) {
	if got := Distinct("b a b c"); !reflect.DeepEqual(got, []string{"b", "a", "c"}) {
		t.Errorf("got %q", got)
	}
}

func TestDistinctFoldsCase(t *testing.T) {
	if got := Distinct("Red RED 2nd"); !reflect.DeepEqual(got, []string{"red", "2nd"}) {
		t.Errorf("got %q", got)
	}
}

func TestDistinctOfSignsIsEmpty(t *testing.T) {
	if got := Distinct("-- !"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}
