import type { Player, PlayRequest } from "../../src/rehearsal/play.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { FAULT_RATES, type FaultCategory, INTERPRETER_RATES } from "./fault_rates.ts";

/** A call that a reply was meant as. */
export interface MeantCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What a player said, by the text of the reply: what it was meant as, and how it was written wrong. */
export type Said = Map<string, { readonly meant: MeantCall; readonly fault: FaultCategory | null }>;

const CLEAN = /^<tool_call>\n([\s\S]*)\n<\/tool_call>$/;

/**
 * Gives the players of a rehearsal, who write their calls wrong as often and in the ways that the corpus counts. The same request
 * gets the same reply.
 *
 * @param seed another seed errs elsewhere
 * @param said takes what each reply was meant as
 * @returns a player for each model of the rehearsal's fleet
 */
export function faultyPlayers(seed: number, said: Said): Readonly<Record<string, Player>> {
  const honest = understudies({ slips: false });
  return Object.fromEntries(
    Object.entries(honest).map(([model, player]): [string, Player] => [
      model,
      (request) => {
        const reply = player(request);
        const text = typeof reply === "string" ? reply : reply.text;
        if (model.startsWith("functiongemma")) return interpreterSays(request, text, seed);
        const clean = CLEAN.exec(text)?.[1];
        if (clean === undefined) return text;
        const meant: MeantCall = JSON.parse(clean);
        const fault = faultFor(chanceOf(request, seed, "fault"));
        const written = fault === null ? text : writtenWrong(meant, fault, chanceOf(request, seed, "form"));
        said.set(written, { meant, fault });
        return written;
      },
    ]),
  );
}

function interpreterSays(request: PlayRequest, text: string, seed: number): string {
  const asked = request.messages.some(({ content }) => content.startsWith("Call the one function"));
  if (!asked) return text;
  const chance = chanceOf(request, seed, "interpreter");
  if (chance > INTERPRETER_RATES.acts) return "I am sorry, I cannot help with that.";
  if (chance > INTERPRETER_RATES.acts * INTERPRETER_RATES.invents) return text;
  const tool = request.tools[0];
  const names = Array.isArray(tool?.parameters?.required) ? tool.parameters.required.map(String) : [];
  const args = names.map((name) => `${name}:<escape>something else<escape>`).join(",");
  return `<start_function_call>call:${tool?.name ?? ""}{${args}}<end_function_call>`;
}

function faultFor(chance: number): FaultCategory | null {
  let sum = 0;
  for (const [category, rate] of FAULT_RATES) {
    sum += rate;
    if (chance < sum) return category;
  }
  return null;
}

/** Names that models make up for tools, as they do where they know others. */
const MADE_UP: Readonly<Record<string, string>> = {
  read_file: "open_document",
  list_directory: "show_folder",
  search_code: "find_text",
  rewrite_file: "save_document",
  rewrite_function: "patch_method",
  edit_file: "str_replace_editor",
  answer: "respond_to_user",
  finish_task: "complete_work",
  create_task_plan: "make_todo_list",
  approve_code: "accept_changes",
  change_phase: "switch_stage",
  continue_current_phase: "proceed",
  finish: "terminate",
};

function writtenWrong({ name, arguments: args }: MeantCall, fault: FaultCategory, chance: number): string {
  const json = JSON.stringify({ name, arguments: args });
  const tagged = (body: string) => `<tool_call>\n${body}\n</tool_call>`;
  switch (fault) {
    case "single quotes":
      return tagged(python({ name, arguments: args }));
    case "prose":
      return chance < 0.5
        ? `Let me think about it in ${2 + Math.floor(chance * 1e6)} ways, and then I will go on with it step by step.`
        : `Next I will call ${name} with ${
          Object.entries(args).filter(([, value]) => typeof value !== "object").map(([key, value]) =>
            `${key} "${value}"`
          )
            .join(" and ") || "what is needed"
        }.`;
    case "code fence":
      return `\`\`\`json\n${JSON.stringify({ name, arguments: args }, null, 2)}\n\`\`\`\n\nThis is the call.`;
    case "unknown tool":
      return tagged(JSON.stringify({ name: MADE_UP[name] ?? "perform_action", arguments: args }));
    case "cut":
      return tagged(json).slice(0, Math.floor(json.length * (0.4 + chance * 0.4)));
    case "text around the call":
      return `I will do the next step now.\n${tagged(json)}\nThen we shall see.`;
    case "empty":
      return "";
    case "wrong argument name":
      return tagged(JSON.stringify({
        name,
        arguments: Object.fromEntries(
          Object.entries(args).map(([key, value], index) => [index === 0 ? "output" : key, value]),
        ),
      }));
    case "missing open tag":
      return `${json}\n</tool_call>`;
    case "malformed JSON":
      return tagged(chance < 0.5 ? `${json}}` : json.slice(0, -1));
    case "unclosed tag":
      return `<tool_call>\n${json}`;
    case "double encoded":
      return tagged(JSON.stringify({ name, arguments: JSON.stringify(args) }));
    case "flat arguments":
      return tagged(JSON.stringify({ name, ...args }));
    case "JSON that is not strict":
      return tagged(`${json.slice(0, -1)}, // the call\n}`);
  }
}

/** A value as Python prints it. */
function python(value: unknown): string {
  if (typeof value === "string") {
    return value.includes("'")
      ? JSON.stringify(value)
      : `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"')}'`;
  }
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value).map(([key, item]) => `'${key}': ${python(item)}`).join(", ")}}`;
  }
  return value === true ? "True" : value === false ? "False" : value === null ? "None" : String(value);
}

/** A number from 0 up to 1 that follows from what was asked (FNV-1a, mixed). */
function chanceOf(request: PlayRequest, seed: number, what: string): number {
  let hash = 0x811c9dc5 ^ seed;
  const text = `${what}\n${request.model}\n${request.messages.map(({ content }) => content).join("\n")}`;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
