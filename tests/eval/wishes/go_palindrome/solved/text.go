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

// Reverse returns the characters of a text in the opposite order.
func Reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

// IsPalindrome says whether the letters and digits of a text read the same in both directions.
func IsPalindrome(s string) bool {
	letters := Letters(s)
	return letters == Reverse(letters)
}
