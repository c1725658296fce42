package routes

import "testing"

var city = Network{
	"Airport": {"Centre"},
	"Centre":  {"Harbour", "Market", "Airport"},
	"Market":  {"Harbour"},
	"Harbour": {"Zoo"},
}

func TestOneWay(t *testing.T) {
	ways := city.All("Harbour", "Zoo")
	if len(ways) != 1 || Format(ways[0]) != "Harbour > Zoo" {
		t.Errorf("got %q", ways)
	}
}

func TestNoWay(t *testing.T) {
	if ways := city.All("Zoo", "Airport"); len(ways) != 0 {
		t.Errorf("got %q", ways)
	}
	if way := city.Shortest("Zoo", "Airport"); way != nil {
		t.Errorf("got %q", way)
	}
}

func TestStationIsReachedFromItself(t *testing.T) {
	ways := city.All("Zoo", "Zoo")
	if len(ways) != 1 || Format(ways[0]) != "Zoo" {
		t.Errorf("got %q", ways)
	}
}

func TestSeveralWays(t *testing.T) {
	ways := city.All("Airport", "Harbour")
	if len(ways) != 2 {
		t.Fatalf("got %d ways", len(ways))
	}
	if got := Format(ways[0]); got != "Airport > Centre > Harbour" {
		t.Errorf("first: got %q", got)
	}
	if got := Format(ways[1]); got != "Airport > Centre > Market > Harbour" {
		t.Errorf("second: got %q", got)
	}
}
