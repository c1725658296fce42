package text

import "testing"

func TestHiddenReverse(t *testing.T) {
	for s, want := range map[string]string{"": "", "a": "a", "añb": "bña", "日本語 ok": "ko 語本日"} {
		if got := Reverse(s); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestHiddenPalindromes(t *testing.T) {
	for _, s := range []string{"", "!", "x", "A man, a plan, a canal: Panama", "Été", "1-2 21"} {
		if !IsPalindrome(s) {
			t.Errorf("%q is one", s)
		}
	}
}

func TestHiddenNoPalindromes(t *testing.T) {
	for _, s := range []string{"Go", "ab", "12 1 3"} {
		if IsPalindrome(s) {
			t.Errorf("%q is none", s)
		}
	}
}
