package records

import "strings"

// Escape writes a field so that it holds no tab and no line break: backslash, tab, line feed and
// carriage return become \\, \t, \n and \r.
func Escape(field string) string {
	var b strings.Builder
	for _, r := range field {
		switch r {
		case '\\':
			b.WriteString(`\\`)
		case '\t':
			b.WriteString(`\t`)
		case '\n':
			b.WriteString(`\n`)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Unescape reads what Escape wrote. A backslash before any other character stays as it is.
func Unescape(text string) string {
	var b strings.Builder
	escaped := false
	for _, r := range text {
		if !escaped {
			if r == '\\' {
				escaped = true
			} else {
				b.WriteRune(r)
			}
			continue
		}
		escaped = false
		switch r {
		case '\\':
			b.WriteRune('\\')
		case 't':
			b.WriteRune('\t')
		case 'n':
			b.WriteRune('\n')
		default:
			b.WriteRune('\\')
			b.WriteRune(r)
		}
	}
	if escaped {
		b.WriteRune('\\')
	}
	return b.String()
}
