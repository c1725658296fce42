package export

import "testing"

func TestPlainCells(t *testing.T) {
	table := Table{[]string{"name", "size"}, [][]string{{"nail", "6"}, {"", "7"}}}
	if got := table.CSV(); got != "name,size\nnail,6\n,7\n" {
		t.Errorf("got %q", got)
	}
}

func TestCommas(t *testing.T) {
	table := Table{[]string{"name"}, [][]string{{"nail, long"}}}
	if got := table.CSV(); got != "name\n\"nail, long\"\n" {
		t.Errorf("got %q", got)
	}
}
