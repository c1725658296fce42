import { bound } from "../../kernel/text.ts";
import { ToolError } from "../../ports/tool.ts";
import type { Workspace } from "../../ports/workspace.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { isOfClosedTurn } from "../of_closed_turn.ts";
import { readText, textOf } from "../stored_text.ts";
import { wouldDo } from "../preview/would_do.ts";
import { checkedCall } from "./checked_call.ts";
import { ToolCallResult, ToolEffect } from "./tool_effect.ts";
import { fieldsOf } from "./fields_of.ts";
import { oldNumbers } from "./old_numbers.ts";
import { postpone } from "./postpone.ts";
import { refusedWrite } from "./refused_write.ts";
import { seeingWorkspace, shownFiles } from "./seeing_workspace.ts";
import { within } from "./within.ts";
import { toolTold } from "./told.ts";
import { say } from "../../sentences/say.ts";

/** Time that a tool has after its signal: commands end their whole group and record what they wrote. */
const GRACE_MS = 15_000;
/** Longest result of a tool that a model is shown, in characters. */
const RESULT_CHARS = 16_000;
/** Bound of a tool call that brings none of its own, ms. */
const TOOL_MS = 600_000;

/** @throws {ToolError} where the lines that a call names are not what its turn saw under these numbers */
async function refuseOldNumbers({ turn, call }: ToolEffect, world: World, workspace: Workspace): Promise<void> {
  const open = world.state.turns.open[turn];
  const { path } = call.arguments;
  if (open === undefined || typeof path !== "string" || !await workspace.exists(path)) return;
  const { text } = await workspace.read(path);
  const fault = oldNumbers(world, open, call, text);
  if (fault !== null) throw new ToolError(fault);
}

/** Runs a tool call of a specialist. */
export const tool: EffectKind<ToolEffect, ToolCallResult> = {
  schema: ToolEffect,
  result: ToolCallResult,
  orphan: isOfClosedTurn,
  says: ({ call: { name, arguments: { path } } }) => `running ${name}${typeof path === "string" ? ` ${path}` : ""}`,
  tell: toolTold,
  async perform(effect, world, signal) {
    const { call, text, turn, approved, later } = effect;
    const began = world.now();
    const answered = fieldsOf(effect, world);
    if (answered !== null) return { ...answered, ms: world.now() - began };
    const checked = checkedCall(call, text, world);
    if (later !== undefined) return { ...postpone(effect, later, world), ms: world.now() - began };
    const { tool: known, value } = checked;
    if (approved !== undefined && await wouldDo(checked, world, signal) !== readText(approved, world.blobs)) {
      throw new ToolError(say(world.registry, "calls.not_as_approved", { tool: call.name }));
    }
    const ends = AbortSignal.any([signal, AbortSignal.timeout(TOOL_MS)]);
    const { workspace, read } = seeingWorkspace(
      world.workspace,
      world.state.turns.open[turn] ?? null,
      call.arguments,
      world.blobs,
      (path) => refusedWrite(effect, world, path),
    );
    if (known.traits?.edits === "lines") await refuseOldNumbers(effect, world, workspace);
    const shows = known.access === "reads" && known.traits?.looksFor === undefined;
    const note = (files: Readonly<Record<string, string>>) => {
      if (Object.keys(files).length > 0) world.note({ type: "files_shown", turn, files });
    };
    const running = known.run(value, {
      workspace,
      languages: world.registry.languages,
      settings: known.settings ?? {},
      signal: ends,
      report: world.show,
    });
    const { text: said, outcome = null } = await within(running, ends, world.graceMs ?? GRACE_MS).catch((error) => {
      note(shownFiles(new Map(), error));
      throw error;
    });
    if (shows) note(shownFiles(read));
    const kept = textOf(bound(said, RESULT_CHARS), world.blobs);
    return { kind: "tool", text: kept, outcome, ms: world.now() - began };
  },
  settle({ key, access, call, later }, { written, command }, registry) {
    if (access === "runs" && later === undefined) {
      const words = command === null ? call.name : command.join(" ");
      // Without an open command it may have ended, or not have begun: in both cases nobody knows what it said.
      const text = say(registry, "calls.unknown_end", { command: words });
      return { type: "effect_unknown", key, text };
    }
    if (written.length === 0) return null;
    const text = say(registry, "calls.written", { files: written.join(", ") });
    const result = { kind: "tool" as const, text: { text, chars: text.length }, outcome: null, ms: 0 };
    return { type: "effect_finished", key, result };
  },
};
