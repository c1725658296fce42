// Package site lists the pages of a site.
package site

import (
	"sort"
	"strings"

	"example.org/site/paths"
)

// Pages returns the addresses of all pages among the files below a folder, by alphabet. Files that
// do not end with ".md" are no pages.
func Pages(folder string, files []string) []string {
	var pages []string
	for _, file := range files {
		if strings.HasSuffix(file, ".md") {
			pages = append(pages, paths.Address(paths.Under(folder, file)))
		}
	}
	sort.Strings(pages)
	return pages
}

// Section returns the first part of an address, "" for the start page.
func Section(address string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(address, "/"), "/")
	return first
}
