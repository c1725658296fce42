// Package colour works with colours of screens.
package colour

import (
	"fmt"
	"strconv"
)

// Colour is a mixture of red, green and blue.
type Colour struct {
	Red, Green, Blue uint8
}

// Grey returns the colour of equal brightness without any hue.
func (c Colour) Grey() Colour {
	level := uint8((299*int(c.Red) + 587*int(c.Green) + 114*int(c.Blue)) / 1000)
	return Colour{level, level, level}
}

// IsDark says whether white text can be read on the colour.
func (c Colour) IsDark() bool {
	return c.Grey().Red < 128
}

// Parse reads a colour such as "#ff8000" or "#f80".
func Parse(text string) (Colour, error) {
	digits := ""
	switch {
	case len(text) == 7 && text[0] == '#':
		digits = text[1:]
	case len(text) == 4 && text[0] == '#':
		for _, digit := range []byte(text[1:]) {
			digits += string([]byte{digit, digit})
		}
	}
	value, err := strconv.ParseUint(digits, 16, 24)
	if err != nil {
		return Colour{}, fmt.Errorf("no colour: %q", text)
	}
	return Colour{uint8(value >> 16), uint8(value >> 8), uint8(value)}, nil
}

// Hex writes the colour such as "#ff8000".
func (c Colour) Hex() string {
	return fmt.Sprintf("#%02x%02x%02x", c.Red, c.Green, c.Blue)
}
