import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DeadlinePassed, withDeadline } from '../../../platform/clock/deadline.js';
import type { PdfFiles } from './pdf-files.js';

/** A report of hundreds of pages takes a second; whoever takes so much longer hangs. */
const LONGEST_MS = 60_000;

interface Answer {
  readonly id: number;
  readonly pdf?: Uint8Array;
  readonly error?: string;
}

interface Waiting {
  readonly done: (answer: Answer) => void;
  readonly failed: (error: Error) => void;
}

/** Sets pages in a thread of its own: typst is native code that would block everything else. */
@Injectable()
export class Typesetter implements OnApplicationShutdown {
  private thread: Worker | undefined;
  private last = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** @throws Error when typst refuses or hangs */
  async pdf({ template, files, seconds }: PdfFiles): Promise<Uint8Array> {
    const id = (this.last += 1);
    const answered = new Promise<Answer>((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.running().postMessage({ id, template, files, seconds });
    });
    try {
      const { pdf, error } = await withDeadline('Typesetting', LONGEST_MS, answered);
      if (!pdf) throw new Error(`typst: ${error}`);
      return pdf;
    } catch (error) {
      // What hangs is ended; whoever waits behind it tries again.
      if (this.waiting.has(id) && error instanceof DeadlinePassed) this.end(error);
      throw error;
    } finally {
      this.waiting.delete(id);
    }
  }

  onApplicationShutdown(): void {
    this.end(new Error('The process stops'));
  }

  private running(): Worker {
    if (this.thread) return this.thread;
    const thread = new Worker(new URL('typst-thread.mjs', import.meta.url));
    thread.on('message', (answer: Answer) => this.waiting.get(answer.id)?.done(answer));
    thread.on('error', (error: Error) => this.end(error));
    thread.unref();
    this.thread = thread;
    return thread;
  }

  private end(why: Error): void {
    void this.thread?.terminate();
    this.thread = undefined;
    for (const { failed } of this.waiting.values()) failed(why);
  }
}
