// Package list prints books.
package list

import (
	"strings"

	"example.org/library/store"
)

// Lines returns a line for each book.
func Lines(books []store.Book) string {
	var lines []string
	for _, book := range books {
		lines = append(lines, book.Title())
	}
	return strings.Join(lines, "\n")
}
