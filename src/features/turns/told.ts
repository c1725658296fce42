import { inline } from "../../kernel/text.ts";
import { oneLine } from "../../kernel/say.ts";
import { type Entry, pick } from "../../kernel/told.ts";
import type { Known, TellOf } from "../known.ts";
import type { turnFacts } from "./facts.ts";
import { TURN_ENDED } from "./turn_ended.ts";

/** How a specialist's turn is told, beside its effects. */
export const turnsTold: TellOf<keyof typeof turnFacts> = {
  turn_opened: {
    json: ({ version, ...fact }) => ({
      ...pick(fact, "id", "role", "message", "purpose"),
      ...(version === undefined ? {} : { plugin_version: version }),
    }),
    row: ({ id, role, purpose }) => ({ section: "Turns", id, cells: [id, role, purpose, "open"] }),
    parts: ({ id, role, purpose, message, tools, version }) => [{
      of: [id],
      text: `Turn ${id} of ${role}${
        version === undefined ? "" : ` (plugin ${version})`
      }: ${purpose}, for message ${message}\nTools: ${tools.join(", ")}`,
    }],
  },
  turn_closed: {
    json: ["id", "ending", "text"],
    entries: ({ id, ending, text }, known) => inThread(known, id, "outcome", ending, text),
    row: ({ id, ending, text }) => ({
      section: "Turns",
      id,
      cells: ["", "", "", TURN_ENDED[ending], oneLine(text, 120)],
    }),
    parts: ({ id, ending, text }) => [{ of: [id], text: `── the turn ${TURN_ENDED[ending]}\n${text}` }],
  },
  call_given: {
    json: ({ turn, call: { name, arguments: args, reason = null } }) => ({ turn, name, arguments: args, reason }),
    entries: ({ turn, call: { name, arguments: args, reason = "" } }, known) =>
      inThread(
        known,
        turn,
        "application",
        "",
        inline(`Not asked of the model: ${name} ${JSON.stringify(args)}. ${reason}`).text,
      ),
    parts: ({ turn, call: { name, arguments: args, reason = "" } }) => [{
      of: [turn],
      text: `── not asked of the model: ${name} ${JSON.stringify(args)}\n${reason}`,
    }],
  },
  call_refused: {
    json: ["turn", "name", "reason"],
    entries: ({ turn, name, reason }, known) => inThread(known, turn, "failure", name, reason),
    row: ({ turn, name, reason }) => ({
      section: "Failures",
      cells: [`${turn}: the call ${name} was refused: ${oneLine(reason, 300)}`],
    }),
    parts: ({ turn, name, reason }) => [{ of: [turn], text: `── the call ${name} was refused\n${reason}` }],
  },
  call_answered: {
    json: ["turn", "name", "ok", "advice"],
    entries: ({ turn, name, advice }, known) => inThread(known, turn, "application", name, advice),
    parts: (
      { turn, name, advice },
    ) => [{ of: [turn], text: `── the call ${name} was answered from what is known\n${advice}` }],
  },
  // What was shown stands in the result of the call.
  files_shown: { json: ({ turn, files }) => ({ turn, files: Object.keys(files) }) },
  turn_told: {
    json: ["turn", "text"],
    entries: ({ turn, text }, known) => inThread(known, turn, "application", "", text),
    parts: ({ turn, text }) => [{ of: [turn], text: `── told\n${text}` }],
  },
};

/** An entry in the thread of whose turn it is. */
function inThread(known: Known, turn: string, kind: Entry["kind"], title: string, text: string): readonly Entry[] {
  const role = known.roleOf(turn);
  return role === undefined ? [] : [{ role, kind, of: turn, title, text }];
}
