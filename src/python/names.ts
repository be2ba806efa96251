/** Whether a file's name makes it a training script that could be linted. */
export function isScriptName(path: string): boolean {
  return /\.pyw?$/i.test(path);
}
