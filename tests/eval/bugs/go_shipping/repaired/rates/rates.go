// Package rates knows what parcels cost.
package rates

// Rate is the price in cents of parcels up to a weight.
type Rate struct {
	Grams int
	Cents int
}

var table = []Rate{{500, 390}, {2000, 550}, {5000, 790}}

// For returns the price of a parcel; a parcel of exactly the weight of a rate still has that rate.
// It says whether the parcel is light enough to be sent at all.
func For(grams int) (int, bool) {
	for _, rate := range table {
		if grams <= rate.Grams {
			return rate.Cents, true
		}
	}
	return 0, false
}
