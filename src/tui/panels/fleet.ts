import type { HostLedger } from "../../features/ledger/slice.ts";
import { hostSpeed, worthSlots } from "../../features/ledger/speeds.ts";
import { sayTime } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import type { HostStatus, MachineStatus } from "../../ports/host_status.ts";
import { bar, course, type Line, lineCells, type Look, type Span, span, spread } from "../line.ts";
import type { Panel, Scene } from "../panel.ts";
import { hostCourse } from "../select/course.ts";
import { amount, bytes, type Shown } from "../select/words.ts";
import { oneLine } from "../text.ts";

const HOST_WORDS: Readonly<Record<HostStatus["state"], Shown>> = {
  asking: { sign: "○", word: "asking", style: "dim" },
  up: { sign: "●", word: "up", style: "passed" },
  busy: { sign: "●", word: "busy", style: "warned" },
  down: { sign: "✗", word: "down", style: "failed" },
};

/** The hosts, each with its state, its work and its models, and this machine. */
export const fleet: Panel = {
  id: "fleet",
  key: "f",
  rail: "left",
  room: { share: 0.5, least: 6 },
  title: () => "fleet",
  lines: (scene, { width }) => [
    ...scene.store.hosts().flatMap((host) => hostLines(scene, host, width)),
    // Of a run that is played nobody knows how busy the machine was.
    ...(scene.store.playing === undefined ? [machineLine(scene.store.machine(), width, scene.look)] : []),
  ],
  brief: ({ store }) =>
    store.hosts().flatMap((host, index) => {
      const known = host.state === "up" || host.state === "busy";
      const waiting = host.waiting.length === 0 ? "" : ` +${host.waiting.length}`;
      return [
        span(`${index === 0 ? "" : "  "}${host.name} `, "dim"),
        span(known ? `${host.inFlight.length}/${host.slots}${waiting}` : host.state, known ? "plain" : "failed"),
      ];
    }),
};

/** Share of a row that a host's work may take with how it went: what is longer leaves that out. */
const COURSE_SHARE = 0.6;

const between = (parts: readonly (readonly Span[])[]): Line =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => index === 0 ? part : [span(" · ", "dim"), ...part]);

function hostLines(scene: Scene, host: HostStatus, width: number): Line[] {
  const { look, state: { ledger: { hosts: { [host.name]: ledger = {} } } } } = scene;
  const shown = HOST_WORDS[host.state];
  const flight = `${host.inFlight.length}/${host.slots}${width < 40 ? "" : " in flight"}`;
  const work: Span[][] = [
    [span(flight, host.inFlight.length > 0 ? "works" : "dim")],
    [span(`${host.waiting.length} waiting`, host.waiting.length > 0 ? "warned" : "dim")],
  ];
  const speed = hostSpeed(ledger);
  if (speed !== null) work.push([span(`${amount(speed)} tok/s`)]);
  const name: Line = [
    span(`${shown.sign} `, shown.style),
    span(oneLine(host.name), "strong"),
    span(` ${shown.word}`, shown.style),
  ];
  if (host.state === "asking") return [name];
  if (host.state === "down") return [name, [span("  "), span(oneLine(host.reason), "failed")]];
  const went = course(hostCourse(scene, host.name, host.slots), look);
  const beside = [...between(work), span("  "), ...went];
  const lines: Line[] = width >= 60
    ? [spread(name, lineCells(beside) > width * COURSE_SHARE ? between(work) : beside, width)]
    : [spread(name, went, width), [span("  "), ...between(work)]];
  const worth = worthSlots(host.slots, ledger);
  if (worth < host.slots) {
    lines.push([span(`  ${worth} at once ${worth === 1 ? "is" : "are"} as fast as ${host.slots}`, "dim")]);
  }
  const loads = loadsText(ledger);
  if (loads !== null) lines.push([span(`  ${loads.text}`, loads.unplanned > 0 ? "warned" : "dim")]);
  if (host.loading !== undefined) lines.push([span(`  loads ${host.loading.join(" and ")} ahead`, "dim")]);
  const busy = loadText(host.load);
  if (busy !== "") lines.push([span(`  the server ${busy}`, host.load?.waiting ? "warned" : "dim")]);
  lines.push(...host.resident.map((model) => modelLine(model, width, look)));
  if (host.resident.length === 0) {
    lines.push([span(host.residentUnknown === true ? "  what it holds it does not say" : "  no model loaded", "dim")]);
  }
  return lines;
}

/** What loads of models took there in this run, such as `3 loads took 1 min 20 s, 1 again, 1 unplanned`; null where there were none. */
function loadsText(ledger: HostLedger): { readonly text: string; readonly unplanned: number } | null {
  const sum = (figure: "loads" | "reloads" | "ahead" | "unplanned" | "loadMs") =>
    Object.values(ledger).reduce((all, model) => all + model[figure], 0);
  if (sum("loads") === 0) return null;
  const unplanned = sum("unplanned");
  const parts = [
    `${counted(sum("loads"), "load")} took ${sayTime(sum("loadMs"))}`,
    ...(sum("reloads") === 0 ? [] : [`${sum("reloads")} again`]),
    ...(sum("ahead") === 0 ? [] : [`${sum("ahead")} ahead`]),
    ...(unplanned === 0 ? [] : [`${unplanned} unplanned`]),
  ];
  return { text: parts.join(", "), unplanned };
}

/** How busy the server says that it is, with the requests of others, such as `serves 3, lets 2 wait, has its cache 41% full`. */
function loadText(load: HostStatus["load"]): string {
  const { running = null, waiting = null, cache = null } = load ?? {};
  return [
    ...(running === null ? [] : [`serves ${running}`]),
    ...(waiting === null || waiting === 0 ? [] : [`lets ${waiting} wait`]),
    ...(cache === null ? [] : [`has its cache ${Math.round(cache * 100)}% full`]),
  ].join(", ");
}

function modelLine(model: HostStatus["resident"][number], width: number, look: Look): Line {
  const share = model.bytes === null || model.gpuBytes === null || model.bytes === 0
    ? null
    : model.gpuBytes / model.bytes;
  const size = model.bytes === null ? "" : bytes(model.bytes);
  const place = share === null
    ? ""
    : share >= 0.995
    ? " on GPU"
    : share <= 0.005
    ? " on CPU"
    : ` ${Math.round(share * 100)}% GPU`;
  const right: Line = [
    // A model that is whole on the GPU, as most are, needs no meter that says so.
    ...(share === null || share >= 0.995 || width < 36 ? [] : [...bar(share, 6, look).map(calm), span(" ")]),
    span(size + place, "dim"),
  ];
  return spread([span("  "), span(oneLine(model.name))], right, width);
}

/** A bar where full is not a warning. */
function calm(piece: Span): Span {
  return piece.style === "warned" ? { ...piece, style: "meter" } : piece;
}

function machineLine(machine: MachineStatus, width: number, look: Look): Line {
  const size = width >= 40 ? 6 : 4;
  const cpu = machine.cpu === null
    ? [span("cpu ?", "dim")]
    : [span("cpu ", "dim"), ...bar(machine.cpu, size, look), span(` ${Math.round(machine.cpu * 100)}%`)];
  const share = machine.memoryTotal === 0 ? 0 : machine.memoryUsed / machine.memoryTotal;
  const memory = [span("  memory ", "dim"), ...bar(share, size, look), span(` ${bytes(machine.memoryUsed)}`)];
  if (width < 36) return [span("here ", "dim"), ...cpu];
  return [span(width >= 46 ? "this machine  " : "here ", "dim"), ...cpu, ...memory];
}
