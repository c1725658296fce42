/** A calculator in Python, as an understudy writes it; `{{source}}` for its file. */
export const PYTHON = `# Try it: python3 {{source}} "2 * (1 + 2)"
"""A command-line calculator with + - * / (or × ÷) and brackets."""
import re
import sys


def calculate(text):
    """Returns what an expression gives."""
    tokens = re.findall(r"\\d+(?:\\.\\d+)?|\\S", text.replace("×", "*").replace("÷", "/").replace("−", "-"))
    value = _sum(tokens)
    if tokens:
        raise ValueError("unexpected " + tokens[0])
    return value


def _sum(tokens):
    value = _product(tokens)
    while tokens and tokens[0] in "+-":
        value = value + _product(tokens) if tokens.pop(0) == "+" else value - _product(tokens)
    return value


def _product(tokens):
    value = _atom(tokens)
    while tokens and tokens[0] in "*/":
        value = value * _atom(tokens) if tokens.pop(0) == "*" else value / _atom(tokens)
    return value


def _atom(tokens):
    if not tokens:
        raise ValueError("the expression ends too early")
    token = tokens.pop(0)
    if token == "-":
        return -_atom(tokens)
    if token == "(":
        value = _sum(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise ValueError("a bracket is not closed")
        return value
    return float(token) if "." in token else int(token)


if __name__ == "__main__":
    print(calculate(" ".join(sys.argv[1:])))
`;

/** Its test; `{{module}}` for the name that it is imported by. */
export const PYTHON_TEST = `import unittest

from {{module}} import calculate


class CalculatorTest(unittest.TestCase):
    def test_order(self):
        self.assertEqual(calculate("1 + 2 × 3 − 4"), 3)

    def test_brackets(self):
        self.assertEqual(calculate("(1 + 2) × 3"), 9)

    def test_division(self):
        self.assertEqual(calculate("9 ÷ 3"), 3)
`;

/** The calculator in TypeScript, for Deno. */
export const TYPESCRIPT = `// Try it: deno run -A {{source}} "2 * (1 + 2)"

/** Returns what an expression with + - * / (or × ÷) and brackets gives. */
export function calculate(text: string): number {
  const plain = text.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-");
  const tokens: string[] = plain.match(/\\d+(?:\\.\\d+)?|\\S/g) ?? [];
  const value = sum(tokens);
  if (tokens.length > 0) throw new Error("unexpected " + tokens[0]);
  return value;
}

function sum(tokens: string[]): number {
  let value = product(tokens);
  while (tokens[0] === "+" || tokens[0] === "-") {
    value = tokens.shift() === "+" ? value + product(tokens) : value - product(tokens);
  }
  return value;
}

function product(tokens: string[]): number {
  let value = atom(tokens);
  while (tokens[0] === "*" || tokens[0] === "/") {
    value = tokens.shift() === "*" ? value * atom(tokens) : value / atom(tokens);
  }
  return value;
}

function atom(tokens: string[]): number {
  const token = tokens.shift();
  if (token === "-") return -atom(tokens);
  if (token !== "(") return Number(token);
  const value = sum(tokens);
  if (tokens.shift() !== ")") throw new Error("a bracket is not closed");
  return value;
}

if (import.meta.main) console.log(calculate(Deno.args.join(" ")));
`;

/** Its test. */
export const TYPESCRIPT_TEST = `import assert from "node:assert/strict";
import { calculate } from "./{{source}}";

Deno.test("products before sums", () => assert.equal(calculate("1 + 2 × 3 − 4"), 3));
Deno.test("brackets first", () => assert.equal(calculate("(1 + 2) × 3"), 9));
Deno.test("division", () => assert.equal(calculate("9 ÷ 3"), 3));
`;

/** The calculator in Go. */
export const GO = `// Try it: go run . "2 * (1 + 2)"
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

type reader struct {
	text []rune
	at   int
}

// Calculate returns what an expression with + - * / (or × ÷) and brackets gives.
func Calculate(text string) (value float64, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	plain := strings.NewReplacer("×", "*", "÷", "/", "−", "-", " ", "").Replace(text)
	r := &reader{text: []rune(plain)}
	value = r.sum()
	if r.at < len(r.text) {
		panic("unexpected " + string(r.text[r.at]))
	}
	return value, nil
}

func (r *reader) next(signs string) rune {
	if r.at < len(r.text) && strings.ContainsRune(signs, r.text[r.at]) {
		r.at++
		return r.text[r.at-1]
	}
	return 0
}

func (r *reader) sum() float64 {
	value := r.product()
	for sign := r.next("+-"); sign != 0; sign = r.next("+-") {
		if sign == '+' {
			value += r.product()
		} else {
			value -= r.product()
		}
	}
	return value
}

func (r *reader) product() float64 {
	value := r.atom()
	for sign := r.next("*/"); sign != 0; sign = r.next("*/") {
		if sign == '*' {
			value *= r.atom()
		} else {
			value /= r.atom()
		}
	}
	return value
}

func (r *reader) atom() float64 {
	if r.next("-") != 0 {
		return -r.atom()
	}
	if r.next("(") != 0 {
		value := r.sum()
		if r.next(")") == 0 {
			panic("a bracket is not closed")
		}
		return value
	}
	from := r.at
	for r.next("0123456789.") != 0 {
	}
	value, err := strconv.ParseFloat(string(r.text[from:r.at]), 64)
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	value, err := Calculate(strings.Join(os.Args[1:], " "))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(value)
}
`;

/** Its test. */
export const GO_TEST = `package main

import "testing"

func TestCalculate(t *testing.T) {
	for text, want := range map[string]float64{"1 + 2 × 3 − 4": 3, "(1 + 2) × 3": 9, "9 ÷ 3": 3} {
		if got, err := Calculate(text); err != nil || got != want {
			t.Errorf("%s is %v, %v", text, got, err)
		}
	}
}
`;
