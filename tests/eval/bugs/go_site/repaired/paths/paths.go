// Package paths turns files into addresses.
package paths

import "strings"

// Under returns the part of a path below a folder; the path itself where it lies elsewhere.
func Under(folder, path string) string {
	return strings.TrimPrefix(path, folder+"/")
}

// Address returns the address of a page: without ".md", and without "index".
func Address(path string) string {
	address := strings.TrimSuffix(path, ".md")
	if address == "index" {
		return "/"
	}
	return "/" + strings.TrimSuffix(address, "/index")
}
