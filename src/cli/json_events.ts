import type { Effect } from "../effects/effect.ts";
import type { Stamped } from "../features/fact.ts";

/** Version of the lines; it grows when a name or the meaning of a field changes. */
export const JSON_VERSION = 1;

/** The part of a line that depends on what happened. */
type Event = { readonly type: string } & { readonly [field: string]: unknown };

/** Turns facts into JSON lines whose names stay the same when the facts' own form changes. */
export class JsonEvents {
  /** Effects that are open: their closing facts only name the key. */
  readonly #open = new Map<string, Effect>();

  /**
   * Writes a fact as a line.
   *
   * @param fact what happened
   * @returns one line of JSON with a closing line break
   */
  line(fact: Stamped): string {
    const { type, ...rest } = this.#eventOf(fact);
    return jsonLine({ type, seq: fact.seq, at: new Date(fact.at).toISOString(), ...rest });
  }

  #eventOf(fact: Stamped): Event {
    switch (fact.type) {
      case "effect_opened": {
        this.#open.set(fact.effect.key, fact.effect);
        return { type: `${fact.effect.kind}.started`, ...about(fact.effect) };
      }
      case "effect_finished":
        return { type: `${this.#close(fact.key)}.finished`, key: fact.key, ...resultOf(fact) };
      case "effect_failed": {
        const { key, failure, text, host = null, model = null, ms } = fact;
        return { type: `${this.#close(key)}.failed`, key, failure, text, host, model, ms };
      }
      case "effect_refused":
        return { type: `${this.#close(fact.key)}.refused`, key: fact.key, reason: fact.reason };
      case "effect_cancelled":
        return { type: `${this.#close(fact.key)}.cancelled`, key: fact.key, by: fact.by, ms: fact.ms };
      case "effect_unknown":
        return { type: `${this.#close(fact.key)}.unknown`, key: fact.key, text: fact.text };
      default:
        return plainEvent(fact);
    }
  }

  /** Kind of an effect that closes; one that an earlier process opened is only known as an effect. */
  #close(key: string): string {
    const kind = this.#open.get(key)?.kind ?? "effect";
    this.#open.delete(key);
    return kind;
  }
}

/**
 * Writes a line of JSON with its version.
 *
 * @param event what it says
 * @returns the line with its closing line break
 */
export function jsonLine(event: Event): string {
  return `${JSON.stringify({ version: JSON_VERSION, ...event })}\n`;
}

function about(effect: Effect): Readonly<Record<string, unknown>> {
  switch (effect.kind) {
    case "ask":
      return { key: effect.key, role: effect.role, turn: effect.turn, purpose: effect.purpose };
    case "tool":
      return {
        key: effect.key,
        role: effect.role,
        turn: effect.turn,
        name: effect.call.name,
        arguments: effect.call.arguments,
      };
    case "prepare":
      return { key: effect.key, turn: effect.turn };
    case "check":
      return { key: effect.key, cause: effect.cause };
    case "take_back":
      return { key: effect.key, attempt: effect.attempt };
  }
}

function resultOf({ result }: Extract<Stamped, { type: "effect_finished" }>): Readonly<Record<string, unknown>> {
  switch (result.kind) {
    case "ask":
      return {
        host: result.host,
        model: result.model,
        way: result.way,
        calls: result.calls.map((call) => ({ name: call.name, arguments: call.arguments })),
        fault: result.fault,
        step: result.step,
        repairs: result.repairs ?? [],
        attempted: result.attempted ?? [],
        proof: result.proof,
        ended_by: result.endedBy,
        prompt_tokens: result.promptTokens,
        answer_tokens: result.answerTokens,
        ms: result.ms,
      };
    case "tool":
      return {
        text: result.text.text,
        cut: result.text.blob !== undefined,
        outcome: result.outcome?.kind ?? null,
        ms: result.ms,
      };
    case "check":
      return {
        passed: result.results.filter((one) => one.passed).map((one) => one.name),
        failing: result.results.filter((one) => !one.passed).map((one) => one.name),
        commands: result.commands,
        ms: result.ms,
      };
    case "prepare":
      return { files: result.texts.map((text) => text.path) };
    case "take_back":
      return { restored: result.restored, left: result.left };
  }
}

type Plain = Exclude<
  Stamped,
  {
    type:
      | "effect_opened"
      | "effect_finished"
      | "effect_failed"
      | "effect_refused"
      | "effect_cancelled"
      | "effect_unknown";
  }
>;

function plainEvent(fact: Plain): Event {
  switch (fact.type) {
    case "run_started": {
      const { run, project, goal, mode, label, headless, trusted, limits, dirty, version } = fact;
      return {
        type: "run.started",
        run,
        project,
        goal,
        mode,
        label,
        headless,
        trusted,
        limits: limitsOf(limits),
        dirty,
        program: version,
      };
    }
    case "run_resumed":
      return { type: "run.resumed", headless: fact.headless };
    case "run_paused":
      return { type: "run.paused" };
    case "run_unpaused":
      return { type: "run.unpaused" };
    case "run_ended":
      return { type: "run.ended", kind: fact.kind, cause: fact.cause };
    case "crew_assembled": {
      const roles = fact.roles.map(({ role, models, window, temperature }) => ({ role, models, window, temperature }));
      return { type: "crew.assembled", roles, tools: fact.tools, reason: fact.reason };
    }
    case "limits_raised":
      return { type: "limits.raised", limits: limitsOf(fact.limits) };
    case "phase_changed":
      return { type: "phase.changed", phase: fact.phase, reason: fact.reason, by: fact.by };
    case "ask_placed": {
      const { key, host, model, way, window, estimated, reason, leftOut = [] } = fact;
      return {
        type: "ask.placed",
        key,
        host,
        model,
        way,
        window,
        estimated,
        reason,
        way_reason: fact.wayReason ?? null,
        left_out: leftOut,
      };
    }
    case "prompts_changed":
      return { type: "prompts.changed", files: fact.files, faults: fact.faults };
    case "prompt_doubted": {
      const { key, host, model, window, estimated, counted, finding, holds, text } = fact;
      return { type: "prompt.doubted", key, host, model, window, estimated, counted, finding, holds, text };
    }
    case "way_refused": {
      const { key, host, model, way, other, tokens, text } = fact;
      return { type: "way.refused", key, host, model, way, other, tokens, text };
    }
    case "memory_failed":
      return { type: "memory.failed", text: fact.text };
    case "model_probed": {
      const { host, model, digest, tried, tokens, ms } = fact;
      return { type: "model.probed", host, model, digest, tried, tokens, ms };
    }
    case "model_audited": {
      const { host, model, digest, finding, reason } = fact;
      return { type: "model.audited", host, model, digest, finding, reason, host_version: fact.version };
    }
    case "interpreter_changed":
      return { type: "interpreter.changed", host: fact.host, model: fact.model, reason: fact.reason };
    case "interpretation_skipped":
      return { type: "interpretation.skipped", turn: fact.turn, ask: fact.ask, reason: fact.reason };
    case "write_opened":
      return { type: "write.opened", key: fact.key, path: fact.write.path };
    case "write_closed": {
      const { path, before, after } = fact.write;
      return { type: "write.closed", key: fact.key, path, before, after, done: fact.done };
    }
    case "command_opened":
      return { type: "command.opened", key: fact.key, command: fact.command };
    case "command_closed":
      return {
        type: "command.closed",
        key: fact.key,
        files: fact.writes.map(({ path }) => path),
        excepted: fact.excepted,
      };
    case "decision_made": {
      const { id, name, reason, by } = fact;
      return { type: "decision.made", id, name, arguments: fact.arguments, reason, by };
    }
    case "decision_refused":
      return { type: "decision.refused", name: fact.name, reason: fact.reason, by: fact.by };
    case "decision_closed":
      return { type: "decision.closed", id: fact.id, ok: fact.ok, outcome: fact.outcome };
    case "tasks_planned":
      return { type: "tasks.planned", tasks: fact.tasks.map(taskOf), refused: fact.refused, by: fact.by };
    case "task_changed":
      return { type: "task.changed", id: fact.id, status: fact.status, reason: fact.reason };
    case "attempt_opened": {
      const { task, number, role, temperature, seed } = fact;
      return { type: "attempt.opened", task, number, role, temperature, seed };
    }
    case "attempt_closed": {
      const { task, number, verdict, passed, broke, summary } = fact;
      return { type: "attempt.closed", task, number, verdict, passed, broke, summary };
    }
    case "turn_opened": {
      const { id, role, message, purpose } = fact;
      return { type: "turn.opened", id, role, message, purpose };
    }
    case "turn_closed":
      return { type: "turn.closed", id: fact.id, ending: fact.ending, text: fact.text };
    case "turn_told":
      return { type: "turn.told", turn: fact.turn, text: fact.text };
    case "call_given":
      return {
        type: "call.given",
        turn: fact.turn,
        name: fact.call.name,
        arguments: fact.call.arguments,
        reason: fact.call.reason ?? null,
      };
    case "call_refused":
      return { type: "call.refused", turn: fact.turn, name: fact.name, reason: fact.reason };
    case "message_sent": {
      const { id, from, to, kind, text, cause, answers } = fact.message;
      return { type: "message.sent", id, from, to, kind, text, cause, answers };
    }
    case "message_released":
      return { type: "message.released", id: fact.id };
    case "message_edited":
      return { type: "message.edited", id: fact.id, text: fact.text, by: fact.by };
    case "message_redirected":
      return { type: "message.redirected", id: fact.id, to: fact.to, by: fact.by };
    case "message_reviewed":
      return { type: "message.reviewed", id: fact.id, verdict: fact.verdict, by: fact.by };
    case "message_in_prompt":
      return { type: "message.in_prompt", id: fact.id, turn: fact.turn };
    case "message_answered":
      return { type: "message.answered", id: fact.id };
    case "message_dropped":
      return { type: "message.dropped", id: fact.id, by: fact.by, reason: fact.reason };
    case "message_expired":
      return { type: "message.expired", id: fact.id };
    case "hold_placed":
      return { type: "hold.placed", id: fact.hold.id, scope: fact.hold.scope, of: fact.hold.of };
    case "hold_lifted":
      return { type: "hold.lifted", id: fact.id };
    case "question_asked": {
      const { id, kind, text, context } = fact;
      return { type: "question.asked", id, kind, text, context };
    }
    case "question_answered":
      return { type: "question.answered", id: fact.id, approved: fact.approved, text: fact.text };
    case "person_told":
      return { type: "person.told", text: fact.text };
  }
}

function limitsOf({ tokens, turns, wallMs }: { tokens: number | null; turns: number | null; wallMs: number | null }) {
  return { tokens, turns, seconds: wallMs === null ? null : wallMs / 1000 };
}

function taskOf(
  { id, kind, description, target, checks, status }: Extract<Stamped, { type: "tasks_planned" }>["tasks"][number],
) {
  return { id, kind, description, target, checks, status };
}
