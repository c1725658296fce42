import assert from "node:assert/strict";
import { isSecretPath } from "../../src/languages/secret_path.ts";

Deno.test("environments, private keys and credentials are told by their paths", () => {
  for (
    const path
      of `.env .env.local .env-prod .envrc src/.env .ENV ./a/.env.production .env.example.local id_rsa keys/id_ed25519 id_ecdsa a.pem a.KEY
      deep/b.p12 c.pfx d.keystore e.jks .netrc _netrc .npmrc .pypirc .git-credentials credentials.json credentials-prod.json
      .aws/config .aws/credentials home/.ssh/config .ssh/known_hosts /home/person/.ssh/id_rsa.pub a\\.env`.split(/\s+/)
  ) assert.ok(isSecretPath(path), path);
});

Deno.test("samples of them, public keys, sources and documents are none", () => {
  for (
    const path
      of `.env.example .env.sample .env.template .env.local.example src/.env-sample environment.ts env.ts src/env/a.ts id_rsa.pub id_rsa.ts
      keys.ts a.pem.md monkey turkey.ts credentials.ts my_credentials.json README.md .gitignore aws/config ssh/a.ts src/a.ts .`
        .split(/\s+/)
  ) assert.ok(!isSecretPath(path), path);
});
