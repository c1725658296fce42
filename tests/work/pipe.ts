import assert from "node:assert/strict";

/** Makes a pipe in the file system: reading it ends when the last process that holds it is gone. */
export function pipeIn(folder: string, name = "pipe"): string {
  const path = `${folder}/${name}`;
  assert.equal(new Deno.Command("mkfifo", { args: [path] }).outputSync().code, 0);
  return path;
}

/** Reads the first line of a pipe; empty when nobody holds it any more. */
export async function lineOf(pipe: Deno.FsFile): Promise<string> {
  const buffer = new Uint8Array(100);
  return new TextDecoder().decode(buffer.subarray(0, await pipe.read(buffer) ?? 0)).trim();
}

/** Waits until a process has written a text into a pipe, which stays open. */
export async function untilWritten(pipe: Deno.FsFile, text: string): Promise<void> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4_096);
  let read = "";
  while (!read.includes(text)) {
    const length = await pipe.read(buffer);
    assert.ok(length !== null, `the pipe was closed without ${text}:\n${read}`);
    read += decoder.decode(buffer.subarray(0, length), { stream: true });
  }
}
