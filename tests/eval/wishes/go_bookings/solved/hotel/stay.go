// Package hotel books rooms.
package hotel

// Stay is the time of a guest in a room: from the day of arrival to the day of departure.
type Stay struct {
	Guest string
	From  int
	To    int
}

// Nights returns the number of nights of a stay.
func (s Stay) Nights() int {
	return s.To - s.From
}

// Conflicts says whether two stays need the room at the same time.
func (s Stay) Conflicts(other Stay) bool {
	return s.From < other.To && other.From < s.To
}
