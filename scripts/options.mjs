import { parseArgs } from 'node:util';

/** Reads a command's options, as `parseArgs` does. `--help` prints the usage; what is not an option prints it with the reason. Both end the process. */
export function readOptions(usage, { options, ...rest }) {
  try {
    const { values, positionals } = parseArgs({ ...rest, options: { ...options, help: { type: 'boolean' } } });
    if (!values.help) return { values, positionals };
    process.stdout.write(usage);
    process.exit(0);
  } catch (error) {
    if (!error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
