// Package worker carries out jobs.
package worker

// Job is something to do; jobs of a higher priority are more urgent.
type Job struct {
	Name     string
	Priority int
}

// Run does all jobs in the order given and returns the names of those that failed.
func Run(jobs []Job, do func(name string) error) []string {
	var failed []string
	for _, job := range jobs {
		if err := do(job.Name); err != nil {
			failed = append(failed, job.Name)
		}
	}
	return failed
}
