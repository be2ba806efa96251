/** What a secret is replaced by wherever it would be shown or kept. */
export const MASK = '•••';

/** More of a value is not looked at, and not shown. */
const LONGEST = 1_000;

/** Names of what nobody else may know. Plain `key` and `tokens` are none: trainings have sorting keys and numbers of tokens. */
const SECRET =
  /(^|_)(api_?keys?|(access|secret|private|encryption|account|auth|wandb|comet|neptune|openai)_key(_id)?|secrets?|passwords?|passwd|pwd|passphrase|credentials?|auth)$|^token$|(^|_)(hf|hub|huggingface|wandb|neptune|github|gitlab|access|auth|api|bearer|refresh|session|secret|login)_token$/;

/** Values that are secrets whatever they are called, by the beginnings that services give to their keys. */
const KEYS =
  /\b(hf_[A-Za-z\d]{20,}|(sk|pk|rk)-[\w-]{20,}|gh[opsu]_[A-Za-z\d]{30,}|github_pat_\w{30,}|glpat-[\w-]{16,}|A[KS]IA[A-Z\d]{16}|xox[abps]-[\w-]{10,}|AIza[\w-]{30,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}(\.[\w-]*)?)/g;
/** `https://user:password@host` */
const USER = /(\w:\/\/[^\s/:@]*):[^\s/@]+@/g;

/** Whether a setting, an option or a variable by this name holds a secret: `--api-key`, `WANDB_API_KEY`, `hub.token`. */
export function isSecret(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  const last = words.split(/[ .:]/).at(-1)!;
  return SECRET.test(last.replace(/^-+/, '').replaceAll('-', '_')) || /login[ .]key$/.test(words);
}

/** A text without the keys of services and the passwords of URLs in it. */
function withoutKeys(text: string): string {
  return text.replace(KEYS, MASK).replace(USER, `$1:${MASK}@`);
}

/** The value of a setting as it may be shown: masked by its name or, in its first thousand characters, by what it is. */
export function publicValue(name: string, value: string): string {
  return isSecret(name) ? MASK : withoutKeys(value.slice(0, LONGEST));
}

/** The words of a command line without the secrets among them: `--token x`, `--token=x`, `API_KEY=x`. */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word, i) => {
    const name = words[i - 1] ?? '';
    if (/^--?[A-Za-z]/.test(name) && !name.includes('=') && isSecret(name) && !/^--?[A-Za-z]/.test(word))
      return MASK;
    const equals = word.indexOf('=');
    if (equals > 0 && isSecret(word.slice(0, equals))) return `${word.slice(0, equals)}=${MASK}`;
    return withoutKeys(word);
  });
}
