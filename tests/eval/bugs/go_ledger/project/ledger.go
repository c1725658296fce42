// Package ledger keeps balances of accounts.
package ledger

import (
	"fmt"
	"sort"
)

// Ledger holds the balance of each account in cents.
type Ledger struct {
	balances map[string]int
}

// New returns a ledger without accounts.
func New() *Ledger {
	return &Ledger{balances: make(map[string]int)}
}

// Post adds cents to an account, which is opened by its first posting.
func (l *Ledger) Post(account string, cents int) {
	l.balances[account] += cents
}

// Accounts returns the names of all accounts by alphabet.
func (l *Ledger) Accounts() []string {
	names := make([]string, 0, len(l.balances))
	for name := range l.balances {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Report returns a line for each account that is not balanced, by alphabet.
func (l *Ledger) Report() []string {
	var lines []string
	for account, cents := range l.balances {
		if cents != 0 {
			lines = append(lines, fmt.Sprintf("%s %d.%02d", account, cents/100, cents%100))
		}
	}
	return lines
}
