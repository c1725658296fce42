// A reporter of mocha: prints what its usual one prints, and writes each result into the folder that AUTONOMY_REPORTS names, a line of JSON each.
"use strict";

const { appendFileSync, realpathSync } = require("node:fs");
const { join } = require("node:path");

const [home] = /^.*\/mocha(?=\/(?:bin|lib)\/)/.exec(realpathSync(process.argv[1]).replaceAll("\\", "/"));
const mocha = require(home);
const { Spec } = mocha.reporters ?? mocha.default.reporters;
const report = join(process.env.AUTONOMY_REPORTS, `mocha-${process.pid}.jsonl`);

module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const write = (test, passed, evidence) => {
      const path = [];
      for (let one = test; one !== undefined && one.title !== ""; one = one.parent) path.unshift(one.title);
      const line = { path, file: test.file ?? test.parent?.file, passed, evidence, isHook: test.type === "hook" };
      appendFileSync(report, `${JSON.stringify(line)}\n`);
    };
    runner.on("pass", (test) => write(test, true, ""));
    runner.on("fail", (test, error) => write(test, false, `${error?.stack ?? error?.message ?? error}`));
  }
};
