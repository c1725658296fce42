package survey

import "testing"

func filled(t *testing.T, values ...int) *Survey {
	t.Helper()
	s := &Survey{}
	for _, value := range values {
		if !s.Answer(value) {
			t.Fatalf("answer %d was refused", value)
		}
	}
	return s
}

func TestAnswerRefusesOtherValues(t *testing.T) {
	s := &Survey{}
	if s.Answer(0) || s.Answer(6) || s.Total() != 0 {
		t.Error("0 and 6 are no answers")
	}
}

func TestMeanOfEqualAnswers(t *testing.T) {
	if got := filled(t, 4, 4, 4).Mean(); got != 4 {
		t.Errorf("got %v", got)
	}
}

func TestMeanWithoutAnswers(t *testing.T) {
	if got := (&Survey{}).Mean(); got != 0 {
		t.Errorf("got %v", got)
	}
}

func TestMeanBetweenAnswers(t *testing.T) {
	if got := filled(t, 1, 2, 5, 2).Mean(); got != 2.5 {
		t.Errorf("got %v", got)
	}
}

func TestShare(t *testing.T) {
	s := filled(t, 1, 2, 2, 5)
	if got := s.Share(2); got != "50 %" {
		t.Errorf("got %q", got)
	}
	if got := s.Share(3); got != "0 %" {
		t.Errorf("got %q", got)
	}
}
