package worker

import (
	"reflect"
	"testing"
)

func TestHiddenRunByPriority(t *testing.T) {
	var order []string
	Run([]Job{{"a", 1}, {"b", 3}, {"c", 2}, {"d", 3}}, func(name string) error {
		order = append(order, name)
		return nil
	})
	if !reflect.DeepEqual(order, []string{"b", "d", "c", "a"}) {
		t.Errorf("got %q", order)
	}
}
