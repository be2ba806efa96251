import { readdirSync, readFileSync } from 'node:fs';

const folder = 'docs/remedies';

/** A block of Python on a page, under the comment that says what it is of: `<!-- run: torch -->`. */
export interface PageBlock {
  /** Page, framework and, from the second of a framework on, its number: `dropout torch`, `rms-norm torch 2`. */
  name: string;
  framework: string;
  /** Of a framework that tests have: run; else compiled only. */
  run: boolean;
  code: string;
}

/** All Python on the pages. @throws Error for a block without the comment */
export function pageBlocks(): PageBlock[] {
  return readdirSync(folder).flatMap((file) => {
    const page = file.replace('.md', '');
    const seen = new Map<string, number>();
    const blocks = readFileSync(`${folder}/${file}`, 'utf8').matchAll(
      /(?:<!-- (run|compile): ([\w ]+) -->\n)?```python\n([^]*?)```/g,
    );
    return [...blocks].map(([, how, framework, code]) => {
      if (framework === undefined) throw new Error(`${file}: a block of Python without a comment before it`);
      const number = (seen.get(framework) ?? 0) + 1;
      seen.set(framework, number);
      const name = [page, framework, ...(number > 1 ? [number] : [])].join(' ');
      return { name, framework: framework.split(' ')[0]!, run: how === 'run', code: code! };
    });
  });
}
