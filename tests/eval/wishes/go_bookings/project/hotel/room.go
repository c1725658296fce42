package hotel

import (
	"errors"
	"fmt"
)

// ErrNoNight is the error of a stay that does not last for a night.
var ErrNoNight = errors.New("a stay lasts for at least one night")

// Room holds the stays that were booked.
type Room struct {
	stays []Stay
}

// Book enters a stay; it returns an error where the room is taken.
func (r *Room) Book(stay Stay) error {
	if stay.Nights() < 1 {
		return ErrNoNight
	}
	for _, each := range r.stays {
		if each.Conflicts(stay) {
			return fmt.Errorf("%s has the room from day %d to day %d", each.Guest, each.From, each.To)
		}
	}
	r.stays = append(r.stays, stay)
	return nil
}

// Nights returns the number of nights that were booked.
func (r *Room) Nights() int {
	nights := 0
	for _, stay := range r.stays {
		nights += stay.Nights()
	}
	return nights
}
