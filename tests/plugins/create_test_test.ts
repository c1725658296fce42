import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

const CASES = [{ call: "total([1, 2])", gives: "3" }, { call: "total(None)", gives: "TypeError" }];

function made(path: string, cases: readonly object[] = CASES) {
  return { path, subject: "app/sums.py", cases };
}

Deno.test("create_test writes a test as the one beside it is written, with what the tested file offers", () =>
  withWorkspace({
    "app/sums.py": "LIMIT = 3\n",
    "tests/test_sums.py": "from app.sums import LIMIT\n\n\ndef test_limit():\n    assert LIMIT == 3\n",
    "other/test_old.py": "import unittest\n",
  }, async (workspace) => {
    const cases = [...CASES, { call: "total([1] * 9)", gives: "LIMIT" }];
    await callTool("create_test", made("tests/test_total.py", cases), workspace);
    const { text } = await workspace.read("tests/test_total.py");
    match(text, /^import pytest\n\nfrom app\.sums import total, LIMIT\n/);
    match(text, /\n {4}assert total\(\[1\] \* 9\) == LIMIT\n$/);
  }));

Deno.test("create_test refuses a file that is there, cases of which none says a value, and a language that it cannot write", () =>
  withWorkspace({ "test_a.py": "x = 1\n" }, async (workspace) => {
    match(await refusal(callTool("create_test", made("test_a.py"), workspace)), /test_a\.py exists already/);
    equal((await workspace.read("test_a.py")).text, "x = 1\n");
    const failing = await refusal(callTool("create_test", made("test_b.py", CASES.slice(1)), workspace));
    match(failing, /No case says what a call gives/);
    const strange = await refusal(callTool("create_test", made("test_b.rb"), workspace));
    match(strange, /No test of these calls can be made for test_b\.rb\. Use create_file/);
  }));
