import { legalDecisions } from "../../features/decisions/kinds.ts";
import type { Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { declarationIn } from "../../features/turns/answers_of.ts";
import type { Unread } from "../../features/turns/slice.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";
import { flatDeclaration } from "./flat_declaration.ts";

/** Most tools that the interpreter is given: a model of 270M parameters chooses well among few. */
const FEW = 4;

/** The tools that a reply may mean, as the interpreter is told of them: few, flat, with nothing that its template would lose. */
export function interpretableTools(
  state: State,
  registry: Registry,
  unread: Unread,
  turn: string | null,
): ToolDeclaration[] {
  const open = turn === null ? undefined : state.turns.open[turn];
  const legal = turn === null
    ? legalDecisions(state, registry)
    : open === undefined
    ? []
    : unread.legal.flatMap((name) => declarationIn(state, registry, open, name) ?? []);
  return unread.meant.tools.flatMap((name) => {
    const tool = legal.find((one) => one.name === name);
    const flat = tool === undefined ? null : flatDeclaration(tool, registry);
    return flat === null ? [] : [flat];
  }).slice(0, FEW);
}
