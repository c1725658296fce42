import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import { promptOfRole } from "../../features/prompt_of_role.ts";
import { INTERPRETER, type Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";
import { meterOf } from "../../prompt/meter.ts";
import type { Prompt, PromptFrame, PromptMessage } from "../../prompt/prompt.ts";
import { interpreted } from "./held_arguments.ts";
import { interpretableTools } from "./interpretable_tools.ts";
import { say } from "../../sentences/say.ts";

/**
 * Composes the prompt of the interpreter: its system prompt, one short instruction, since it was trained for single turns, and the
 * message on one line.
 *
 * @param registry what the crew offers
 * @param ask the ask, of purpose `interpret`
 * @param frame way, window and calibration of where it was placed
 * @returns the prompt
 */
export function composeInterpretation(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  const unread = interpreted(state, ask);
  const tools = toolsForInterpreter(state, registry, ask);
  const system = (promptOfRole(registry, INTERPRETER)?.text ?? "").trim();
  const declared = frame.way === "native" || tools.length === 0
    ? ""
    : `\n\n${frame.declare(tools, frame.way, registry)}`;
  const messages: PromptMessage[] = [
    { role: "system", pieces: [`${system}${declared}`] },
    { role: "user", pieces: [`${say(registry, "interpreter.instruction")} ${unread?.meant.excerpt ?? ""}`] },
  ];
  const meter = meterOf(frame);
  const shown = frame.way === "native" && tools.length > 0 ? meter.pieces([JSON.stringify(tools)]) : 0;
  const estimate = meter.messages(messages) + shown;
  return {
    messages,
    declared: tools,
    legal: tools,
    estimate,
    leftOut: [],
    compacted: 0,
    overflow: estimate + ask.answerLimit > frame.window,
    sections: messages.map((message) => ({
      name: message.role === "system" ? "role" : "message",
      tokens: meter.messages([message]),
      priority: 0,
      cut: false,
    })),
    complexity: 1,
    variant: "small",
  };
}

/** The tools that the interpreter is given; none where nobody waits for it any more. */
export function toolsForInterpreter(state: State, registry: Registry, ask: AskEffect): readonly ToolDeclaration[] {
  const unread = interpreted(state, ask);
  return unread === null ? [] : interpretableTools(state, registry, unread, ask.turn);
}
