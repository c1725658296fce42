// Package text looks at the characters of texts.
package text

import (
	"strings"
	"unicode"
)

// Letters returns the letters and digits of a text in lower case.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Count returns how often a character stands in a text.
func Count(s string, wanted rune) int {
	count := 0
	for _, r := range s {
		if r == wanted {
			count++
		}
	}
	return count
}
