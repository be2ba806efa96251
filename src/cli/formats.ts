import { formats } from '../formats/registry';

/** `fitcheck formats`: what is read, by id. */
export function formatsCommand(): Promise<number> {
  const width = Math.max(...formats.map(({ id }) => id.length));
  for (const { id, title } of formats) process.stdout.write(`${id.padEnd(width)}  ${title}\n`);
  return Promise.resolve(0);
}
