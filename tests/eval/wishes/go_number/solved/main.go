// Command find prints the lines of a file that contain a text.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run carries out the command and returns its exit code: 0 where a line was found, 1 where none
// was, 2 where the command was wrong.
func run(args []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("find", flag.ContinueOnError)
	flags.SetOutput(errors)
	ignoreCase := flags.Bool("i", false, "upper and lower case make no difference")
	numbers := flags.Bool("n", false, "prints the numbers of lines")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() != 2 {
		fmt.Fprintln(errors, "usage: find [-i] [-n] TEXT FILE")
		return 2
	}
	file, err := os.Open(flags.Arg(1))
	if err != nil {
		fmt.Fprintln(errors, err)
		return 2
	}
	defer file.Close()

	code := 1
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		if matches(lines.Text(), flags.Arg(0), *ignoreCase) {
			code = 0
			if *numbers {
				fmt.Fprintf(out, "%d:", number)
			}
			fmt.Fprintln(out, lines.Text())
		}
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(errors, err)
		return 2
	}
	return code
}

func matches(line, text string, ignoreCase bool) bool {
	if ignoreCase {
		line, text = strings.ToLower(line), strings.ToLower(text)
	}
	return strings.Contains(line, text)
}
