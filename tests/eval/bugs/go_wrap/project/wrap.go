// Package wrap lays out paragraphs.
package wrap

import (
	"strings"
	"unicode/utf8"
)

// Lines parts a text into lines of at most width characters. Words are never cut: one that is
// longer has a line of its own.
func Lines(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// Centre puts blanks before a line so that it stands in the middle of width characters.
func Centre(line string, width int) string {
	blanks := (width - utf8.RuneCountInString(line)) / 2
	if blanks <= 0 {
		return line
	}
	return strings.Repeat(" ", blanks) + line
}
