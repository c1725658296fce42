package records

import (
	"reflect"
	"strings"
	"testing"
)

func TestWritesPlainFields(t *testing.T) {
	if got := Write([]string{"a", "", "b c"}); got != "a\t\tb c" {
		t.Errorf("got %q", got)
	}
}

func TestWritesTabsAndLines(t *testing.T) {
	if got := Write([]string{"a\tb", "c\nd", `e\f`}); got != `a\tb`+"\t"+`c\nd`+"\t"+`e\\f` {
		t.Errorf("got %q", got)
	}
}

func TestWritesNoCarriageReturn(t *testing.T) {
	if got := Write([]string{"one\r\ntwo"}); strings.ContainsAny(got, "\r\n") {
		t.Errorf("got %q", got)
	}
}

func TestReadsEscapedFields(t *testing.T) {
	want := []string{"a\tb", "c\r\nd", `\x`, `\`}
	if got := Read(`a\tb` + "\t" + `c\r\nd` + "\t" + `\x` + "\t" + `\`); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestReadsWhatItWrote(t *testing.T) {
	row := []string{"ä\\n", "\t\n", ""}
	if got := Read(Write(row)); !reflect.DeepEqual(got, row) {
		t.Errorf("got %q", got)
	}
}
