import { cp } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Asked, Repair } from "./bare_loop.ts";
import { UsageError } from "./usage_error.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** What a crew's run came to. */
export interface CrewRun extends Omit<Repair, "repaired"> {
  /** How it ended, as it says. */
  readonly kind: string;
}

/** How a crew works on a case. */
export interface CrewOfOne {
  /** Servers that have the model. */
  readonly hosts: readonly string[];
  readonly model: string;
  /** Minutes that a run may take. */
  readonly minutes: string;
  /** Further words of the command line. */
  readonly flags?: readonly string[];
}

/** What a command line wants of a measurement with a real model. */
export interface Wanted extends Asked {
  /** Servers that the crew works on: that of the bare loop, and others that have its model. */
  readonly hosts: readonly string[];
  /** Minutes that a run may take. */
  readonly minutes: string;
  /** Folder in which each crew's project and journal stay, below the name of its case; absent where nothing stays. */
  readonly keep?: string;
  /**
   * The cases that are to be tried.
   *
   * @throws {UsageError} where one is named that is not there
   */
  readonly meant: <T extends { readonly name: string }>(all: readonly T[]) => readonly T[];
}

/**
 * Reads the command line of a measurement that sets a crew of one model beside a bare loop.
 *
 * @param words words behind its name
 * @param name its name
 * @throws {UsageError} where no server or no model is named
 */
export function wantedOf(words: readonly string[], name: string): Wanted {
  const { values } = parseArgs({
    args: [...words],
    options: {
      host: { type: "string", multiple: true },
      model: { type: "string" },
      only: { type: "string" },
      first: { type: "string" },
      minutes: { type: "string", default: "6" },
      keep: { type: "string" },
    },
  });
  const { host: hosts = [], model, minutes } = values;
  const [url] = hosts;
  if (url === undefined || model === undefined) {
    throw new UsageError(
      `Say which model of which server: ${name} --host http://127.0.0.1:8080 [--host of another server for the crew] --model NAME [--first 8] [--only NAME,…] [--minutes 6] [--keep FOLDER].`,
    );
  }
  const only = values.only?.split(",");
  const most = Number(values.first ?? Infinity);
  const { keep } = values;
  return {
    url,
    hosts,
    model,
    minutes,
    ...(keep === undefined ? {} : { keep }),
    meant: (all) => {
      if (only === undefined) return all.slice(0, most);
      const unknown = only.filter((name) => !all.some((one) => one.name === name));
      if (unknown.length === 0) return all.filter(({ name }) => only.includes(name));
      throw new UsageError(`There is no ${unknown.join(", ")}. There are ${all.map((one) => one.name).join(", ")}.`);
    },
  };
}

/**
 * Does something in a copy of a case's project, which is taken away afterwards.
 *
 * @param folder absolute path of the case, whose `project/` is copied
 * @param action gets the copy, and the folder around it for what else is stored
 * @param keep folder in which the copy and what is around it stay; absent: nothing stays
 */
export async function inCopy<T>(
  folder: string,
  action: (copy: string, top: string) => Promise<T>,
  keep?: string,
): Promise<T> {
  const top = await topFor(folder, keep);
  try {
    const copy = join(top, "project");
    await cp(join(folder, "project"), copy, { recursive: true });
    return await action(copy, top);
  } finally {
    if (keep === undefined) await Deno.remove(top, { recursive: true });
  }
}

async function topFor(folder: string, keep: string | undefined): Promise<string> {
  if (keep === undefined) return await Deno.makeTempDir({ prefix: "autonomy-loop-" });
  const top = resolve(keep, basename(folder));
  await Deno.mkdir(resolve(keep), { recursive: true });
  // One of an earlier measurement would be worked on once more.
  await Deno.mkdir(top);
  return top;
}

/**
 * Lets a crew whose roles all play one model work on a goal, as a person would start it.
 *
 * @param goal words of the goal
 * @param folder the project, written to
 * @param top where its configuration and its runs are stored
 * @param crew model, server and bounds
 */
export async function crewRun(
  goal: string,
  folder: string,
  top: string,
  { hosts, model, minutes, flags = [] }: CrewOfOne,
): Promise<CrewRun> {
  const began = Date.now();
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-env", "--allow-net", "--allow-read", "--allow-write", "--allow-run"],
      ...["--allow-sys=systemMemoryInfo,loadavg,osUptime,hostname,cpus", MAIN, "run", goal, "-C", folder],
      ...hosts.flatMap((url, at) => ["--host", `local${at + 1}=${url}`]),
      ...["-m", model, "--trust", "--headless", "--json"],
      ...["--timeout", `${minutes}m`, ...flags],
    ],
    env: { AUTONOMY_CONFIG_HOME: join(top, "config"), AUTONOMY_STATE_HOME: join(top, "state") },
    stdout: "piped",
    stderr: "null",
  }).output();
  const last = new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "{}";
  const { kind = "none", tokens, asks = 0 } = JSON.parse(last);
  return {
    kind,
    asks,
    tokens: (tokens?.prompt ?? 0) + (tokens?.answer ?? 0),
    seconds: Math.round((Date.now() - began) / 1000),
  };
}

/** Says what a way of working took. */
export function spent({ tokens, asks, seconds }: Omit<Repair, "repaired">): string {
  return `${String(tokens).padStart(6)} tokens ${String(asks).padStart(3)} asks ${String(seconds).padStart(4)} s`;
}

/** Adds up what several ways of working took, and how many of them came to what was wanted. */
export function sumOf(repairs: readonly Repair[]): { count: number; tokens: number; seconds: number } {
  const sum = (of: (repair: Repair) => number) => repairs.reduce((total, repair) => total + of(repair), 0);
  return {
    count: sum(({ repaired }) => Number(repaired)),
    tokens: sum(({ tokens }) => tokens),
    seconds: sum(({ seconds }) => seconds),
  };
}
