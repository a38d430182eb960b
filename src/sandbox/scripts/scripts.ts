import { plainScript, type Script } from './script.js';
import { ScriptBuilder } from './script-builder.js';

/** The scripts of one network, met in the order in which they were written, each method on its own. */
export class Scripts {
  private queued: Script[] = [];

  next(method: string): ScriptBuilder {
    return new ScriptBuilder(this.add(plainScript(method)));
  }

  add(script: Script): Script {
    this.queued.push(script);
    return script;
  }

  take(method: string): Script {
    const script = this.queued.find((candidate) => candidate.method === method);
    if (!script) return plainScript(method);
    if (script.times !== null) {
      script.times -= 1;
      if (script.times <= 0) this.queued = this.queued.filter((candidate) => candidate !== script);
    }
    return script;
  }

  pending(): readonly Readonly<Script>[] {
    return this.queued;
  }

  clear(method?: string): void {
    this.queued = method === undefined ? [] : this.queued.filter((script) => script.method !== method);
  }
}
