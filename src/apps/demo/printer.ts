import type { WriteStream } from 'node:tty';
import { Failure } from '../lifetime.js';

type Style = 'bold' | 'dim' | 'green' | 'red';

const CODES: Record<Style, number> = { bold: 1, dim: 2, green: 32, red: 31 };
const CLEAR_LINE = '\r\u001b[2K';
/** A line of this length still fits beside a check mark in a terminal of usual width. */
const LONGEST_LINE = 110;

/** Writes a story as it happens: for a terminal, and just as well for a log file. */
export class Printer {
  private lastState = '';

  constructor(private readonly out: WriteStream | NodeJS.WriteStream) {}

  line(text = ''): void {
    this.out.write(`${text}\n`);
  }

  chapter(title: string): void {
    this.line(`\n${this.styled(title, 'bold')}`);
  }

  /**
   * Does one step and tells its result behind a check mark.
   * @throws Failure that names the step
   */
  async step<T>(title: string, act: () => Promise<T>, tell: (result: T) => string): Promise<T> {
    try {
      const result = await act();
      this.done(title, tell(result));
      return result;
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      this.line(`  ${this.styled('✗', 'red')} ${title}`);
      const reason =
        error instanceof Failure ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Failure(`The demo stopped at "${title}":\n${reason}`, { cause: error });
    }
  }

  /** What goes on while one waits: rewritten in place on a terminal, a line for each change of `state` elsewhere. */
  progress(state: string, secondsLeft: number): void {
    const text = secondsLeft > 0 ? `${state}, ${secondsLeft} s to go` : state;
    if (this.out.isTTY) this.out.write(`${CLEAR_LINE}  ${this.styled(`· ${text}`, 'dim')}`);
    else if (state !== this.lastState) this.line(`  · ${text}`);
    this.lastState = state;
  }

  endProgress(): void {
    if (this.out.isTTY) this.out.write(CLEAR_LINE);
  }

  styled(text: string, style: Style): string {
    // Asks the stream, which knows NO_COLOR and dumb terminals.
    const colours = this.out.isTTY && (this.out as WriteStream).hasColors();
    return colours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
  }

  private done(title: string, result: string): void {
    const mark = this.styled('✓', 'green');
    const oneLine = title.length + result.length < LONGEST_LINE && !result.includes('\n');
    const indented = result.replaceAll('\n', '\n    ');
    this.line(
      oneLine ? `  ${mark} ${title}: ${this.styled(result, 'dim')}` : `  ${mark} ${title}\n    ${this.styled(indented, 'dim')}`,
    );
  }
}
