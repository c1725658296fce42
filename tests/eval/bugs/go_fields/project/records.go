// Package records stores rows of fields as lines of text.
package records

import "strings"

// Write returns one line for a row, its fields parted by tabs.
func Write(row []string) string {
	escaped := make([]string, len(row))
	for i, field := range row {
		escaped[i] = Escape(field)
	}
	return strings.Join(escaped, "\t")
}

// Read returns the row of a line.
func Read(line string) []string {
	fields := strings.Split(line, "\t")
	for i, field := range fields {
		fields[i] = Unescape(field)
	}
	return fields
}
