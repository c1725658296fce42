package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func hiddenFind(t *testing.T, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "text.txt")
	text := "Red wine\nwater\n\nred beer\nwine\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errors strings.Builder
	run(append(args, file), &out, &errors)
	return out.String()
}

func TestHiddenNumbers(t *testing.T) {
	if got := hiddenFind(t, "-n", "wine"); got != "1:Red wine\n5:wine\n" {
		t.Errorf("got %q", got)
	}
}

func TestHiddenNumbersBesideCase(t *testing.T) {
	for _, flags := range [][]string{{"-n", "-i"}, {"-i", "-n"}} {
		if got := hiddenFind(t, append(flags, "RED")...); got != "1:Red wine\n4:red beer\n" {
			t.Errorf("%q: got %q", flags, got)
		}
	}
}

func TestHiddenWithoutNumbers(t *testing.T) {
	if got := hiddenFind(t, "wine"); got != "Red wine\nwine\n" {
		t.Errorf("got %q", got)
	}
}
