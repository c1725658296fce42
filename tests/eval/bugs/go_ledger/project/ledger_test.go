package ledger

import (
	"reflect"
	"testing"
)

func TestPostAddsUp(t *testing.T) {
	l := New()
	l.Post("cash", 150)
	l.Post("cash", 50)
	if got := l.Report(); !reflect.DeepEqual(got, []string{"cash 2.00"}) {
		t.Errorf("got %q", got)
	}
}

func TestAccountsAreSorted(t *testing.T) {
	l := New()
	for _, name := range []string{"rent", "cash", "food"} {
		l.Post(name, 1)
	}
	if got := l.Accounts(); !reflect.DeepEqual(got, []string{"cash", "food", "rent"}) {
		t.Errorf("got %q", got)
	}
}

func TestReportLeavesOutBalancedAccounts(t *testing.T) {
	l := New()
	l.Post("cash", 5)
	l.Post("food", 700)
	l.Post("food", -700)
	if got := l.Report(); !reflect.DeepEqual(got, []string{"cash 0.05"}) {
		t.Errorf("got %q", got)
	}
}

func TestReportIsSorted(t *testing.T) {
	l := New()
	for _, name := range []string{"m", "c", "k", "a", "i", "e", "g", "b", "l", "d", "j", "f", "h"} {
		l.Post(name, 100)
	}
	want := []string{
		"a 1.00", "b 1.00", "c 1.00", "d 1.00", "e 1.00", "f 1.00", "g 1.00",
		"h 1.00", "i 1.00", "j 1.00", "k 1.00", "l 1.00", "m 1.00",
	}
	if got := l.Report(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}
