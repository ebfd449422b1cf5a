import { classificationTable } from '../contract/classification-table.ts';
import { drawFlow } from '../diagrams/draw-flow.ts';
import { drawGraph } from '../diagrams/draw-graph.ts';
import { drawLifeCycle } from '../diagrams/draw-life-cycle.ts';
import { callbackWay, replicas, unknownOutcome } from '../diagrams/guide-graphs.ts';
import { retryGraph } from '../diagrams/retry-graph.ts';
import { createGuideFragments } from '../fragments/guide-fragments.ts';
import type { Fragments } from '../markdown/fill-fragments.ts';
import { readFromRoot } from '../markdown/read-from-root.ts';
import { alertsTable } from '../software/alerts-table.ts';
import { contractChanges, releasedChanges, unreleasedChanges } from '../software/change-list.ts';
import { commandSections, sandboxUsage } from '../software/command-sections.ts';
import { callbackFaultsTable, responseFaultsTable } from '../software/fault-tables.ts';
import { metricsTable } from '../software/metrics-table.ts';
import { settingsTable } from '../software/settings-table.ts';
import { versionsTable } from '../versions/versions-table.ts';

/** Creates the parts of pages that are generated from contract and code. */
export async function createFragments(versions: readonly string[]): Promise<Fragments> {
  return {
    ...(await createGuideFragments(readFromRoot)),
    alerts: await alertsTable(readFromRoot),
    'changes-of-the-contract': await contractChanges(readFromRoot),
    'changes-released': await releasedChanges(readFromRoot),
    'changes-unreleased': await unreleasedChanges(readFromRoot),
    classification: classificationTable(),
    commands: commandSections(),
    'diagram-callback-way': await drawGraph(callbackWay),
    'diagram-flow': await drawFlow(readFromRoot),
    'diagram-life-cycle': await drawLifeCycle(),
    'diagram-replicas': await drawGraph(replicas),
    'diagram-retry': await drawGraph(retryGraph()),
    'diagram-unknown-outcome': await drawGraph(unknownOutcome),
    'faults-of-callbacks': callbackFaultsTable(),
    'faults-of-responses': responseFaultsTable(),
    metrics: await metricsTable(),
    'sandbox-usage': await sandboxUsage(),
    settings: settingsTable(),
    versions: versionsTable(versions),
  };
}
