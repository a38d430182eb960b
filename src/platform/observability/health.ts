export interface HealthCheck {
  readonly name: string;
  /** Undefined when well, otherwise what is wrong and what to do. */
  check(): Promise<string | undefined>;
}

/** What a process needs in order to do its work; modules add their own checks. */
export class Health {
  private readonly checks: HealthCheck[] = [];
  private draining = false;

  add(check: HealthCheck): void {
    this.checks.push(check);
  }

  /** From now on the process says that it takes no new work. */
  drain(): void {
    this.draining = true;
  }

  async report(): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const results = await Promise.all(this.checks.map(async (check) => [check.name, (await run(check)) ?? 'ok'] as const));
    const checks = Object.fromEntries([...results, ...(this.draining ? [['process', 'shutting down']] : [])]) as Record<
      string,
      string
    >;
    return { ready: !this.draining && Object.values(checks).every((state) => state === 'ok'), checks };
  }
}

async function run(check: HealthCheck): Promise<string | undefined> {
  try {
    return await check.check();
  } catch (error) {
    return `failed: ${(error as { code?: string }).code ?? (error as Error).name}`;
  }
}
