package store

import "sort"

// Store holds all books.
type Store struct {
	books []Book
}

// Add puts a book on its shelf.
func (s *Store) Add(book Book) {
	s.books = append(s.books, book)
}

// OnShelf returns the books of a shelf by name.
func (s *Store) OnShelf(shelf int) []Book {
	var found []Book
	for _, book := range s.books {
		if book.Shelf == shelf {
			found = append(found, book)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}
