package colour

import "testing"

func TestHiddenParse(t *testing.T) {
	for text, want := range map[string]Colour{
		"#ff8000": {255, 128, 0},
		"#FF8000": {255, 128, 0},
		"#f80":    {255, 136, 0},
		"#F8a":    {255, 136, 170},
		"#000000": {0, 0, 0},
		"#010203": {1, 2, 3},
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
}

func TestHiddenParseRefuses(t *testing.T) {
	for _, text := range []string{"", "#", "ff8000", "#ff80", "#ff80000", "#gg0000", "#+f0000", "#-f8", "red", " #f80", "#f80 "} {
		if got, err := Parse(text); err == nil {
			t.Errorf("%q gave %v", text, got)
		}
	}
}

func TestHiddenHex(t *testing.T) {
	for want, c := range map[string]Colour{"#ff8000": {255, 128, 0}, "#000a01": {0, 10, 1}} {
		if got := c.Hex(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
