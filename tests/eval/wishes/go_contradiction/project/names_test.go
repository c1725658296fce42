package names

import "testing"

func TestFile(t *testing.T) {
	for title, want := range map[string]string{
		"Report 1":       "report-1.txt",
		" To  do ":       "to-do.txt",
		"Already-hyphen": "already-hyphen.txt",
	} {
		if got := File(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestTitle(t *testing.T) {
	if got := Title("report-1.txt"); got != "report 1" {
		t.Errorf("got %q", got)
	}
}
