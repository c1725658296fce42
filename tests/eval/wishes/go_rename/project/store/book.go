// Package store keeps the books of a library.
package store

import "fmt"

// Thing is a book on a shelf.
type Thing struct {
	Name   string
	Author string
	Shelf  int
}

// Str returns the name of the book and its author.
func (b Thing) Str() string {
	return fmt.Sprintf("%s by %s", b.Name, b.Author)
}
