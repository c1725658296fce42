package index

import (
	"reflect"
	"testing"
)

func TestEmptyIndexFindsNothing(t *testing.T) {
	var x Index
	if got := x.Find("word"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestFindsDocumentsByAlphabet(t *testing.T) {
	var x Index
	x.Add("second", "Red wine")
	x.Add("first", "red, red apples")
	if got := x.Find("RED"); !reflect.DeepEqual(got, []string{"first", "second"}) {
		t.Errorf("got %q", got)
	}
}
