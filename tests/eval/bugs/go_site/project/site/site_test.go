package site

import (
	"reflect"
	"testing"
)

func TestPagesOfAFolder(t *testing.T) {
	files := []string{"content/index.md", "content/blog/first.md", "content/blog/index.md"}
	want := []string{"/", "/blog", "/blog/first"}
	if got := Pages("content", files); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPicturesAreNoPages(t *testing.T) {
	if got := Pages("content", []string{"content/logo.png"}); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestSectionOfAPage(t *testing.T) {
	if got := Section("/blog/first"); got != "blog" {
		t.Errorf("got %q", got)
	}
}

func TestStartPageHasNoSection(t *testing.T) {
	if got := Section("/"); got != "" {
		t.Errorf("got %q", got)
	}
}
