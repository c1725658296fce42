import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { routeTo } from "../../src/fleet/host_route.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { testsInOwnProcess } from "../run/fixtures/own_process.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const alone = testsInOwnProcess(import.meta.url);
const never = new AbortController().signal;
const certificate = (name: string) => fileURLToPath(new URL(`../wire/certificates/${name}`, import.meta.url));

/** Does something while variables name proxies, and leaves the environment as it was. */
async function withProxies(
  variables: Readonly<Record<string, string>>,
  use: () => Promise<void> | void,
): Promise<void> {
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
  const kept = names.map((name) => [name, Deno.env.get(name)] as const);
  try {
    for (const name of names) Deno.env.delete(name);
    for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
    await use();
  } finally {
    for (const [name, value] of kept) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
}

for (const variable of ["HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"]) {
  alone({
    name: `a host on this machine is asked directly, whatever ${variable} names`,
    fn: () =>
      withProxies(
        { [variable]: "http://127.0.0.1:9" },
        () =>
          withServer(() => Response.json({ data: [{ id: "m" }] }), async (url) => {
            for (const address of [url, url.replace("127.0.0.1", "localhost")]) {
              const host = openaiHost(address);
              assert.deepEqual((await host.survey(never)).models.map(({ name }) => name), ["m"]);
              host.close();
            }
            assert.equal(Deno.env.get(variable), "http://127.0.0.1:9", "the environment is as it was");
          }),
      ),
  });
}

/** Hosts, and whether a proxy of the environment stands between. */
const THROUGH: readonly (readonly [url: string, through: boolean])[] = [
  ["http://127.0.0.1:11434", false],
  ["http://127.8.9.1", false],
  ["http://[::1]:8080", false],
  ["http://localhost:1", false],
  ["http://10.1.2.3:8000", false],
  ["http://192.168.178.20", false],
  ["https://172.20.0.4", false],
  ["http://172.32.0.4", true],
  ["http://100.100.1.1", false],
  ["http://[fd12:3456::1]:80", false],
  ["http://[2001:db8::1]", true],
  ["http://gpu-box:8000", false],
  ["http://gpu.local", false],
  ["http://llm.lab.example", false],
  ["https://api.example.org/v1", true],
  ["http://93.184.216.34", true],
];

alone({
  name:
    "a proxy is named where it stands between: never before private addresses, and not where NO_PROXY exempts a host",
  fn: () =>
    withProxies(
      { HTTP_PROXY: "http://me:s3cret@proxy:3128", https_proxy: "http://other:3128", NO_PROXY: "lab.example, .else" },
      () => {
        for (const [url, isThrough] of THROUGH) {
          const route = routeTo(url);
          const named = url.startsWith("https")
            ? "http://other:3128 (https_proxy)"
            : "http://…@proxy:3128 (HTTP_PROXY)";
          assert.equal(route.through, isThrough ? ` through the proxy ${named}` : "", url);
          route.close();
        }
      },
    ),
});

alone({
  name: "what a proxy answers, or that it does not, is told with its name",
  fn: () =>
    withProxies({ HTTP_PROXY: "http://127.0.0.1:9" }, async () => {
      const host = ollamaHost("http://192.0.2.1");
      const failure = await failureOf(
        host.chat(chatRequest({ bounds: { firstTokenMs: 50, idleMs: 50, totalMs: 50 } }), never),
      );
      assert.match(
        failure.message,
        /on http:\/\/192\.0\.2\.1 through the proxy http:\/\/127\.0\.0\.1:9 \(HTTP_PROXY\)/,
      );
      host.close();
    }),
});

/** Certificates of servers, what is named as `ca`, and what comes of it. */
const CERTIFICATES: readonly (readonly [server: string, ca: string | undefined, found: RegExp | null])[] = [
  ["self_signed", undefined, /signed by nobody that is known here; it may be self-signed\. Name the file .* as `ca`/],
  ["self_signed", "self_signed.pem", null],
  ["signed", "lab_authority.pem", null],
  ["signed", "self_signed.pem", /signed by nobody that is known here/],
  ["signs_others", "signs_others.pem", /made to sign other ones.*openssl req/],
  ["other_name", "other_name.pem", /for another name \(only valid for other\.example\)/],
  ["expired", "expired.pem", /has expired/],
  ["self_signed", "no_such.pem", /The certificates for https:.* should stand in .*no_such\.pem, which cannot be read/],
  ["self_signed", "self_signed.key", /holds no certificate; wanted: a PEM file/],
];

for (const [server, ca, found] of CERTIFICATES) {
  Deno.test(`a certificate that is ${server.replaceAll("_", " ")}, with ${ca ?? "nothing"} named for it, ${found === null ? "is accepted" : "is refused with what to do"}`, async () => {
    const [cert, key] = await Promise.all(
      ["pem", "key"].map((kind) => Deno.readTextFile(certificate(`${server}.${kind}`))),
    );
    const listening = { port: 0, hostname: "127.0.0.1", cert: cert!, key: key!, onListen: () => {} };
    const serving = Deno.serve(listening, () => Response.json({ data: [{ id: "m" }] }));
    const host = openaiHost(`https://localhost:${serving.addr.port}`, ca === undefined ? {} : { ca: certificate(ca) });
    if (found === null) assert.equal((await host.survey(never)).models.length, 1);
    else {
      const failure = await failureOf(host.survey(never));
      assert.match(failure.message, found);
      assert.doesNotMatch(failure.message, /Start the server/);
    }
    host.close();
    await serving.shutdown();
  });
}

Deno.test("https to a server without TLS says so", () =>
  withServer(() => new Response(""), async (url) => {
    const host = openaiHost(url.replace("http:", "https:"));
    assert.match((await failureOf(host.survey(never))).message, /does not speak TLS\. Write http:\/\//);
    host.close();
  }));
