// A reporter of jasmine, in place of its own: prints a sign for each result, and writes each result into the folder that AUTONOMY_REPORTS names, a line of JSON each.
"use strict";

const { appendFileSync } = require("node:fs");
const { join } = require("node:path");

const report = join(process.env.AUTONOMY_REPORTS, `jasmine-${process.pid}.jsonl`);

class NameCases {
  #suites = [];

  suiteStarted({ description }) {
    this.#suites.push(description);
  }

  suiteDone(result) {
    this.#failed([...this.#suites], result);
    this.#suites.pop();
  }

  specDone(result) {
    const { description, status, failedExpectations, filename } = result;
    if (status !== "passed" && status !== "failed") return;
    this.#write([...this.#suites, description], status === "passed", failedExpectations, {
      file: filename,
      isHook: false,
    });
  }

  jasmineDone(result) {
    this.#failed([], result);
  }

  /** What failed beside a case. */
  #failed(path, { failedExpectations = [] }) {
    if (failedExpectations.length > 0) this.#write(path, false, failedExpectations, { isHook: true });
  }

  #write(path, passed, failures, more) {
    const evidence = failures.map(({ message, stack }) => [message, stack].filter(Boolean).join("\n")).join("\n\n");
    process.stdout.write(passed ? "." : "F");
    appendFileSync(report, `${JSON.stringify({ path, passed, evidence, ...more })}\n`);
  }
}

module.exports = NameCases;
module.exports.default = NameCases;
