package worker

import (
	"errors"
	"reflect"
	"testing"
)

func TestRunDoesAllJobs(t *testing.T) {
	done := 0
	failed := Run([]Job{{"a", 1}, {"b", 1}}, func(string) error {
		done++
		return nil
	})
	if done != 2 || len(failed) != 0 {
		t.Errorf("%d done, %q failed", done, failed)
	}
}

func TestRunTellsWhatFailed(t *testing.T) {
	failed := Run([]Job{{"a", 1}, {"b", 1}, {"c", 1}}, func(name string) error {
		if name == "b" {
			return errors.New("no")
		}
		return nil
	})
	if !reflect.DeepEqual(failed, []string{"b"}) {
		t.Errorf("got %q", failed)
	}
}
