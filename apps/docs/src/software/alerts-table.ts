import { parse } from 'yaml';
import { code } from '../markdown/code.ts';
import type { ReadFile } from '../markdown/read-region.ts';
import { table } from '../markdown/table.ts';

interface AlertRules {
  readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
}

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

/** The alert rules that the callback server ships for Prometheus. */
export async function alertsTable(readFile: ReadFile): Promise<string> {
  const { groups } = parse(await readFile('packages/callback-server/alerts.yml')) as AlertRules;
  const rows = groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr, for: duration, labels, annotations }) => [
      code(alert),
      labels.severity,
      `${code(expr)}${duration === undefined ? '' : ` for ${duration}`}`,
      annotations.action,
    ]);
  return table(['alert', 'severity', 'when', 'what to do'], rows);
}
