// Package lists works on lists of words.
package lists

import "strings"

// Only returns the words that equal wanted, in upper or lower case, in a new slice.
func Only(words []string, wanted string) []string {
	var kept []string
	for _, word := range words {
		if strings.EqualFold(word, wanted) {
			kept = append(kept, word)
		}
	}
	return kept
}

// Join writes words as "a, b and c".
func Join(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
