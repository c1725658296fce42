package usage

import "testing"

func TestFormatSize(t *testing.T) {
	for bytes, want := range map[int]string{
		0:         "0 B",
		999:       "999 B",
		1536:      "1.5 KiB",
		2_500_000: "2.4 MiB",
		3 << 30:   "3.0 GiB",
	} {
		if got := FormatSize(bytes); got != want {
			t.Errorf("%d: got %q, want %q", bytes, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	got := Table(map[string]int{"docs": 512, "src": 15_360})
	if got != "  15.0 KiB  src\n     512 B  docs\n" {
		t.Errorf("got %q", got)
	}
}
