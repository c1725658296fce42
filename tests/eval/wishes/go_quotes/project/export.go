// Package export writes tables for other programs.
package export

import "strings"

// Table is a header and rows of cells.
type Table struct {
	Header []string
	Rows   [][]string
}

// CSV returns the table as comma separated values, each line ended by a line feed.
func (t Table) CSV() string {
	var b strings.Builder
	writeLine(&b, t.Header)
	for _, row := range t.Rows {
		writeLine(&b, row)
	}
	return b.String()
}

func writeLine(b *strings.Builder, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quoted(cell))
	}
	b.WriteByte('\n')
}

func quoted(cell string) string {
	if !strings.ContainsAny(cell, ",") {
		return cell
	}
	return `"` + cell + `"`
}
