// Lints a Dockerfile: the library's own checks plus three that matter to us (pinned base, no root, a health check).
import { readFileSync } from 'node:fs';
import { validate, ValidationSeverity } from 'dockerfile-utils';

const file = process.argv[2] ?? 'Dockerfile';
const text = readFileSync(file, 'utf8');
const strict = ValidationSeverity.ERROR;
const problems = validate(text, {
  deprecatedMaintainer: strict,
  directiveCasing: strict,
  emptyContinuationLine: strict,
  instructionCasing: strict,
  instructionCmdMultiple: strict,
  instructionEntrypointMultiple: strict,
  instructionHealthcheckMultiple: strict,
  instructionJSONInSingleQuotes: strict,
  instructionWorkdirRelative: strict,
}).map(({ range, message }) => `${file}:${range.start.line + 1} ${message}`);

const stages = new Set([...text.matchAll(/^FROM \S+ AS (\S+)/gim)].map(([, name]) => name));
for (const [, image] of text.matchAll(/^FROM (\S+)/gim)) {
  if (!stages.has(image) && !/:\d+\.\d+/.test(image))
    problems.push(`${file} pins ${image} to no version: write name:major.minor-variant`);
}
const last = text.slice(text.toUpperCase().lastIndexOf('\nFROM '));
if (!/^USER (?!root\b|0\b)\S+/im.test(last)) problems.push(`${file} runs as root: the last stage needs USER node`);
if (!/^HEALTHCHECK /im.test(last)) problems.push(`${file} has no HEALTHCHECK: an orchestrator could not see a hung process`);

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
