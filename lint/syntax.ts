type Node = Deno.lint.Node;

/** A visitor that is told each import of a file, also of types alone and at run time, where its specifier is written out. */
export function importVisitor(tell: (node: Node, specifier: string) => void): Deno.lint.LintVisitor {
  return {
    ImportDeclaration: (node) => tell(node, node.source.value),
    ExportNamedDeclaration: (node) => node.source && tell(node, node.source.value),
    ExportAllDeclaration: (node) => tell(node, node.source.value),
    ImportExpression(node) {
      const specifier = textOf(node.source);
      if (specifier !== null) tell(node, specifier);
    },
    TSImportType(node) {
      const specifier = node.argument.type === "TSLiteralType" ? textOf(node.argument.literal) : null;
      if (specifier !== null) tell(node, specifier);
    },
  };
}

/** Name of a function: its own, or that of what it is given to. */
export function functionName(
  node: Deno.lint.FunctionDeclaration | Deno.lint.FunctionExpression | Deno.lint.ArrowFunctionExpression,
): string {
  if (node.type !== "ArrowFunctionExpression" && node.id !== null) return node.id.name;
  return given(node.parent) ?? "anonymous";
}

/** What a node stands in, from the inside to the outside: `new NAME`, `call NAME`, `key NAME`, `const NAME`, `function NAME`. */
export function placesOf(node: Node): readonly string[] {
  const places: string[] = [];
  for (let outer = parentOf(node); outer !== null; outer = parentOf(outer)) {
    const place = placeOf(outer);
    if (place !== null) places.push(place);
  }
  return places;
}

/**
 * Says whether a text stands where a tool's name can stand: in a list of texts, or beside something that is called a name.
 *
 * @returns the texts of the list, or the text alone; null where it stands elsewhere
 */
export function listOf(node: Deno.lint.StringLiteral | Deno.lint.TemplateLiteral): readonly string[] | null {
  const text = textOf(node);
  const parent = parentOf(node);
  if (text === null || parent === null) return null;
  if (parent.type === "ArrayExpression") return parent.elements.map((one) => textOf(one) ?? "");
  if (parent.type === "BinaryExpression") {
    const other = parent.left === node ? parent.right : parent.left;
    return /^(?:name|tool)$/.test(lastName(other) ?? "") ? [text] : null;
  }
  return parent.type === "Property" && /^(?:name|tool)$/.test(lastName(parent.key) ?? "") ? [text] : null;
}

/** The name of the tool that a call of `defineTool` makes; null for any other call. */
export function toolName(node: Deno.lint.CallExpression): string | null {
  const [shape] = node.arguments;
  if (lastName(node.callee) !== "defineTool" || shape?.type !== "ObjectExpression") return null;
  for (const property of shape.properties) {
    if (property.type === "Property" && lastName(property.key) === "name") return textOf(property.value);
  }
  return null;
}

function placeOf(node: Node): string | null {
  const name = given(node);
  switch (node.type) {
    case "NewExpression":
      return `new ${name}`;
    case "CallExpression":
      return `call ${name}`;
    case "Property":
      return `key ${name}`;
    case "VariableDeclarator":
      return `const ${name}`;
    case "FunctionDeclaration":
    case "MethodDefinition":
      return `function ${name}`;
    default:
      return null;
  }
}

/** The name that a node gives to what it holds. */
function given(node: Node): string | null {
  switch (node.type) {
    case "NewExpression":
    case "CallExpression":
      return lastName(node.callee);
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return lastName(node.key);
    case "VariableDeclarator":
    case "FunctionDeclaration":
      return node.id === null ? null : lastName(node.id);
    case "AssignmentExpression":
      return lastName(node.left);
    default:
      return null;
  }
}

/** The last name of `a.b.name`, or a key as it is written. */
function lastName(node: Node): string | null {
  if (node.type === "Identifier" || node.type === "PrivateIdentifier") return node.name;
  if (node.type === "Super") return "super";
  if (node.type === "MemberExpression") return lastName(node.property);
  return textOf(node);
}

function textOf(node: Node | null): string | null {
  if (node?.type === "TemplateLiteral") return node.expressions.length === 0 ? node.quasis[0]?.cooked ?? null : null;
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : null;
}

/** What a node stands in; null for the whole program. */
function parentOf(node: Node): Node | null {
  return (node as { readonly parent?: Node | null }).parent ?? null;
}
