// Package names gives names to files.
package names

import "strings"

// File returns the name of the file of a title: lower case, blanks as hyphens, ".txt" at the end.
func File(title string) string {
	return strings.Join(strings.Fields(strings.ToLower(title)), "-") + ".txt"
}

// Title returns the title of a file in lower case.
func Title(file string) string {
	return strings.ReplaceAll(strings.TrimSuffix(file, ".txt"), "-", " ")
}
