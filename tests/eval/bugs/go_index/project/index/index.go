// Package index finds documents by their words.
package index

import (
	"sort"

	"example.org/search/words"
)

// Index maps words to the documents that contain them. Its zero value is an empty index.
type Index struct {
	documents map[string][]string
}

// Add enters a document under each of its words.
func (x *Index) Add(name, text string) {
	for _, word := range words.Distinct(text) {
		x.documents[word] = append(x.documents[word], name)
	}
}

// Find returns the names of the documents with a word, by alphabet.
func (x *Index) Find(word string) []string {
	found := append([]string(nil), x.documents[words.Fold(word)]...)
	sort.Strings(found)
	return found
}
