package list

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/library/store"
)

func TestHiddenNewNames(t *testing.T) {
	book := store.Book{Name: "Emma", Author: "Austen", Shelf: 2}
	if got := book.Title(); got != "Emma by Austen" {
		t.Errorf("got %q", got)
	}
	var s store.Store
	s.Add(book)
	if got := Lines(s.OnShelf(2)); got != "Emma by Austen" {
		t.Errorf("got %q", got)
	}
}

func TestHiddenOldNamesAreGone(t *testing.T) {
	old := regexp.MustCompile(`\bThing\b|\bStr\b`)
	err := filepath.Walk("..", func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "hidden_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if found := old.Find(text); found != nil {
			t.Errorf("%s still says %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
