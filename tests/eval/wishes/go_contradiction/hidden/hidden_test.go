package names

import (
	"os"
	"strings"
	"testing"
)

func TestHiddenFilesAreAsBefore(t *testing.T) {
	for title, want := range map[string]string{"Report 1": "report-1.txt", "Report 2": "report-2.txt", "A B c": "a-b-c.txt"} {
		if got := File(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestHiddenTheTestStays(t *testing.T) {
	text, err := os.ReadFile("names_test.go")
	if err != nil || !strings.Contains(string(text), `"report-1.txt",`) {
		t.Error("the test of File was changed")
	}
}
