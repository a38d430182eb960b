// Stryker's way to our specs: loads them with mutation/loader.mjs and runs them one by one until the first that fails.
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { collect } from './specs.mjs';

const TEST_MS = 20_000;

class SpecRunner {
  runs = 0;
  stryker = (globalThis.__stryker__ ??= {});

  capabilities() {
    // Every run loads everything of ours anew.
    return { reloadEnvironment: true };
  }

  async init() {
    register('./loader.mjs', import.meta.url);
  }

  async dryRun() {
    this.stryker.activeMutant = undefined;
    this.stryker.mutantCoverage = undefined;
    const tests = await this.load();
    const results = [];
    for (const test of tests) {
      this.stryker.currentTestId = test.id;
      results.push(await runTest(test));
    }
    this.stryker.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const { stryker } = this;
    Object.assign(stryker, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit, currentTestId: undefined });
    stryker.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    const results = [];
    try {
      const tests = await this.load();
      stryker.activeMutant = activeMutant.id;
      for (const test of tests.filter(({ id }) => !testFilter || testFilter.includes(id))) {
        const result = await runTest(test);
        results.push(result);
        if (result.status === TestStatus.Failed) break;
      }
    } catch (error) {
      // What does not even load is noticed by everybody.
      results.push({ id: 'load', name: 'it loads', timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) });
    }
    const endless = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results });
  }

  async load() {
    this.runs += 1;
    const collected = collect();
    for (const file of process.env.MUTATION_TESTS.split(' '))
      await import(`${pathToFileURL(resolve(file)).href}?run=${this.runs}`);
    const done = new Set();
    return collected.tests.map((test) => ({ ...test, run: () => runWithHooks(test, collected, done) }));
  }
}

async function runWithHooks({ within, run, id }, { before, each }, done) {
  const { __stryker__: stryker } = globalThis;
  const concerns = (hook) => hook.within.every((title, depth) => within[depth] === title);
  for (const hook of before.filter((one) => concerns(one) && !done.has(one))) {
    done.add(hook);
    // What is reached here concerns all tests, not only the one that came first.
    stryker.currentTestId = undefined;
    await hook.run();
    stryker.currentTestId = id;
  }
  for (const hook of each.filter(concerns)) await hook.run();
  await run();
}

async function runTest({ id, run }) {
  const started = performance.now();
  const told = (status, failureMessage) => ({
    ...{ id, name: id, timeSpentMs: performance.now() - started, status },
    ...(failureMessage !== undefined && { failureMessage }),
  });
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${TEST_MS} ms`)), TEST_MS);
  });
  try {
    await Promise.race([run(), late]);
    return told(TestStatus.Success);
  } catch (error) {
    return told(TestStatus.Failed, String(error instanceof Error ? error.message : error));
  } finally {
    clearTimeout(timer);
  }
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'specs', createRunner)];

function createRunner() {
  return new SpecRunner();
}
createRunner.inject = [];
