import exceptions from "./exceptions.json" with { type: "json" };
import { grouped } from "./finding.ts";
import { importFault, isPure } from "./layers.ts";
import { type FileMeasure, measuring } from "./measure.ts";
import { fileFindings } from "./rules.ts";
import { importVisitor } from "./syntax.ts";

const ROOT = new URL("..", import.meta.url).pathname;

/** Globals that make a function impure. */
const IMPURE = new Set([
  "Deno",
  "fetch",
  "setTimeout",
  "setInterval",
  "crypto",
  "performance",
  "process",
  "console",
  "queueMicrotask",
]);

/** The layers, the purity of the pure ones and what one file shows of the other rules of the house, as a plugin of `deno lint`. */
const plugin: Deno.lint.Plugin = {
  name: "autonomy",
  rules: {
    layers: {
      create(context) {
        return importVisitor((node, specifier) => {
          const fault = importFault(pathOf(context), specifier);
          if (fault !== null) context.report({ node, message: fault });
        });
      },
    },
    pure: {
      create: (context) => isPure(pathOf(context)) ? refuseImpure(context) : {},
    },
    house: {
      create(context) {
        return measuring(pathOf(context), context.sourceCode, (file) => report(context, file));
      },
    },
  },
};

/** Tells the whole measure of a file, as JSON in place of a message; `house.ts` reads it. */
export const measurePlugin: Deno.lint.Plugin = {
  name: "measure",
  rules: {
    file: {
      create(context) {
        return measuring(
          pathOf(context),
          context.sourceCode,
          (file) => context.report({ range: [0, 0], message: JSON.stringify(file) }),
        );
      },
    },
  },
};

function report(context: Deno.lint.RuleContext, file: FileMeasure): void {
  const lines = context.sourceCode.text.split("\n");
  for (const { found, known, findings } of grouped(fileFindings(file), exceptions)) {
    if (found <= known) continue;
    for (const { line, says } of findings) {
      const from = lines.slice(0, Math.max(0, line - 1)).reduce((sum, text) => sum + text.length + 1, 0);
      context.report({ range: [from, from], message: says });
    }
  }
}

function pathOf({ filename }: Deno.lint.RuleContext): string {
  return filename.startsWith(ROOT) ? filename.slice(ROOT.length) : filename;
}

function refuseImpure(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const refuse = (node: Deno.lint.Node, what: string) =>
    context.report({ node, message: `${what}: this layer takes data and returns data.` });
  return {
    AwaitExpression: (node) => refuse(node, "await"),
    ForOfStatement: (node) => node.await && refuse(node, "for await"),
    Identifier(node) {
      if (IMPURE.has(node.name) && isGlobalUse(node)) refuse(node, node.name);
    },
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      const name = `${node.object.name}.${node.property.name}`;
      if (name === "Date.now" || name === "Math.random") refuse(node, name);
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) {
        refuse(node, "new Date()");
      }
    },
  };
}

/** A name in place of a value, not a property or a key of the same name. */
function isGlobalUse(node: Deno.lint.Identifier): boolean {
  const parent = node.parent as Deno.lint.Node | undefined;
  if (parent === undefined) return true;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "Property") return parent.value === node && parent.key !== node;
  return parent.type === "CallExpression" || parent.type === "NewExpression" || parent.type === "VariableDeclarator";
}

export default plugin;
