// Package worker carries out jobs.
package worker

import "example.org/jobs/queue"

// Job is something to do; jobs of a higher priority are more urgent.
type Job struct {
	Name     string
	Priority int
}

// Run does all jobs by priority and returns the names of those that failed.
func Run(jobs []Job, do func(name string) error) []string {
	var waiting queue.Queue
	for _, job := range jobs {
		waiting.Push(job.Name, job.Priority)
	}
	var failed []string
	for name, ok := waiting.Pop(); ok; name, ok = waiting.Pop() {
		if err := do(name); err != nil {
			failed = append(failed, name)
		}
	}
	return failed
}
