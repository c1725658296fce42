/** What is wrong with a connection. */
export interface ConnectionFault {
  /** In few words, such as `connection refused`. */
  readonly found: string;
  /** What to do, where that is more than to start the server or to correct its address. */
  readonly advice?: string;
}

/** How a certificate is made that names its machine and signs no other ones. */
const MAKE_ONE = "`openssl req -x509 -newkey rsa:2048 -nodes -days 825 -keyout key.pem -out cert.pem -subj /CN=HOST " +
  "-addext subjectAltName=DNS:HOST -addext basicConstraints=critical,CA:FALSE`";

/** What TLS says, with what it means and what to do; the first that fits. */
const CERTIFICATES: readonly (readonly [said: RegExp, found: string, advice: string])[] = [
  [
    /UnknownIssuer|self.?signed|unable to get (local )?issuer/i,
    "its certificate is signed by nobody that is known here; it may be self-signed",
    "Name the file of its certificate, or of the one that signed it, as `ca` of this host in the configuration.",
  ],
  [
    /CaUsedAsEndEntity/,
    "its certificate is self-signed and made to sign other ones, which no server's may be",
    `Give the server one that signs no others (${MAKE_ONE}), and name its file as \`ca\` of this host in the configuration.`,
  ],
  [
    /not valid for name|NotValidForName/,
    "its certificate is for another name",
    "Use the name in the address that the certificate is for, or give the server one for this name.",
  ],
  [/expired/i, "its certificate has expired", "Give the server a new certificate."],
  [/NotValidYet/i, "its certificate is not valid yet", "Compare the clocks of both machines."],
  [
    /invalid peer certificate|BadEncoding|UnsupportedCertVersion|certificate/i,
    "its certificate is not accepted",
    "Give the server another certificate, and name its file as `ca` of this host in the configuration.",
  ],
  [
    /InvalidContentType|corrupt message|wrong version number|NotHandshake/i,
    "it does not speak TLS",
    "Write http:// in place of https:// in its address.",
  ],
];

/**
 * Says in few words what Deno says of a connection at length.
 *
 * @param text Deno's words
 */
export function connectionFault(text: string): ConnectionFault {
  const told = text.replace(/^error sending request( for url \(\S*\))?: /, "").replace(/^client error \(\w+\): /, "");
  if (/^dns error/.test(told)) return { found: "no machine has this name" };
  const certificate = CERTIFICATES.find(([said]) => said.test(told));
  if (certificate !== undefined) {
    const [, found, advice] = certificate;
    const names = /(?:only valid for|expired at) (.{1,200}?)$/i.exec(told)?.[0];
    return {
      found: names === undefined ? found : `${found} (${names.replace(/DnsName\("([^"]*)"\)/g, "$1")})`,
      advice,
    };
  }
  const short = told.replace(/^(tcp connect error|connection error): /, "").replace(/ ?\(os error \d+\)/g, "");
  const inner = short.replace(/\.$/, "");
  return { found: inner === "" ? "no connection" : `${inner.charAt(0).toLowerCase()}${inner.slice(1)}` };
}
