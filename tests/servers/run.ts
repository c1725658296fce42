// Runs the tests against real servers: installs them into `.servers/`, starts them, runs the tests, ends them.
import { join } from "node:path";
import { SERVERS_VARIABLE, writeServers } from "./addresses.ts";
import { installPackages, pythonLack } from "./python_packages.ts";
import { SERVED_MODELS } from "./scripted_models.ts";
import { type ServedModel, serveModel, writeScriptedModel } from "./serve_model.ts";
import { taskFlags } from "./task_flags.ts";

/** Files of tests, in order: those that need seconds first. */
const TEST_FILES = ["openai_host_live.ts", "whole_run_live.ts"];

/** Codes that shells give for these signals. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const root = join(import.meta.dirname ?? ".", "..", "..");
const folder = join(root, ".servers");

async function say(text: string): Promise<void> {
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let sent = 0; sent < bytes.length;) sent += await Deno.stderr.write(bytes.subarray(sent));
}

async function startAll(servers: Map<string, ServedModel>, signal: AbortSignal): Promise<void> {
  const environment = await installPackages(folder, say, signal);
  const models = join(folder, "models");
  await Deno.mkdir(models, { recursive: true });
  for (const plan of SERVED_MODELS) {
    const { says } = plan;
    const file = says === null
      ? environment.smollm2
      : await writeScriptedModel(environment, { ...plan, says }, models, signal);
    const server = await serveModel(environment, plan, file, signal);
    servers.set(plan.name, server);
    await say(`${plan.name} is served at ${server.url}`);
  }
}

async function runTests(servers: ReadonlyMap<string, ServedModel>, signal: AbortSignal): Promise<number> {
  const told = Object.fromEntries([...servers].map(([name, { url, pid }]) => [name, { url, pid }]));
  const flags = (await taskFlags("test", root)).filter((flag) => flag !== "--parallel");
  signal.throwIfAborted();
  // A process group of its own: a signal to it reaches the programs that a test has started, too.
  const tests = new Deno.Command(Deno.execPath(), {
    args: ["test", ...flags, ...Deno.args, ...TEST_FILES.map((name) => join("tests", "servers", name))],
    cwd: root,
    env: { [SERVERS_VARIABLE]: writeServers(told) },
    detached: true,
  }).spawn();
  const end = () => Deno.kill(-tests.pid, "SIGTERM");
  signal.addEventListener("abort", end);
  try {
    return (await tests.status).code;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

async function main(): Promise<number> {
  const stopping = new AbortController();
  let stopped: keyof typeof SIGNAL_CODES | null = null;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(name, () => {
      stopped ??= name;
      stopping.abort(new Error(`${name} came.`));
    });
  }
  const lack = await pythonLack(stopping.signal);
  if (lack !== null) {
    await say(`Not run: the tests against real servers need Python. ${lack}`);
    return 0;
  }
  const servers = new Map<string, ServedModel>();
  try {
    await startAll(servers, stopping.signal);
    const code = await runTests(servers, stopping.signal);
    return stopped === null ? code : SIGNAL_CODES[stopped];
  } catch (error) {
    if (stopped !== null) return SIGNAL_CODES[stopped];
    throw error;
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

Deno.exit(await main());
