package usage

import (
	"strings"
	"testing"
)

func TestHiddenSizes(t *testing.T) {
	for bytes, want := range map[int]string{
		0:               "0 B",
		512:             "512 B",
		1023:            "1023 B",
		1024:            "1.0 KiB",
		1536:            "1.5 KiB",
		5 * 1024 * 1024: "5.0 MiB",
		100 << 10:       "100.0 KiB",
		7 << 30:         "7.0 GiB",
		2048 << 30:      "2048.0 GiB",
	} {
		if got := FormatSize(bytes); got != want {
			t.Errorf("%d: got %q, want %q", bytes, got, want)
		}
	}
}

func TestHiddenTableIsAligned(t *testing.T) {
	table := Table(map[string]int{"docs": 5, "src": 1536, "data": 1000 << 10, "all": 3 << 30})
	lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	wants := []string{"3.0 GiB  all", "1000.0 KiB  data", "1.5 KiB  src", "5 B  docs"}
	if len(lines) != len(wants) {
		t.Fatalf("got %q", table)
	}
	column := strings.Index(lines[0], "all")
	for i, want := range wants {
		if strings.TrimLeft(lines[i], " ") != want {
			t.Errorf("got %q, want %q", lines[i], want)
		}
		name := want[strings.LastIndex(want, " ")+1:]
		if strings.LastIndex(lines[i], name) != column {
			t.Errorf("%q stands elsewhere in %q", name, table)
		}
	}
}
