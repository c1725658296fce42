// Package queue orders jobs by priority.
package queue

type job struct {
	name     string
	priority int
}

// Queue holds jobs that wait. Its zero value is empty.
type Queue struct {
	jobs []job
}

// Len returns the number of jobs.
func (q *Queue) Len() int {
	return len(q.jobs)
}

// Push adds a job behind those of the same priority.
func (q *Queue) Push(name string, priority int) {
	at := len(q.jobs)
	for at > 0 && q.jobs[at-1].priority < priority {
		at--
	}
	q.jobs = append(q.jobs, job{})
	copy(q.jobs[at+1:], q.jobs[at:])
	q.jobs[at] = job{name, priority}
}

// Pop takes off the most urgent job; it says whether there was one.
func (q *Queue) Pop() (string, bool) {
	if len(q.jobs) == 0 {
		return "", false
	}
	first := q.jobs[0]
	q.jobs = q.jobs[1:]
	return first.name, true
}
