// Package usage shows how much room folders take.
package usage

import (
	"fmt"
	"sort"
	"strings"
)

// Table returns a line for each folder, the largest first: its size in a column of 10
// characters, two blanks and its name.
func Table(sizes map[string]int) string {
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if sizes[names[i]] != sizes[names[j]] {
			return sizes[names[i]] > sizes[names[j]]
		}
		return names[i] < names[j]
	})
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "%10s  %s\n", FormatSize(sizes[name]), name)
	}
	return b.String()
}
