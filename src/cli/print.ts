import type { Refusal } from '../operations/answer.ts';
import type { CliContext, Output } from './context.ts';
import { exitOfRefusal } from './exit-codes.ts';
import { refusalLines } from './render/objections.ts';
import { type Style, styleFor } from './render/style.ts';

const styleOf = ({ env }: Pick<CliContext, 'env'>, output: Output): Style =>
  styleFor(output.isTerminal, env.NO_COLOR, env.TERM);

/** Answers of one command: lines for people, or one JSON document for machines, never both on one stream. */
export class Printer {
  readonly #context: CliContext;
  readonly #json: boolean;
  readonly style: Style;

  constructor(context: CliContext, json: boolean) {
    this.#context = context;
    this.#json = json;
    this.style = styleOf(context, context.stdout);
  }

  /** The answer itself, on standard output. Lines are made only when they are wanted. */
  answer(value: unknown, lines: (style: Style) => readonly string[]): void {
    const { stdout } = this.#context;
    if (this.#json) stdout.write(`${JSON.stringify(value)}\n`);
    else stdout.write(linesText(lines(this.style)));
  }

  /** A first part of the answer that people see while the rest is under way; machines get all of it at once. */
  before(lines: (style: Style) => readonly string[]): void {
    if (!this.#json) this.#context.stdout.write(linesText(lines(this.style)));
  }

  /** What stands beside the answer: for people only, on standard error, so that a pipe gets the answer alone. */
  remark(lines: readonly string[]): void {
    if (!this.#json) this.#context.stderr.write(linesText(lines));
  }

  /** What somebody must see before a question, also when the answer will be JSON. */
  preview(lines: (style: Style) => readonly string[]): void {
    const { stderr } = this.#context;
    stderr.write(linesText(lines(styleOf(this.#context, stderr))));
  }

  /** `beside`: what machines get to see beside the refusal. */
  refusal(refusal: Refusal, beside: Readonly<Record<string, unknown>> = {}): number {
    if (this.#json) this.answer({ ok: false, ...beside, ...refusal }, () => []);
    else this.#context.stderr.write(linesText(refusalLines(refusal, styleOf(this.#context, this.#context.stderr))));
    return exitOfRefusal(refusal);
  }

  problems(problems: readonly string[], exit: number): number {
    if (this.#json) this.answer({ ok: false, problems }, () => []);
    else this.#context.stderr.write(linesText(problems));
    return exit;
  }
}

const linesText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
