package usage

import "fmt"

var units = []string{"KB", "MB", "GB"}

// FormatSize writes a number of bytes such as "15 KB".
func FormatSize(bytes int) string {
	if bytes < 1000 {
		return fmt.Sprintf("%d B", bytes)
	}
	size := bytes
	unit := ""
	for _, each := range units {
		if unit != "" && size < 1000 {
			break
		}
		size /= 1000
		unit = each
	}
	return fmt.Sprintf("%d %s", size, unit)
}
