package list

import (
	"testing"

	"example.org/library/store"
)

func TestLinesOfAShelf(t *testing.T) {
	var s store.Store
	s.Add(store.Thing{Name: "Persuasion", Author: "Austen", Shelf: 2})
	s.Add(store.Thing{Name: "Emma", Author: "Austen", Shelf: 2})
	s.Add(store.Thing{Name: "Ulysses", Author: "Joyce", Shelf: 1})
	if got := Lines(s.OnShelf(2)); got != "Emma by Austen\nPersuasion by Austen" {
		t.Errorf("got %q", got)
	}
}

func TestNoLines(t *testing.T) {
	if got := Lines(nil); got != "" {
		t.Errorf("got %q", got)
	}
}
