import { fieldsOf } from "../fields.ts";
import { above } from "../parts.ts";
import { withoutLongLines } from "../read_output.ts";
import type { CaseResult, Reading, Report, Runner } from "../runner.ts";

/** Name of its report. */
const NAME = "rspec.json";

/** RSpec, by its report in JSON (seen with RSpec 3.12 and Ruby 3.1). Cases are named `file > description`. */
export const rspec: Runner = {
  name: "rspec",
  runs: /\brspec\b/,
  reporting: { words: ["--no-fail-fast", "--format", "progress", "--format", "json", "--out", `{reports}/${NAME}`] },
  manifest: /^(?:Gemfile|\.rspec)$/,
  async checks(project, found) {
    if (!project.files.some((path) => /^spec\/.*_spec\.rb$/.test(path))) return [];
    const folders = above(project.folder);
    const higher = found.find(({ runner, folder }) => runner?.name === "rspec" && folders.includes(folder));
    const passedOver = ["Gemfile", ".rspec"].find(project.has) ?? "spec";
    if (higher !== undefined && !project.has("Gemfile")) {
      return [{ passedOver, why: `${higher.name} is the check of the folder above` }];
    }
    const own = project.has("bin/rspec")
      ? ["bin/rspec"]
      : project.has("Gemfile")
      ? ["bundle", "exec", "rspec"]
      : ["rspec"];
    const gems = `${await project.text("Gemfile")}\n${await project.text("Gemfile.lock")}`;
    // A Gemfile that does not name it leaves it to what is installed.
    const command = own.length === 3 && !/\brspec\b|\bgemspec\b/.test(gems) ? ["rspec"] : own;
    return [{ name: "rspec", command }];
  },
  read: (_output, beside) => read(beside?.reports ?? []),
};

function read(reports: readonly Report[]): Reading {
  const cases: CaseResult[] = [];
  const broken: string[] = [];
  for (const { text } of reports.filter(({ path }) => path === NAME)) {
    const { examples, messages } = reportOf(text);
    for (const example of Array.isArray(examples) ? examples.map(fieldsOf) : []) {
      const { status, file_path, full_description, exception } = example;
      if (status !== "passed" && status !== "failed") continue;
      const name = `${String(file_path).replace(/^\.\//, "")} > ${String(full_description).trim()}`;
      cases.push({ name, passed: status === "passed", evidence: status === "passed" ? "" : evidenceOf(exception) });
    }
    // What stands beside the examples is why a file could not be loaded, or a suite not be set up.
    for (const message of Array.isArray(messages) ? messages.map(String) : []) {
      if (/error|fail/i.test(message)) broken.push(message.trim());
    }
  }
  return { cases, broken };
}

function evidenceOf(exception: unknown): string {
  const { class: kind, message, backtrace } = fieldsOf(exception);
  const frames = Array.isArray(backtrace) ? backtrace.map(String) : [];
  const own = frames.filter((frame) => !/^\/|\/gems\/|^<internal/.test(frame)).map((frame) =>
    frame.replace(/^\.\//, "")
  );
  return withoutLongLines(
    [`${String(kind ?? "")}: ${String(message ?? "").trim()}`, ...own].join("\n").slice(0, 20_000),
  );
}

function reportOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    // It was ended while it wrote.
    return {};
  }
}
