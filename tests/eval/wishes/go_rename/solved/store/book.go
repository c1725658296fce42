// Package store keeps the books of a library.
package store

import "fmt"

// Book is a book on a shelf.
type Book struct {
	Name   string
	Author string
	Shelf  int
}

// Title returns the name of the book and its author.
func (b Book) Title() string {
	return fmt.Sprintf("%s by %s", b.Name, b.Author)
}
