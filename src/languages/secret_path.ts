/** Folders of keys and of access to other machines. */
const FOLDERS: ReadonlySet<string> = new Set([".aws", ".ssh", ".gnupg", ".kube", ".docker"]);
/** Names of files that hold what gives access: environments, private keys, credentials of package registries, hosts and clouds. */
const NAMES: readonly RegExp[] = [
  /^\.env/,
  /\.env$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /\.(?:pem|key|p12|pfx|keystore|jks)$/,
  // Whether there is a token in it is known only once it is read.
  /^[._]netrc$|^\.npmrc$|^\.pypirc$|^\.git-credentials$/,
  /^credentials(?:.*\.json)?$|^service[_-]?account.*\.json$|^secrets?\.(?:json|ya?ml|toml)$/,
  /\.tfvars$|\.tfstate(?:\.backup)?$|^\.pgpass$|^\.my\.cnf$|^\.vault-token$|\.ppk$/,
];
/** Names of files that only show how one of them is written. */
const SAMPLE = /^\.env.*[._-](?:example|sample|template)$/;

/**
 * Tells by its path whether a file may hold secrets: what stands in such a file goes to no model without a person's yes.
 *
 * @param path file, relative to the project or absolute, with `/` or `\` between its parts
 * @returns true for environments, private keys and credentials; false for samples of them
 */
export function isSecretPath(path: string): boolean {
  const parts = path.toLowerCase().split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  const name = parts.at(-1) ?? "";
  if (SAMPLE.test(name)) return false;
  return parts.some((part) => FOLDERS.has(part)) || NAMES.some((one) => one.test(name));
}
