package usage

import "fmt"

var units = []string{"KiB", "MiB", "GiB"}

// FormatSize writes a number of bytes such as "1.5 KiB".
func FormatSize(bytes int) string {
	if bytes < 1024 {
		return fmt.Sprintf("%d B", bytes)
	}
	size := float64(bytes)
	unit := ""
	for _, each := range units {
		if unit != "" && size < 1024 {
			break
		}
		size /= 1024
		unit = each
	}
	return fmt.Sprintf("%.1f %s", size, unit)
}
