import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { structuredPatch } from "diff";
import { safe } from "../kernel/say.ts";
import { isLinkMode } from "./file_state.ts";

/** A file on one side of a difference. */
export interface PatchSide {
  readonly bytes: Uint8Array;
  /** `st_mode`, type bits included. */
  readonly mode: number;
}

/** What a patch says of one file. */
export interface FilePatch {
  /** Lines as `git apply` reads them, with a closing line break. */
  readonly text: string;
  readonly added: number;
  readonly removed: number;
  /** Whether it is no text. */
  readonly isBinary: boolean;
}

/** Lines around a change. */
const CONTEXT = 3;
/** Lines that may differ until no shortest difference is looked for: finding one takes time by their square. */
const MOST_EDITS = 2_000;
/** Bytes of a line of a binary patch, and the digits it is written with: git's own. */
const LINE_BYTES = 52;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/**
 * Writes the difference of a file as a patch that `git apply` takes.
 *
 * @param path relative to the project; quoted as git does where it holds more than plain characters
 * @param from what stood there; null for no file
 * @param to what stands there afterwards; null for no file
 * @param forProgram whether a program reads it: then what cannot be shown as it is stands there encoded, else it is named, or shown made safe
 */
export function filePatch(path: string, from: PatchSide | null, to: PatchSide | null, forProgram: boolean): FilePatch {
  // Git knows no change of a file into a link: the one goes, and the other comes.
  if (from !== null && to !== null && isLinkMode(from.mode) !== isLinkMode(to.mode)) {
    const [gone, made] = [filePatch(path, from, null, forProgram), filePatch(path, null, to, forProgram)];
    return {
      text: gone.text + made.text,
      added: made.added,
      removed: gone.removed,
      isBinary: gone.isBinary || made.isBinary,
    };
  }
  const [a, b] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const head = [`diff --git ${a} ${b}`, ...modeLines(from?.mode, to?.mode)];
  const [old, now] = [textOf(from), textOf(to)];
  const isBinary = old === null || now === null;
  // Git knows of no mode but its own three.
  const headAlone = head.length === 1 ? "" : `${head.join("\n")}\n`;
  if (old === now && !isBinary) return { text: headAlone, added: 0, removed: 0, isBinary };
  const { lines, added, removed } = isBinary ? NO_LINES : hunksOf(old, now);
  const isPlain = !isBinary && lines.every((line) => safe(line) === line);
  if (!isPlain && forProgram) return { text: [...head, ...binaryLines(from, to)].join("\n"), added, removed, isBinary };
  const names = [from === null ? "/dev/null" : a, to === null ? "/dev/null" : b] as const;
  const body = isBinary
    ? [`Binary files ${names[0]} and ${names[1]} differ`]
    : lines.length === 0
    ? []
    : [`--- ${names[0]}`, `+++ ${names[1]}`, ...lines];
  return { text: `${[...head, ...body].join("\n")}\n`, added, removed, isBinary };
}

const NO_LINES = { lines: [] as readonly string[], added: 0, removed: 0 };

function modeLines(from: number | undefined, to: number | undefined): readonly string[] {
  if (from === undefined) return to === undefined ? [] : [`new file mode ${gitMode(to)}`];
  if (to === undefined) return [`deleted file mode ${gitMode(from)}`];
  return gitMode(from) === gitMode(to) ? [] : [`old mode ${gitMode(from)}`, `new mode ${gitMode(to)}`];
}

/** The modes that git knows: a link, a program, a plain file. */
function gitMode(mode: number): string {
  if (isLinkMode(mode)) return "120000";
  return (mode & 0o100) === 0 ? "100644" : "100755";
}

/** Text of a side, empty for no file; null where it is no text. */
function textOf(side: PatchSide | null): string | null {
  if (side === null) return "";
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(side.bytes);
    return text.includes("\u0000") ? null : text;
  } catch {
    return null;
  }
}

function hunksOf(old: string, now: string) {
  const { hunks } = structuredPatch("", "", old, now, "", "", { context: CONTEXT, maxEditLength: MOST_EDITS }) ??
    { hunks: [wholeHunk(old, now)] };
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ]);
  const count = (sign: string) => hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith(sign)).length;
  return { lines, added: count("+"), removed: count("-") };
}

function range(start: number, lines: number): string {
  return lines === 1 ? `${start}` : `${start},${lines}`;
}

/** All of a text for all of the other. */
function wholeHunk(old: string, now: string) {
  const side = (text: string, sign: string) => {
    const lines = text.split("\n");
    const isEnded = lines.at(-1) === "";
    if (isEnded) lines.pop();
    return { count: lines.length, lines: [...lines.map((line) => sign + line), ...(isEnded ? [] : [NO_END])] };
  };
  const [before, after] = [side(old, "-"), side(now, "+")];
  return {
    oldStart: before.count === 0 ? 0 : 1,
    oldLines: before.count,
    newStart: after.count === 0 ? 0 : 1,
    newLines: after.count,
    lines: [...before.lines, ...after.lines],
  };
}

const NO_END = "\\ No newline at end of file";

/** A name as git writes one: in quotes, with the bytes of what is not plain. */
function quoted(name: string): string {
  if (/^[!#-[\]-~]+$/.test(name)) return name;
  const bytes = [...new TextEncoder().encode(name)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${bytes.join("")}"`;
}

/** The contents themselves, encoded: they are applied only where the old one stands. */
function binaryLines(from: PatchSide | null, to: PatchSide | null): readonly string[] {
  const mode = from !== null && to !== null && gitMode(from.mode) === gitMode(to.mode) ? ` ${gitMode(to.mode)}` : "";
  return [
    `index ${objectName(from)}..${objectName(to)}${mode}`,
    "GIT binary patch",
    ...literal(to),
    ...literal(from),
    "",
  ];
}

/** What git names the content of a file by. */
function objectName(side: PatchSide | null): string {
  if (side === null) return "0".repeat(40);
  return createHash("sha1").update(`blob ${side.bytes.length}\0`).update(side.bytes).digest("hex");
}

function literal(side: PatchSide | null): readonly string[] {
  const bytes = side?.bytes ?? new Uint8Array();
  const packed = deflateSync(bytes);
  const lines = Array.from(
    { length: Math.ceil(packed.length / LINE_BYTES) },
    (_, index) => packedLine(packed.subarray(index * LINE_BYTES, (index + 1) * LINE_BYTES)),
  );
  return [`literal ${bytes.length}`, ...lines, ""];
}

/** A line of a binary patch: its number of bytes as a letter, then five digits for each four bytes. */
function packedLine(bytes: Uint8Array): string {
  const letter = String.fromCharCode(bytes.length <= 26 ? 64 + bytes.length : 70 + bytes.length);
  let line = letter;
  for (let at = 0; at < bytes.length; at += 4) {
    let number = 0;
    for (let offset = 0; offset < 4; offset += 1) number = number * 256 + (bytes[at + offset] ?? 0);
    let digits = "";
    for (let place = 0; place < 5; place += 1) {
      digits = DIGITS[number % 85]! + digits;
      number = Math.floor(number / 85);
    }
    line += digits;
  }
  return line;
}
