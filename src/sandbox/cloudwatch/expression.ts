import { CloudWatchError } from './errors.ts';

/** Values by time stamp in ms. */
export type Points = ReadonlyMap<number, number>;

/** An expression's value: one number, or a time series. */
type Operand = number | Points;

/** A parsed expression: which ids it uses, and its value once these are known. */
export type Expression = {
  readonly uses: ReadonlySet<string>;
  readonly evaluate: (pointsOf: (id: string) => Points) => Operand;
};

type Evaluate = Expression['evaluate'];

const OPERATORS = {
  '+': { precedence: 1, apply: (a: number, b: number) => a + b },
  '-': { precedence: 1, apply: (a: number, b: number) => a - b },
  '*': { precedence: 2, apply: (a: number, b: number) => a * b },
  '/': { precedence: 2, apply: (a: number, b: number) => a / b },
  '^': { precedence: 4, apply: (a: number, b: number) => a ** b },
} as const;

/** Unary minus binds tighter than `*` and looser than `^`. */
const UNARY_PRECEDENCE = 3;

type Operator = keyof typeof OPERATORS;

const isOperator = (text: string | undefined): text is Operator => text !== undefined && Object.hasOwn(OPERATORS, text);

const refuse = (expression: string, because: string): CloudWatchError =>
  new CloudWatchError('validation-error', `Error in expression '${expression}': ${because}`);

const tokenize = (text: string): string[] => {
  const tokens: string[] = [];
  const token = /\s*(\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|[-+*/^(),])/y;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw refuse(text, `'${text.slice(at).trim().slice(0, 20)}' is not understood here.`);
    tokens.push(found);
  }
  return tokens;
};

/** Only time stamps that both sides have get a value, and dividing by zero gives none (as CloudWatch draws a gap). */
const combine = (left: Operand, right: Operand, apply: (a: number, b: number) => number): Operand => {
  if (typeof left === 'number' && typeof right === 'number') return apply(left, right);
  const times = typeof left === 'number' ? right : left;
  const result = new Map<number, number>();
  if (typeof times === 'number') return result;
  for (const timeMs of times.keys()) {
    const a = typeof left === 'number' ? left : left.get(timeMs);
    const b = typeof right === 'number' ? right : right.get(timeMs);
    const value = a === undefined || b === undefined ? Number.NaN : apply(a, b);
    if (Number.isFinite(value)) result.set(timeMs, value);
  }
  return result;
};

const createParser = (text: string, tokens: readonly string[], uses: Set<string>) => {
  let position = 0;

  const parseOperand = (): Evaluate => {
    const token = tokens[position];
    position += 1;
    if (token === undefined) throw refuse(text, 'it ends where a value was expected.');
    if (token === '-') {
      const inner = parseBinary(UNARY_PRECEDENCE);
      return (pointsOf) => combine(0, inner(pointsOf), (a, b) => a - b);
    }
    if (token === '(') {
      const inner = parseBinary(1);
      if (tokens[position] !== ')') throw refuse(text, 'a closing parenthesis is missing.');
      position += 1;
      return inner;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (!/^[a-z]/.test(token) || tokens[position] === '(')
      throw refuse(text, `${token} is not served here; use ids, numbers, + - * / ^ and parentheses.`);
    uses.add(token);
    return (pointsOf) => pointsOf(token);
  };

  const parseBinary = (lowest: number): Evaluate => {
    let left = parseOperand();
    for (let token = tokens[position]; isOperator(token); token = tokens[position]) {
      const { precedence, apply } = OPERATORS[token];
      if (precedence < lowest) break;
      position += 1;
      const before = left;
      const right = parseBinary(token === '^' ? precedence : precedence + 1);
      left = (pointsOf) => combine(before(pointsOf), right(pointsOf), apply);
    }
    return left;
  };

  return { parse: () => parseBinary(1), rest: () => tokens[position] };
};

/**
 * Parses arithmetic over the ids of other queries, such as `errors / requests * 100`. Functions, searches, comparisons
 * and Metrics Insights queries are refused with a ValidationError, never dropped.
 */
export const parseExpression = (text: string): Expression => {
  const uses = new Set<string>();
  const parser = createParser(text, tokenize(text), uses);
  const evaluate = parser.parse();
  const rest = parser.rest();
  if (rest !== undefined) throw refuse(text, `'${rest}' was not expected there.`);
  if (uses.size === 0) throw refuse(text, 'it uses no metric, so it gives no time series.');
  return { uses, evaluate };
};
