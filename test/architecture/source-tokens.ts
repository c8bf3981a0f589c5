// A small scanner for TypeScript sources: identifiers, strings and punctuation, without comments and regular expressions.
// It knows no grammar; it only has to tell code from text, so that rules about names and imports look at code alone.

export interface Token {
  readonly kind: 'name' | 'string' | 'mark';
  /** The identifier, the content of the string (templates with `${}` cut out), or one character. */
  readonly text: string;
  readonly line: number;
}

/** After these a slash begins a regular expression; after other names, `)` and `]` it divides. */
const BEFORE_REGEX = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'await',
]);

/** Tokens of one source in order. */
export function tokensOf(source: string): Token[] {
  const scan = new Scan(source);
  while (scan.step()) {
    // Each step takes at least one character.
  }
  return scan.tokens;
}

class Scan {
  readonly tokens: Token[] = [];
  readonly #source: string;
  #at = 0;
  #line = 1;
  /** For each open template: how many `{` are open inside its `${`. */
  readonly #templates: number[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  step(): boolean {
    const rest = this.#source.slice(this.#at, this.#at + 2);
    const character = rest[0];
    if (character === undefined) return false;
    if (/\s/.test(character)) this.#take(/\s+/y);
    else if (rest === '//' || (rest === '#!' && this.#at === 0)) this.#take(/[^\n]*/y);
    else if (rest === '/*') this.#take(/\/\*[\s\S]*?(?:\*\/|$)/y);
    else if (character === "'" || character === '"') this.#string(character);
    else if (character === '`') this.#template();
    else if (character === '/' && this.#regexMayBegin())
      this.#take(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y);
    else if (/[\p{ID_Start}$_#]/u.test(character))
      this.#push('name', this.#take(/#?[\p{ID_Continue}$\u200c\u200d]+|#/uy));
    else if (/[0-9]/.test(character)) this.#push('mark', this.#take(/[0-9][\w.]*/y));
    else this.#mark(character);
    return true;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#source)?.[0] || (this.#source[this.#at] ?? '');
    this.#at += text.length;
    this.#line += text.split('\n').length - 1;
    return text;
  }

  #push(kind: Token['kind'], text: string): void {
    this.tokens.push({ kind, text, line: this.#line });
  }

  #string(quote: string): void {
    const text = this.#take(quote === "'" ? /'(?:\\[\s\S]|[^'\\\n])*'?/y : /"(?:\\[\s\S]|[^"\\\n])*"?/y);
    this.#push('string', text.slice(1, -1));
  }

  /** From a backtick, or from the `}` that ends a `${}`, to the next `${` or the closing backtick. */
  #template(): void {
    const text = this.#take(/[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)?/y);
    this.#push('string', text.slice(1).replace(/(?:`|\$\{)$/, ''));
    if (text.endsWith('${')) this.#templates.push(0);
  }

  #mark(character: string): void {
    const open = this.#templates.at(-1);
    if (open !== undefined && character === '{') this.#templates[this.#templates.length - 1] = open + 1;
    if (open !== undefined && character === '}') {
      if (open === 0) {
        this.#templates.pop();
        this.#template();
        return;
      }
      this.#templates[this.#templates.length - 1] = open - 1;
    }
    this.#push('mark', this.#take(/[\s\S]/y));
  }

  #regexMayBegin(): boolean {
    const before = this.tokens.at(-1);
    if (before === undefined) return true;
    if (before.kind === 'string') return false;
    if (before.kind === 'name') return BEFORE_REGEX.has(before.text);
    return !/^(?:[\])}]|[0-9].*)$/.test(before.text);
  }
}
