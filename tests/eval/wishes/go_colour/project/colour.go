// Package colour works with colours of screens.
package colour

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
