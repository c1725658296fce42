package store

import "sort"

// Store holds all books.
type Store struct {
	books []Thing
}

// Add puts a book on its shelf.
func (s *Store) Add(book Thing) {
	s.books = append(s.books, book)
}

// OnShelf returns the books of a shelf by name.
func (s *Store) OnShelf(shelf int) []Thing {
	var found []Thing
	for _, book := range s.books {
		if book.Shelf == shelf {
			found = append(found, book)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}
