import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** What holds keys and passwords, relative to a home folder: empty inside. */
const CREDENTIALS: readonly string[] = [
  ".ssh",
  ".gnupg",
  ".aws",
  ".azure",
  ".config/gcloud",
  ".config/gh",
  ".config/glab-cli",
  ".config/hub",
  ".config/doctl",
  ".config/op",
  ".config/sops",
  ".config/rclone",
  ".config/git/credentials",
  ".config/containers/auth.json",
  ".oci",
  ".kube",
  ".docker",
  ".colima",
  ".lima",
  ".minikube",
  ".vault-token",
  ".terraform.d/credentials.tfrc.json",
  ".netrc",
  ".authinfo",
  ".authinfo.gpg",
  ".git-credentials",
  ".pypirc",
  ".gem/credentials",
  ".composer/auth.json",
  ".config/composer/auth.json",
  ".m2/settings-security.xml",
  ".cargo/credentials",
  ".cargo/credentials.toml",
  ".pgpass",
  ".my.cnf",
  ".password-store",
  ".local/share/keyrings",
  ".local/share/kwalletd",
  ".config/Bitwarden",
  ".config/Bitwarden CLI",
  ".config/1Password",
  ".config/keepassxc",
  ".mozilla",
  ".thunderbird",
  ".config/google-chrome",
  ".config/chromium",
  ".config/BraveSoftware",
  ".config/microsoft-edge",
  ".config/vivaldi",
  ".config/opera",
  "snap/firefox",
  "snap/chromium",
  ".var/app",
  ".claude",
  ".codex",
  ".gemini",
  ".config/github-copilot",
  ".config/openai",
  ".cache/huggingface/token",
  ".huggingface/token",
  ".local/share/containers",
  "Library/Keychains",
  "Library/Cookies",
  "Library/Application Support/Google/Chrome",
  "Library/Application Support/Firefox",
  "Library/Application Support/com.docker.docker",
  ".bash_history",
  ".zsh_history",
  ".python_history",
  ".node_repl_history",
  ".psql_history",
  ".mysql_history",
];

/** Settings of tools, relative to a home folder, that may hold a password among others: empty inside only where they do. */
const SETTINGS: readonly string[] = [
  ".npmrc",
  ".yarnrc.yml",
  ".m2/settings.xml",
  ".gradle/gradle.properties",
  ".nuget/NuGet/NuGet.Config",
  ".config/pip/pip.conf",
  ".pip/pip.conf",
  ".terraformrc",
];

/** What shows that a file of settings holds a password. */
const HOLDS_SECRET = /token|passw|secret|_auth\b|:\/\/[^\s/:@]+:[^\s/@]+@/i;

/** Folders of sockets of services that act for whoever may write to them; empty inside. `/run` and `/tmp` are others'. */
export const SOCKETS: readonly string[] = [
  "/var/run",
  "/var/snap/lxd/common",
  "/var/lib/lxd",
  "/var/lib/incus",
  "/var/spool/cron",
  "/private/var/run",
];

/** Variables that lead to a service or a person's screen outside. */
const LEADS_OUT =
  /^(?:SSH_AUTH_SOCK|SSH_AGENT_PID|SSH_CONNECTION|SSH_CLIENT|SSH_TTY|DBUS_.*|DOCKER_.*|CONTAINER_HOST|PODMAN_.*|KUBECONFIG|XDG_RUNTIME_DIR|DISPLAY|WAYLAND_.*|XAUTHORITY|ICEAUTHORITY|GPG_AGENT_INFO|GPG_TTY|GNOME_KEYRING_.*|SESSION_MANAGER|TMUX.*|STY|PULSE_SERVER|SWAYSOCK|I3SOCK|NVIM.*|VSCODE_.*|ELECTRON_RUN_AS_NODE|GIT_ASKPASS|SSH_ASKPASS|SUDO_ASKPASS|LISTEN_FDS|LISTEN_PID|NOTIFY_SOCKET)$/;

/** Variables in which secrets stand. */
const SECRET =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|ACCESS_KEY_ID|SECRET_KEY|PRIVATE_KEY|CREDENTIALS?)$|^AWS_(?:PROFILE|SESSION_.*)$|^PGPASS/i;

/** Whether a variable of our environment is kept from commands that run enclosed. */
export function isKeptBack(name: string): boolean {
  return LEADS_OUT.test(name) || SECRET.test(name);
}

/**
 * Finds where keys and passwords lie.
 *
 * @param homes home folders, some of which may not be known
 * @returns absolute paths; some lead to nothing
 */
export function credentialsOf(homes: readonly (string | undefined)[]): readonly string[] {
  const known = [...new Set(homes)].filter((home) => home !== undefined && isAbsolute(home)) as string[];
  return known.flatMap((home) => [
    ...CREDENTIALS.map((path) => join(home, path)),
    ...SETTINGS.map((path) => join(home, path)).filter(holdsSecret),
  ]);
}

function holdsSecret(path: string): boolean {
  try {
    return HOLDS_SECRET.test(readFileSync(path, "utf8"));
  } catch {
    return false; // There is none, or nobody like us can read it.
  }
}
