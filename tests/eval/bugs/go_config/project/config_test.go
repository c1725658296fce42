package config

import (
	"strings"
	"testing"
)

func TestDefaults(t *testing.T) {
	got, err := Parse("")
	if err != nil || got != (Config{"localhost", 8080, 1}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReadsAllSettings(t *testing.T) {
	got, err := Parse("# server\nhost = example.org\nport=80\n\nworkers = 4\n")
	if err != nil || got != (Config{"example.org", 80, 4}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRefusesUnknownNames(t *testing.T) {
	_, err := Parse("colour = red")
	if err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("got %v", err)
	}
}

func TestRefusesLinesWithoutValues(t *testing.T) {
	if _, err := Parse("host = a\nport"); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

func TestRefusesAPortThatIsNoNumber(t *testing.T) {
	if _, err := Parse("port = http"); err == nil {
		t.Error("no error")
	}
}

func TestRefusesWorkersThatAreNoNumber(t *testing.T) {
	if got, err := Parse("workers = many"); err == nil {
		t.Errorf("no error, got %+v", got)
	}
}
