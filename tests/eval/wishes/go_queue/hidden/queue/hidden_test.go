package queue

import "testing"

func TestHiddenPopByPriority(t *testing.T) {
	var q Queue
	q.Push("low", 1)
	q.Push("high", 9)
	q.Push("negative", -4)
	q.Push("high too", 9)
	if q.Len() != 4 {
		t.Errorf("Len is %d", q.Len())
	}
	for _, want := range []string{"high", "high too", "low", "negative"} {
		if got, ok := q.Pop(); !ok || got != want {
			t.Errorf("got %q, %v, want %q", got, ok, want)
		}
	}
	if q.Len() != 0 {
		t.Errorf("Len is %d", q.Len())
	}
}

func TestHiddenEmptyQueue(t *testing.T) {
	var q Queue
	if got, ok := q.Pop(); ok || got != "" || q.Len() != 0 {
		t.Errorf("got %q, %v", got, ok)
	}
}

func TestHiddenPushAfterPop(t *testing.T) {
	var q Queue
	for _, job := range []string{"a", "b", "c"} {
		q.Push(job, 5)
	}
	q.Pop()
	q.Push("d", 5)
	q.Push("e", 6)
	for _, want := range []string{"e", "b", "c", "d"} {
		if got, _ := q.Pop(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
