// Package routes finds ways through a network of stations.
package routes

import "strings"

// Network maps a station to those that are reached from it, in the order of the timetable.
type Network map[string][]string

// All returns each way from one station to another that visits no station twice.
func (n Network) All(from, to string) [][]string {
	var found [][]string
	way := make([]string, 0, len(n)+1)
	n.walk(append(way, from), to, &found)
	return found
}

func (n Network) walk(way []string, to string, found *[][]string) {
	last := way[len(way)-1]
	if last == to {
		*found = append(*found, way)
		return
	}
	for _, next := range n[last] {
		if !contains(way, next) {
			n.walk(append(way, next), to, found)
		}
	}
}

func contains(way []string, station string) bool {
	for _, each := range way {
		if each == station {
			return true
		}
	}
	return false
}

// Format writes a way such as "A > B > C".
func Format(way []string) string {
	return strings.Join(way, " > ")
}

// Shortest returns the way with the fewest stations, the first of several, nil where there is none.
func (n Network) Shortest(from, to string) []string {
	var shortest []string
	for _, way := range n.All(from, to) {
		if shortest == nil || len(way) < len(shortest) {
			shortest = way
		}
	}
	return shortest
}
