package usage

import "testing"

func TestFormatSize(t *testing.T) {
	for bytes, want := range map[int]string{
		0:         "0 B",
		999:       "999 B",
		1536:      "1 KB",
		2_500_000: "2 MB",
		3 << 30:   "3 GB",
	} {
		if got := FormatSize(bytes); got != want {
			t.Errorf("%d: got %q, want %q", bytes, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	got := Table(map[string]int{"docs": 512, "src": 15_360})
	if got != " 15 KB  src\n 512 B  docs\n" {
		t.Errorf("got %q", got)
	}
}
