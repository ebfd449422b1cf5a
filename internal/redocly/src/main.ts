#!/usr/bin/env node
import { runRedocly } from './run-redocly.ts';

const { exitCode, stdout, stderr } = await runRedocly(process.argv.slice(2), process.cwd());
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
