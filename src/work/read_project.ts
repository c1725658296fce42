import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../ports/tool.ts";
import type { Entry, FileText } from "../ports/workspace.ts";
import { contentHash } from "./content_hash.ts";
import { bytesAt, placeAt } from "./file_state.ts";
import { resolveProjectPath } from "./project_path.ts";
import { MOST_FILE_BYTES } from "./seen_files.ts";

/**
 * Lists what stands in a folder of a project, in the order of names. What is neither file, folder nor link is left out.
 *
 * @param path path in the project; `.` for the project itself
 * @throws {ToolError} where no folder of the project is there
 */
export function listFolder(root: string, path: string): readonly Entry[] {
  const folder = resolveProjectPath(root, path);
  const { kind } = placeAt(join(root, folder));
  if (kind === "nothing") throw new ToolError(`There is no folder ${path}; list "." to see what there is.`);
  if (kind !== "folder") throw new ToolError(`${path} is a file, not a folder; read it instead.`);
  return readdirSync(join(root, folder)).sort().flatMap((name): Entry[] => {
    const place = placeAt(join(root, folder, name));
    if (place.kind === "nothing" || place.kind === "other") return [];
    return [{
      path: folder === "." ? name : `${folder}/${name}`,
      kind: place.kind === "folder" ? "directory" : place.kind,
      bytes: place.kind === "file" ? Number(place.stat.size) : 0,
    }];
  });
}

/**
 * Reads a text file of a project.
 *
 * @param path path in the project
 * @throws {ToolError} where no file of the project is there, or one that is too large or no text
 */
export function readTextFile(root: string, path: string): FileText {
  const real = resolveProjectPath(root, path);
  const place = join(root, real);
  const found = placeAt(place);
  if (found.kind === "nothing") {
    throw new ToolError(`There is no file ${path}; list_directory shows what there is.`);
  }
  if (found.kind !== "file") throw new ToolError(`${path} is a folder or no plain file; only files can be read.`);
  if (found.stat.size > MOST_FILE_BYTES) {
    throw new ToolError(`${path} has ${found.stat.size} bytes; files over ${MOST_FILE_BYTES} bytes are not read.`);
  }
  const bytes = bytesAt(place, "file");
  const text = textOf(bytes, path);
  const lines = text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { path: real, text, hash: contentHash(bytes), lines };
}

/**
 * Decodes a file that has to be text.
 *
 * @param path what it is called in the error
 * @throws {ToolError} where it is none
 */
export function textOf(bytes: Uint8Array, path: string): string {
  const binary = () => new ToolError(`${path} is no text file; only text can be read.`);
  if (bytes.subarray(0, 8_000).includes(0)) throw binary();
  try {
    // The byte order mark stays, so that writing the text back gives the same bytes.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw binary();
  }
}
