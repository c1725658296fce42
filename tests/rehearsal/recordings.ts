import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RehearsalModel, TemplateForm } from "../../src/rehearsal/play.ts";

/** One recorded exchange. */
export interface Recording {
  readonly name: string;
  readonly about: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly body?: Readonly<Record<string, unknown>>;
    readonly raw_body?: string;
  };
  readonly model_says?: string;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly lines: readonly (readonly [ms: number, line: string])[];
  };
}

const FOLDER = new URL("../wire/ollama/", import.meta.url);

/** All recorded exchanges of Ollama by name. */
export const RECORDINGS: ReadonlyMap<string, Recording> = new Map(
  readdirSync(FOLDER).filter((file) => file.endsWith(".json")).sort().map((file) => {
    const recording = JSON.parse(readFileSync(fileURLToPath(new URL(file, FOLDER)), "utf8")) as Recording;
    return [recording.name, recording];
  }),
);

const SPECIAL = /<\|endoftext\|>|<\|im_start\|>|<\|im_end\|>/g;

/** Cuts a script in pieces of three characters, each unlike all others, as the recorded models' tokens are. */
function scriptPieces(script: string): string[] {
  const characters = [...script];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length;) {
    let end = start + 3;
    while (end < characters.length && pieces.includes(characters.slice(start, end).join(""))) end++;
    const piece = characters.slice(start, end).join("");
    if ([...piece].length < 2 || pieces.includes(piece)) pieces.push(`${pieces.pop() ?? ""}${piece}`);
    else pieces.push(piece);
    start = end;
  }
  return pieces;
}

/** A model that says one script, over and over where `times` says so; one token per byte of its prompt. */
export function scriptedModel(name: string, script: string, template: TemplateForm, times = 1): RehearsalModel {
  const pieces = script === "" ? [] : scriptPieces(script);
  const whole = script.repeat(times);
  return {
    name,
    template,
    bytes: 240_000,
    digest: "0".repeat(64),
    family: "qwen2",
    parameterSize: "58K",
    trainedWindow: 32_768,
    countTokens: (text) => new TextEncoder().encode(text.replace(SPECIAL, "x")).length,
    splitTokens: (text) => text === whole ? Array.from({ length: times }, () => pieces).flat() : [...text],
    say: () => whole,
  };
}

/** The models of the recordings, built from what they say. */
export function recordedModels(): RehearsalModel[] {
  const says = new Map<string, string>();
  for (const { request, model_says } of RECORDINGS.values()) {
    if (model_says !== undefined && typeof request.body?.model === "string") says.set(request.body.model, model_says);
  }
  return [
    ...[...says].filter(([name]) => name !== "repeats-one-token").map(([name, script]) =>
      scriptedModel(name, script, templateOf(name), name === "never-stops" ? 400 : 1)
    ),
    { ...scriptedModel("repeats-one-token", "", "hermes-go"), ...repeating() },
    scriptedModel("plain", "Hello!", "plain"),
  ];
}

function templateOf(name: string): TemplateForm {
  if (name.startsWith("functiongemma")) return "functiongemma";
  return name === "json-tools" ? "hermes-json" : "hermes-go";
}

function repeating(): Pick<RehearsalModel, "say" | "splitTokens"> {
  const pieces = ["wo", "rd", ...Array.from({ length: 100 }, () => " so")];
  return { say: () => pieces.join(""), splitTokens: () => pieces };
}
