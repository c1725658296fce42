// Package cache keeps the entries that were used last.
package cache

import "container/list"

type entry struct {
	key   string
	value int
}

// Cache holds a bounded number of entries. When it is full, the entry that was neither read nor
// written for the longest time gives way.
type Cache struct {
	limit   int
	order   *list.List
	entries map[string]*list.Element
}

// New returns an empty cache for at least one entry.
func New(limit int) *Cache {
	if limit < 1 {
		limit = 1
	}
	return &Cache{limit: limit, order: list.New(), entries: make(map[string]*list.Element)}
}

// Len returns the number of entries.
func (c *Cache) Len() int {
	return c.order.Len()
}

// Get reads an entry; it says whether there is one.
func (c *Cache) Get(key string) (int, bool) {
	element, ok := c.entries[key]
	if !ok {
		return 0, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*entry).value, true
}

// Put writes an entry, or another value of one that is there.
func (c *Cache) Put(key string, value int) {
	if element, ok := c.entries[key]; ok {
		element.Value.(*entry).value = value
		c.order.MoveToFront(element)
		return
	}
	if c.order.Len() == c.limit {
		oldest := c.order.Back()
		c.order.Remove(oldest)
		delete(c.entries, oldest.Value.(*entry).key)
	}
	c.entries[key] = c.order.PushFront(&entry{key, value})
}
