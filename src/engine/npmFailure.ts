/** Errors of the network, as Node and npm name them. */
const NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ESOCKETTIMEDOUT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT)\b/;

/** npm, or what stands for it, is not on PATH. */
export const npmMissing =
  'npm was not found. Install Node.js, which brings npm, and start VS Code again so that it is on its PATH.';

/**
 * Why an install of tfjs-node failed and what to do, in one or two sentences.
 * @param output all that npm printed
 */
export function failureReason(output: string, code: number | null): string {
  const network = NETWORK.exec(output)?.[1];
  if (code === 127 || code === 9009 || /npm(\.cmd)?'? (is not recognized|.*not found)/i.test(output))
    return npmMissing;
  if (/\bENOSPC\b/.test(output))
    return 'The disk is full. TensorFlow needs hundreds of MB; make room and try again.';
  if (/\b(EACCES|EPERM)\b/.test(output))
    return 'Permission denied. A file could not be written: see the log for which, and check its owner and rights.';
  if (/Downloading libtensorflow/.test(output) && !/Building TensorFlow/.test(output))
    return libraryFailure(output, network);
  if (network !== undefined)
    return `npm could not reach its registry (${network}): you are offline, or behind a proxy that npm must be told of (npm config set proxy …).`;
  if (/gyp ERR!|node-pre-gyp install failed/.test(output))
    return 'There is no ready-made binding for this machine, and building one failed: that takes Python and a C++ compiler. See the log.';
  const line = lastError(output);
  return line === null ? `npm ended with exit code ${code}. See the log.` : `npm says: ${line}`;
}

/** The package's own script fetches libtensorflow from another host than npm's registry. */
function libraryFailure(output: string, network: string | undefined): string {
  const host = /https?:\/\/([^/\s]+)\/\S*libtensorflow/.exec(output)?.[1] ?? 'its host';
  const why = network === undefined ? '' : ` (${network})`;
  return `npm's packages came, but TensorFlow itself could not be downloaded from ${host}${why}: that host is blocked here, or you are offline. Set HTTPS_PROXY for a proxy, or TFJS_NODE_CDN_STORAGE to a mirror, and start VS Code again.`;
}

/** The last line of npm's error that says something: not where the log is, not the bare code. */
function lastError(output: string): string | null {
  const lines = [...output.matchAll(/^npm (?:error|ERR!) (.+)$/gm)].map(([, text]) => text!.trim());
  const telling = lines.filter(
    (line) => !/^(code|errno|syscall|path|command|A complete log)\b/.test(line) && line !== '',
  );
  return telling.at(-1) ?? null;
}
