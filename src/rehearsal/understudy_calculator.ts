import { offers, type WantedCall } from "./understudy_call.ts";
import { GO, GO_TEST, PYTHON, PYTHON_TEST, TYPESCRIPT, TYPESCRIPT_TEST } from "./calculator_texts.ts";
import type { Scene, WantedText } from "./understudy_scene.ts";

/** A calculator in a language: where it and its test stand when nobody says otherwise, and what they hold. */
interface Calculator {
  readonly files: RegExp;
  readonly tests: RegExp;
  readonly code: string;
  readonly test: string;
}

const CALCULATORS: readonly Calculator[] = [
  { files: /\.py$/, tests: /(^|\/)test_\w+\.py$/, code: PYTHON, test: PYTHON_TEST },
  { files: /\.ts$/, tests: /[._]test\.ts$/, code: TYPESCRIPT, test: TYPESCRIPT_TEST },
  { files: /\.go$/, tests: /_test\.go$/, code: GO, test: GO_TEST },
];

/** Says of a task where the code of a new project stands. */
const SOURCE = /\b(?:it will stand in|its code stands in) ([\w./-]+?)[.,] /;

/** Where the task at hand wants the code of a calculator; null where it is another task. */
function sourceOf({ heard: [first = ""] }: Scene): string | null {
  return /\bcalculator\b/i.test(first) ? SOURCE.exec(first)?.[1] ?? null : null;
}

/**
 * Decides the next call of who writes a calculator in a new project: one file, then the end.
 *
 * @param scene the request
 * @returns the call; null where the task is another
 */
export function calculatorCall(scene: Scene): WantedCall | null {
  const source = sourceOf(scene);
  if (source === null || calculatorAt(source) === null) return null;
  const wrote = scene.results.some(({ ok, name }) => ok && name === "create_file");
  if (!wrote && offers(scene, "create_file")) {
    return { name: "create_file", arguments: { path: source }, reason: "There is no code yet." };
  }
  if (!offers(scene, "finish_task")) return null;
  const summary = "The calculator is written.";
  return { name: "finish_task", arguments: { summary }, reason: summary };
}

/**
 * Writes the text that was asked for: the calculator, or its test.
 *
 * @returns the reply; null where the task is another
 */
export function calculatorText(scene: Scene, { path }: WantedText): string | null {
  const source = sourceOf(scene);
  const calculator = source === null ? null : calculatorAt(source);
  if (source === null || calculator === null || path === null) return null;
  const module = source.replace(/^.*\//, "").replace(/\.\w+$/, "");
  const text = calculator.tests.test(path) ? calculator.test : calculator.code;
  return `\`\`\`\n${text.replaceAll("{{module}}", module).replaceAll("{{source}}", source)}\`\`\``;
}

function calculatorAt(source: string): Calculator | null {
  return CALCULATORS.find(({ files }) => files.test(source)) ?? null;
}
