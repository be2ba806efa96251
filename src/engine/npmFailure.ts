/** Errors of the network, as Node and npm name them. */
import * as l10n from '@vscode/l10n';
const NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ESOCKETTIMEDOUT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT)\b/;

/** npm, or what stands for it, is not on PATH. */
export function npmMissing(): string {
  return l10n.t(
    'npm was not found. Install Node.js, which brings npm, and start VS Code again so that it is on its PATH.',
  );
}

/**
 * Why an install of tfjs-node failed and what to do, in one or two sentences.
 * @param output all that npm printed
 */
export function failureReason(output: string, code: number | null): string {
  const network = NETWORK.exec(output)?.[1];
  if (code === 127 || code === 9009 || /npm(\.cmd)?'? (is not recognized|.*not found)/i.test(output))
    return npmMissing();
  if (/\bENOSPC\b/.test(output))
    return l10n.t('The disk is full. TensorFlow needs hundreds of MB; make room and try again.');
  if (/\b(EACCES|EPERM)\b/.test(output))
    return l10n.t(
      'Permission denied. A file could not be written: see the log for which, and check its owner and rights.',
    );
  if (/Downloading libtensorflow/.test(output) && !/Building TensorFlow/.test(output))
    return libraryFailure(output, network);
  if (network !== undefined)
    return l10n.t(
      'npm could not reach its registry ({0}): you are offline, or behind a proxy that npm must be told of (npm config set proxy …).',
      network,
    );
  if (/gyp ERR!|node-pre-gyp install failed/.test(output))
    return l10n.t(
      'There is no ready-made binding for this machine, and building one failed: that takes Python and a C++ compiler. See the log.',
    );
  const line = lastError(output);
  return line === null
    ? l10n.t('npm ended with exit code {0}. See the log.', String(code))
    : l10n.t('npm says: {0}', line);
}

/** The package's own script fetches libtensorflow from another host than npm's registry. */
function libraryFailure(output: string, network: string | undefined): string {
  const host = /https?:\/\/([^/\s]+)\/\S*libtensorflow/.exec(output)?.[1] ?? l10n.t('its host');
  return l10n.t(
    "npm's packages came, but TensorFlow itself could not be downloaded from {0}: that host is blocked here, or you are offline. Set HTTPS_PROXY for a proxy, or TFJS_NODE_CDN_STORAGE to a mirror, and start VS Code again.",
    network === undefined ? host : l10n.t('{0} ({1})', host, network),
  );
}

/** The last line of npm's error that says something: not where the log is, not the bare code. */
function lastError(output: string): string | null {
  const lines = [...output.matchAll(/^npm (?:error|ERR!) (.+)$/gm)].map(([, text]) => text!.trim());
  const telling = lines.filter(
    (line) => !/^(code|errno|syscall|path|command|A complete log)\b/.test(line) && line !== '',
  );
  return telling.at(-1) ?? null;
}
