import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ApiParser from '@apidevtools/swagger-parser';
import { contract, runProgram, type ToolCheck, type ToolResult } from './tool-check.ts';

const workflows = fileURLToPath(new URL('../../openapi/workflows/', import.meta.url));

/** Tools that read or lint the contract and its workflows. */
export const readers: readonly ToolCheck[] = [
  {
    tool: '@apidevtools/swagger-parser',
    run: async () => ({
      checked: 'resolved and validated',
      problems: await ApiParser.validate(contract).then(
        () => [],
        ({ message }: Error) => [message.slice(0, 500)],
      ),
    }),
  },
  {
    tool: '@stoplight/spectral-cli',
    note: 'The warnings about workflows ask for a description of each step; the steps have names instead.',
    run: async (folder) => {
      const files = (await readdir(workflows, { recursive: true })).filter((file) => file.endsWith('.yaml'));
      const oas = await lint(folder, 'spectral:oas', [contract]);
      const arazzo = await lint(
        folder,
        'spectral:arazzo',
        files.map((file) => join(workflows, file)),
      );
      const problems = [...oas.problems, ...arazzo.problems];
      return { checked: `oas: ${oas.checked}; arazzo: ${arazzo.checked}`, problems };
    },
  },
];

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly source: string;
  /** 0 is an error. */
  readonly severity: number;
}

async function lint(folder: string, rules: string, files: readonly string[]): Promise<ToolResult> {
  const ruleset = join(folder, `${rules.replace(':', '-')}.yaml`);
  await writeFile(ruleset, JSON.stringify({ extends: [rules] }));
  const { stdout } = await runProgram('spectral', [
    'lint',
    ...files,
    '--ruleset',
    ruleset,
    '--format',
    'json',
    '--quiet',
  ]);
  const findings = JSON.parse(stdout) as Finding[];
  const errors = findings.filter(({ severity }) => severity === 0);
  return {
    checked: `${errors.length} errors, ${findings.length - errors.length} warnings in ${files.length} files`,
    problems: errors.map(({ source, code, message }) => `${source}: ${code}: ${message}`),
  };
}
