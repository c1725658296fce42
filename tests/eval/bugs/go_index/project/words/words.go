// Package words parts texts into words.
package words

import (
	"strings"
	"unicode"
)

// Fold returns the form of a word under which it is found.
func Fold(word string) string {
	return strings.ToLower(word)
}

// Distinct returns each word of a text once, in the order of the text.
func Distinct(text string) []string {
	seen := make(map[string]bool)
	var distinct []string
	fields := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, field := range fields {
		word := Fold(field)
		if !seen[word] {
			seen[word] = true
			distinct = append(distinct, word)
		}
	}
	return distinct
}
