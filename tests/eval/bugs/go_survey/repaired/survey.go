// Package survey evaluates the answers to a question.
package survey

import "fmt"

// Survey counts the answers from 1 to 5.
type Survey struct {
	counts [5]int
}

// Answer enters one answer; it says whether it was between 1 and 5.
func (s *Survey) Answer(value int) bool {
	if value < 1 || value > 5 {
		return false
	}
	s.counts[value-1]++
	return true
}

// Total returns the number of answers.
func (s *Survey) Total() int {
	total := 0
	for _, count := range s.counts {
		total += count
	}
	return total
}

// Mean returns the mean of all answers, 0 where there is none.
func (s *Survey) Mean() float64 {
	total := s.Total()
	if total == 0 {
		return 0
	}
	sum := 0
	for i, count := range s.counts {
		sum += (i + 1) * count
	}
	return float64(sum) / float64(total)
}

// Share returns the share of an answer in percent, such as "25 %".
func (s *Survey) Share(value int) string {
	total := s.Total()
	if total == 0 || value < 1 || value > 5 {
		return "0 %"
	}
	return fmt.Sprintf("%d %%", 100*s.counts[value-1]/total)
}
