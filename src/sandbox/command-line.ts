import { parseArgs } from 'node:util';
import type { SandboxOptions } from './sandbox.js';

const FIRST_PORT = '4600';

/** `--host`, `--public-host`, `--first-port` (five ports from there on; 0 = any free ones) and `--ledger <file>`. */
export function readCommandLine(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      'public-host': { type: 'string' },
      'first-port': { type: 'string', default: FIRST_PORT },
      ledger: { type: 'string' },
    },
  });
  const first = Number(values['first-port']);
  if (!Number.isInteger(first) || first < 0 || first > 65_531) throw new Error('--first-port should be a port number');
  const port = (offset: number): number => (first === 0 ? 0 : first + offset);
  return {
    host: values.host,
    ports: { walls: port(0), vk: port(1), ok: port(2), uploads: port(3), control: port(4) },
    ...(values['public-host'] !== undefined && { publicHost: values['public-host'] }),
    ...(values.ledger !== undefined && { ledgerFile: values.ledger }),
  };
}
