import { watch } from 'chokidar';

/** Network mounts (NFS, SMB, sshfs) give no events or wrong ones: every file is looked at this often as well (ms). */
const SLOW_POLL = 1_000;

/** Calls `onChange` when one of the files may have changed, and about once a second anyway. Returns how to stop. */
export function watchFiles(paths: readonly string[], onChange: () => void): () => void {
  const watcher = watch([...paths], { ignoreInitial: true });
  watcher.on('all', onChange);
  // A watcher that fails (too many watches, odd file system) leaves the poll, which always works.
  watcher.on('error', () => undefined);
  const timer = setInterval(onChange, SLOW_POLL);
  return () => {
    clearInterval(timer);
    void watcher.close();
  };
}
