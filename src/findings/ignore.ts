import type { LintFinding } from './finding';

/** `# fitcheck: ignore FC206 FC111`, in the comments of YAML, Python or JSON; without codes it means all. */
const comment = /(?:#|\/\/)\s*fitcheck:\s*ignore(?![-\w])([^#]*)/;
/** `# fitcheck: ignore-file FC206`: the same for the whole file, wherever it stands on a line of its own. */
const fileComment = /^\s*(?:#|\/\/)\s*fitcheck:\s*ignore-file\b([^#\n]*)/gm;

/** The findings that no comment of the file switches off: at the end of a line of theirs, or alone on the line before. */
export function withoutIgnored(findings: readonly LintFinding[], text: string): LintFinding[] {
  if (findings.length === 0 || !/fitcheck:\s*ignore/.test(text)) return [...findings];
  const lines = text.split('\n');
  const ofFile = [...text.matchAll(fileComment)].map(([, codes]) => codes!);
  return findings.filter(({ code, range }) => {
    const before = lines[range.start.line - 1] ?? '';
    const here = [lines[range.start.line] ?? '', lines[range.end.line] ?? ''];
    if (/^\s*(#|\/\/)/.test(before)) here.push(before);
    const ofLine = here.flatMap((line) => comment.exec(line)?.[1] ?? []);
    return ![...ofLine, ...ofFile].some((codes) => names(codes, code));
  });
}

function names(codes: string, code: string): boolean {
  const listed = codes.match(/FC\d+/g);
  return listed === null || listed.includes(code);
}
