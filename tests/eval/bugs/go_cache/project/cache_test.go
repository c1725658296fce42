package cache

import "testing"

func has(c *Cache, key string) bool {
	_, ok := c.Get(key)
	return ok
}

func TestReadsWhatWasWritten(t *testing.T) {
	c := New(2)
	c.Put("a", 1)
	if value, ok := c.Get("a"); !ok || value != 1 {
		t.Errorf("got %d, %v", value, ok)
	}
	if has(c, "b") {
		t.Error("b was never written")
	}
}

func TestReplacesAValue(t *testing.T) {
	c := New(2)
	c.Put("a", 1)
	c.Put("a", 2)
	if value, _ := c.Get("a"); value != 2 || c.Len() != 1 {
		t.Errorf("got %d of %d entries", value, c.Len())
	}
}

func TestTheOldestGivesWay(t *testing.T) {
	c := New(2)
	c.Put("a", 1)
	c.Put("b", 2)
	c.Put("c", 3)
	if has(c, "a") || !has(c, "b") || !has(c, "c") {
		t.Error("a should have given way")
	}
}

func TestAnEntryThatWasReadStays(t *testing.T) {
	c := New(2)
	c.Put("a", 1)
	c.Put("b", 2)
	c.Get("a")
	c.Put("c", 3)
	if !has(c, "a") || has(c, "b") {
		t.Error("b should have given way")
	}
}

func TestAnEntryThatWasReplacedStays(t *testing.T) {
	c := New(2)
	c.Put("a", 1)
	c.Put("b", 2)
	c.Put("a", 3)
	c.Put("c", 4)
	if !has(c, "a") || has(c, "b") {
		t.Error("b should have given way")
	}
}

func TestHoldsAtLeastOne(t *testing.T) {
	c := New(0)
	c.Put("a", 1)
	if c.Len() != 1 {
		t.Errorf("got %d", c.Len())
	}
}
