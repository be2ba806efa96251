import { HumanError } from '../runs/humanError';
import { diagnoseCommand } from './diagnose';
import { doctorCommand } from './doctor';
import { fixCommand } from './fix';
import { formatsCommand } from './formats';
import { lintCommand } from './lint';
import { usage, UsageError } from './usage';
import { watchCommand } from './watch';
import packageJson from '../../package.json';

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  diagnose: diagnoseCommand,
  watch: watchCommand,
  lint: lintCommand,
  fix: fixCommand,
  formats: formatsCommand,
  doctor: doctorCommand,
};

/** Runs one command line. @returns the exit code */
export async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${packageJson.version}\n`);
    return 0;
  }
  if (
    name === undefined ||
    name === '--help' ||
    name === '-h' ||
    name === 'help' ||
    rest.includes('--help')
  ) {
    (name === undefined ? process.stderr : process.stdout).write(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new UsageError(`no command "${name}"; "fitcheck --help" lists them`);
    return await command(rest);
  } catch (error) {
    const wrongArgument = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
    if (!(error instanceof UsageError || error instanceof HumanError || wrongArgument)) throw error;
    process.stderr.write(`fitcheck: ${oneLine((error as Error).message)}\n`);
    return 2;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
