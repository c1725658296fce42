import type { ToolDeclaration, Way } from "../kernel/call.ts";
import type { ChatPiece } from "../ports/model_host.ts";
import { Brackets } from "./brackets.ts";
import { readCalls } from "./read_calls.ts";
import { StreamedCall } from "./streamed_call.ts";
import { MARK_START, markAt, type StreamMark } from "./stream_marks.ts";
import type { FoundCall } from "./types.ts";
import { withoutRuns } from "./without_runs.ts";

/** What a further piece of a reply adds. */
export interface StreamedPart {
  /** Text that may be shown: no marks, no bodies of calls. */
  readonly text: string;
  readonly thinking: string;
  /** Calls that are whole now, as they are written. */
  readonly calls: readonly FoundCall[];
}

/** Something else than prose that is being written. */
interface Open {
  readonly mark: StreamMark;
  readonly scan: ValueScan;
  /** What was written of it, the mark first; empty for thinking, which is shown at once. */
  parts: string[];
  length: number;
  /** Length at which it was last read and found not to be whole. */
  readBefore: number;
}

/**
 * Reads a reply while it is written: what of it may be shown so far, and each call as soon as it is whole. A piece that may be the
 * beginning of a mark is held back until more is there. The time over all pieces is linear in the reply's length. What is
 * run is decided by the whole reply ({@link readReply}), never by this.
 */
export class StreamedReply {
  private pending = "";
  private open: Open | null = null;
  private lineBegins = true;

  /**
   * @param tools the tools that the model was shown
   * @param family name of the format that the model is known to write
   */
  constructor(private readonly tools: readonly ToolDeclaration[], private readonly family?: string) {}

  /** @param piece the text that came @returns what it adds */
  feed(piece: string): StreamedPart {
    return this.read(piece, false);
  }

  /** Says that no more comes. @returns what was held back and may be shown, and a call that only the end makes whole */
  end(): StreamedPart {
    return this.read("", true);
  }

  private read(piece: string, ended: boolean): StreamedPart {
    this.pending += piece;
    const part = { text: "", thinking: "", calls: [] as FoundCall[] };
    while (this.open === null ? this.readText(part, ended) : this.readOpen(this.open, part, ended));
    return part;
  }

  /** Shows text up to the next mark. @returns whether something was opened or passed, so that reading goes on */
  private readText(part: { text: string }, ended: boolean): boolean {
    MARK_START.lastIndex = 0;
    for (let found = MARK_START.exec(this.pending); found !== null; found = MARK_START.exec(this.pending)) {
      const mark = markAt(this.pending, found.index, this.beginsLine(found.index));
      if (mark === null) continue;
      if (mark === "perhaps" && !ended) return this.show(part, found.index, 0);
      if (mark === "perhaps") continue;
      const { opening, kind } = mark;
      this.show(part, found.index, opening.length);
      const parts = kind === "thinking" ? [] : [opening];
      if (kind !== "token") {
        this.open = { mark, scan: new ValueScan(mark), parts, length: opening.length, readBefore: 0 };
      }
      return true;
    }
    return this.show(part, this.pending.length, 0);
  }

  private show(part: { text: string }, end: number, skip: number): false {
    const text = this.pending.slice(0, end);
    part.text += text;
    const line = text.slice(text.lastIndexOf("\n") + 1);
    if (text !== "") this.lineBegins = line.trim() === "" && (this.lineBegins || text.includes("\n"));
    this.pending = this.pending.slice(end + skip);
    return false;
  }

  private beginsLine(at: number): boolean {
    const start = this.pending.lastIndexOf("\n", at - 1) + 1;
    return this.pending.slice(start, at).trim() === "" && (start > 0 || this.lineBegins);
  }

  /** Takes what is written of a call or thinking. @returns whether it ended, so that reading goes on */
  private readOpen(open: Open, part: { text: string; thinking: string; calls: FoundCall[] }, ended: boolean): boolean {
    const { consumed, closed } = open.scan.next(this.pending);
    const taken = ended && closed === null ? this.pending.length : consumed;
    const text = this.pending.slice(0, taken);
    this.pending = this.pending.slice(taken);
    if (open.mark.kind === "thinking") {
      part.thinking += text.slice(0, text.length - (closed ?? 0));
      return closed !== null && this.close();
    }
    open.parts.push(text);
    open.length += text.length;
    if (closed === null && !ended) return false;
    // A closing mark inside a value: the call is not whole. It is read again when it has grown by half, so that time is linear.
    if (!ended && open.length < 1.5 * open.readBefore) return true;
    const body = open.parts.join("");
    open.parts = [body];
    open.readBefore = open.length;
    const { calls } = readCalls(withoutRuns(body), this.tools, this.family);
    const good = calls.filter(({ mended }) => ended || !(mended ?? []).some((what) => what.includes("not closed")));
    const plain = open.mark.opening === "";
    if (good.length === 0 && !ended && !plain && open.mark.kind === "call") return true;
    part.calls.push(...good);
    // Plain JSON that is no call is text.
    if (good.length === 0 && plain) part.text += body;
    return this.close() && !ended;
  }

  private close(): true {
    this.open = null;
    this.lineBegins = true;
    return true;
  }
}

/**
 * Makes what a host streams fit to be shown, a piece at a time: without marks and bodies of calls, and of a constrained reply its
 * reason and the name of its call. Thinking that stands in the text moves to its own field.
 * @param way how the reply was asked for; null for content that was asked for as text, which is shown as it is
 * @param tools the tools that the model was shown
 * @returns gives for each piece what it adds
 */
export function readablePieces(
  way: Way | null,
  tools: readonly ToolDeclaration[],
): (piece: ChatPiece) => ChatPiece {
  if (way === null) return (piece) => piece;
  if (way === "constrained") {
    const call = new StreamedCall();
    return (piece) => piece.text === undefined ? piece : { ...piece, text: call.feed(piece.text) };
  }
  const reader = new StreamedReply(tools);
  return (piece) => {
    if (piece.text === undefined) return piece;
    const { text, thinking } = reader.feed(piece.text);
    const both = (piece.thinking ?? "") + thinking;
    return both === "" ? { text } : { text, thinking: both };
  };
}

/** What a scan has passed; `closed` is the length of the closing mark at its end, null where none is there yet. */
interface Passed {
  readonly consumed: number;
  readonly closed: number | null;
}

/** Finds where what a mark opened ends; looks at each character once. */
class ValueScan {
  private readonly brackets = new Brackets();

  /** @param mark what was opened */
  constructor(private readonly mark: StreamMark) {
    // `functools[` has opened the list already.
    if (mark.opening.endsWith("s[")) this.brackets.look("[");
  }

  /** @param text what was not passed yet @returns how far the text is passed, at most to the next end */
  next(text: string): Passed {
    return this.mark.kind === "value" ? this.value(text) : this.marked(text, this.mark.closing);
  }

  private marked(text: string, closings: readonly string[]): Passed {
    for (let at = 0; at < text.length; at++) {
      for (const closing of this.brackets.inText ? [] : closings) {
        if (text.startsWith(closing, at)) return { consumed: at + closing.length, closed: closing.length };
        // It may come in pieces: what may be its beginning is looked at again.
        if (text.length - at < closing.length && closing.startsWith(text.slice(at))) {
          return { consumed: at, closed: null };
        }
      }
      if (this.mark.kind === "call") this.brackets.look(text[at] ?? "");
    }
    return { consumed: text.length, closed: null };
  }

  private value(text: string): Passed {
    for (let at = 0; at < text.length; at++) {
      const char = text[at] ?? "";
      // The brackets of `[ARGS]` and the like are none of the value.
      if (!this.brackets.begun && char === "[") {
        const next = text.slice(at + 1, at + 40).trimStart();
        if (next === "") return { consumed: at, closed: null };
        if (!/^[{[\]]/.test(next)) continue;
      }
      this.brackets.look(char);
      const { begun, depth, inText } = this.brackets;
      if (begun && depth === 0 && !inText) return { consumed: at + 1, closed: 0 };
    }
    return { consumed: text.length, closed: null };
  }
}
