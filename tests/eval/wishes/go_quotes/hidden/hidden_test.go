package export

import (
	"encoding/csv"
	"reflect"
	"strings"
	"testing"
)

func TestHiddenQuotes(t *testing.T) {
	table := Table{[]string{"name"}, [][]string{{`6" nail`}, {`a "b", c`}, {`"`}}}
	want := "name\n\"6\"\" nail\"\n\"a \"\"b\"\", c\"\n\"\"\"\"\n"
	if got := table.CSV(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHiddenLineBreaks(t *testing.T) {
	table := Table{[]string{"text"}, [][]string{{"one\ntwo"}}}
	if got := table.CSV(); got != "text\n\"one\ntwo\"\n" {
		t.Errorf("got %q", got)
	}
}

func TestHiddenOtherProgramsCanRead(t *testing.T) {
	rows := [][]string{{"a", "b"}, {`x"y`, "1,\n2"}, {"plain", "'single'"}}
	got, err := csv.NewReader(strings.NewReader(Table{rows[0], rows[1:]}.CSV())).ReadAll()
	if err != nil || !reflect.DeepEqual(got, rows) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestHiddenPlainCellsStay(t *testing.T) {
	table := Table{[]string{"a"}, [][]string{{"it's fine; really"}}}
	if got := table.CSV(); got != "a\nit's fine; really\n" {
		t.Errorf("got %q", got)
	}
}
