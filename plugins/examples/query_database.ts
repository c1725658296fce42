import { realpathSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { definePlugin, defineTool, ToolError } from "autonomy";

/** Most rows of a result. */
const MOST_ROWS = 50;

const queryDatabase = defineTool({
  name: "query_database",
  describes: "Asks an SQLite database of the project one question in SQL and shows the rows. It changes nothing.",
  input: z.object({
    path: z.string().describe("The database, relative to the project."),
    sql: z.string().describe("One SELECT, such as SELECT name, sql FROM sqlite_schema."),
  }),
  access: "reads",
  // SQLite opens the file by itself, past the workspace: it is granted to read the project.
  permissions: { read: ["."] },
  run({ path, sql }, { workspace: { root } }) {
    if (!/^\s*(?:select|with|values)\b/i.test(sql)) {
      throw new ToolError("Only SELECT is possible here. To see what there is: SELECT name, sql FROM sqlite_schema.");
    }
    const file = inside(root, path);
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(file, { readOnly: true });
      // Within a SELECT of our own nothing else than a SELECT can stand, and no more rows are read than are shown.
      const rows = database.prepare(`SELECT * FROM (${sql.replace(/;\s*$/, "")}\n) LIMIT ${MOST_ROWS + 1}`).all();
      if (rows.length > MOST_ROWS) return `${table(rows.slice(0, -1))}\n(the first ${MOST_ROWS} rows; ask for fewer)`;
      return rows.length === 0 ? "No row." : table(rows);
    } catch (cause) {
      throw new ToolError(`${path} gave no rows: ${cause instanceof Error ? cause.message : cause}`);
    } finally {
      database?.close();
    }
  },
});

function inside(root: string, path: string): string {
  let file: string;
  try {
    file = realpathSync(join(root, path));
  } catch {
    throw new ToolError(`There is no file ${path} in the project.`);
  }
  if (!file.startsWith(`${realpathSync(root)}/`)) throw new ToolError(`${path} is not in the project.`);
  return file;
}

function table(rows: readonly unknown[]): string {
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

/** A tool that reads databases. */
export default definePlugin({ name: "query_database", tools: [queryDatabase] });
