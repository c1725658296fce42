package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func find(t *testing.T, args ...string) (int, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "text.txt")
	if err := os.WriteFile(file, []byte("Red wine\nwhite wine\nwater\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errors strings.Builder
	code := run(append(args, file), &out, &errors)
	return code, out.String()
}

func TestPrintsLines(t *testing.T) {
	if code, out := find(t, "wine"); code != 0 || out != "Red wine\nwhite wine\n" {
		t.Errorf("got %d, %q", code, out)
	}
}

func TestFindsNothing(t *testing.T) {
	if code, out := find(t, "red"); code != 1 || out != "" {
		t.Errorf("got %d, %q", code, out)
	}
}

func TestIgnoresCase(t *testing.T) {
	if code, out := find(t, "-i", "red"); code != 0 || out != "Red wine\n" {
		t.Errorf("got %d, %q", code, out)
	}
}

func TestRefusesWrongCommands(t *testing.T) {
	if code, _ := find(t); code != 2 {
		t.Errorf("got %d", code)
	}
}
